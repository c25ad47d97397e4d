import type { Template } from '../../src/campaigns/index.ts';
import type { Choice, Command, InteractionContext } from '../../src/discord/index.ts';
import { en } from '../../src/i18n/index.ts';
import { requireOpenChannel } from '../../src/policy/index.ts';
import { plain, templateDeletedView, templateModal, templateView, type View } from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { type Subcommand, subcommand } from '../shared/define.ts';
import { required, textOption } from '../shared/option.ts';
import { askedIn, requireOwnChannel } from '../shared/own-channel.ts';
import { QUOTE_CALLS } from '../shared/vendor-calls.ts';
import { bulkMenu } from './bulk.ts';
import { panelOf } from './decide.ts';

const LONGEST_NAME = 100;

/** Planned anew, and shown to be confirmed like any other; of a bulk send it is asked first who gets a card. */
async function runAgain(app: App, moment: InteractionContext, template: Template): Promise<View> {
  const { place, kind, gift, itemCode } = template;
  requireOwnChannel(moment, place);
  const { asker: member, locale } = moment;
  if (kind === 'bulk') {
    await requireOpenChannel(app.places, member.guild, place);
    return bulkMenu(app, moment, { place, gift, itemCode });
  }
  const again = { member, locale, channel: askedIn(moment, place) };
  return panelOf(app, moment, await app.campaigns.planAgain(template, again));
}

/** The names that have these letters, or all of them. */
async function namesLike({ campaigns }: App, typed: string, guild: string): Promise<Choice[]> {
  const part = typed.trim().toLowerCase();
  const all = await campaigns.templates({ guild });
  return all.filter(({ name }) => name.toLowerCase().includes(part)).map(({ name, id }) => ({ name, value: id }));
}

/** A campaign that was kept under a name, run again. */
export const again = (app: App): Subcommand =>
  subcommand(en.commands.reward.again, {
    options: { name: required(textOption(LONGEST_NAME, (typed, typist) => namesLike(app, typed, typist.guild))) },
    vendorCalls: QUOTE_CALLS,
    async run(moment, { name }) {
      return runAgain(app, moment, await app.campaigns.template(name, moment.asker));
    },
    ...templateHandlers(app),
  });

/** What is done with one of them, from the list or from the panel of a campaign. */
function templateHandlers(app: App): Required<Pick<Command, 'presses' | 'submits'>> {
  const { campaigns } = app;
  return {
    presses: {
      'template.open': {
        acknowledge: 'update',
        reads: true,
        async press({ asker, words }, _, [id = '']) {
          const template = await campaigns.template(id, asker);
          return templateView(template, { mayDelete: campaigns.mayDeleteTemplate(template, asker) }, words);
        },
      },
      'template.run': {
        acknowledge: 'update',
        vendorCalls: QUOTE_CALLS,
        press: async (moment, id) => runAgain(app, moment, await campaigns.template(id, moment.asker)),
      },
      'template.delete': {
        acknowledge: 'update',
        press: async ({ asker, words }, id) => templateDeletedView(await campaigns.deleteTemplate(id, asker), words),
      },
      'template.save': {
        acknowledge: 'modal',
        guildOf: campaigns.guildOf,
        open: async ({ asker, words }, id) => templateModal(await campaigns.own(id, asker), words),
      },
    },
    submits: {
      'template.save': {
        acknowledge: 'update',
        guildOf: campaigns.guildOf,
        async submit(moment, id, { name = '' }) {
          const { asker, words } = moment;
          const saved = await campaigns.saveTemplate(id, asker, name);
          return panelOf(app, moment, await campaigns.own(id, asker), [words.templates.saved(plain(saved.name))]);
        },
      },
    },
  };
}
