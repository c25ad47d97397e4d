import type { Moment, PressHandler } from '../../src/discord/index.ts';
import { en } from '../../src/i18n/index.ts';
import { campaignListView, packPage, type View } from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { turnPages } from '../shared/turn-pages.ts';
import { panelOf } from './decide.ts';
import { campaignEdits } from './edit.ts';
import { exportPresses } from './export.ts';
import type { Subcommand } from './subcommand.ts';

const CAMPAIGNS_A_PAGE = 10;
const { name, description } = en.commands.reward.list;

/** The campaigns that somebody may see to, and the panel of each. */
export function list(app: App): Subcommand {
  const { queries } = app;
  const edits = campaignEdits(app);

  const pages = turnPages(queries, 'campaigns', (asker, before) =>
    app.campaigns.list(asker, {
      limit: CAMPAIGNS_A_PAGE,
      ...(before !== undefined && { before }),
    }),
  );

  async function page(argument: string, { asker, words }: Moment): Promise<View> {
    return campaignListView({ ...(await pages(argument, asker)), user: asker.user }, words);
  }

  const turn: PressHandler = {
    acknowledge: 'update',
    press: (moment, argument) => page(argument, moment),
  };

  const open: PressHandler = {
    acknowledge: 'update',
    async press(moment, here, [id = '']) {
      const campaign = await app.campaigns.own(id, moment.asker);
      return panelOf(app, moment, campaign, [], here);
    },
  };

  return {
    name,
    define: (subcommand) => subcommand.setName(name).setDescription(description),
    async run(moment) {
      const { user } = moment.asker;
      const query = await queries.remember({ kind: 'campaigns', user, cursors: [] });
      return page(packPage(query, 0), moment);
    },
    presses: {
      'campaigns.page': turn,
      'campaigns.open': open,
      ...edits.presses,
      ...exportPresses(app),
    },
    submits: edits.submits,
  };
}
