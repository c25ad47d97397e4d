import { SlashCommandBuilder } from '@discordjs/builders';
import type { Asker, Command, PressHandler } from '../src/discord/index.ts';
import { en, type Words } from '../src/i18n/index.ts';
import { auditFileView, auditView, MOST_ROWS, packPage, type View } from '../src/views/index.ts';
import type { App } from './app.ts';
import { turnPages } from './shared/turn-pages.ts';

const ENTRIES_A_PAGE = 10;
const { name, description, options } = en.commands.audit;

function definition(): Command['definition'] {
  return new SlashCommandBuilder()
    .setName(name)
    .setDescription(description)
    .addUserOption((option) =>
      option.setName(options.member.name).setDescription(options.member.description),
    )
    .addStringOption((option) =>
      option.setName(options.order.name).setDescription(options.order.description).setMaxLength(20),
    )
    .addStringOption((option) =>
      option.setName(options.since.name).setDescription(options.since.description).setMaxLength(20),
    )
    .toJSON();
}

const text = (value: unknown) => (value === undefined ? undefined : String(value));

export function audit(app: App): Command {
  const { queries } = app;

  /** Who looks is checked at every press. */
  const pages = turnPages(queries, 'audit', (asker, before, { filter }) =>
    app.audit.entries(asker, filter, { limit: ENTRIES_A_PAGE, before }),
  );

  const page = async (argument: string, asker: Asker, words: Words): Promise<View> =>
    auditView(await pages(argument, asker), words);

  const turn: PressHandler = {
    acknowledge: 'update',
    press: ({ asker, words }, argument) => page(argument, asker, words),
  };

  const file: PressHandler = {
    acknowledge: 'ephemeral',
    async press({ asker, words }, list) {
      const { filter } = await queries.recall('audit', list, asker.user);
      const { entries, next } = await app.audit.entries(asker, filter, { limit: MOST_ROWS });
      return auditFileView(entries, next !== undefined, words);
    },
  };

  return {
    definition: definition(),
    acknowledge: 'ephemeral',
    async run({ asker, words }, { member, order, since }) {
      const typed = { member: text(member), order: text(order), since: text(since) };
      const filter = await app.audit.choose(asker, typed);
      const list = await queries.remember({ kind: 'audit', user: asker.user, filter, cursors: [] });
      return page(packPage(list, 0), asker, words);
    },
    presses: { 'audit.page': turn, 'audit.file': file },
  };
}
