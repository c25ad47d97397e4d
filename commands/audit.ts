import { SlashCommandBuilder } from '@discordjs/builders';
import type { Asker, Command, PressHandler } from '../src/discord/index.ts';
import { en, type Words } from '../src/i18n/index.ts';
import { Problem } from '../src/lib/index.ts';
import {
  auditFileView,
  auditView,
  MOST_ROWS,
  packPage,
  parsePage,
  type View,
} from '../src/views/index.ts';
import type { App } from './app.ts';

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

  /** Where the next page begins is remembered with the list. Who looks is checked at every press. */
  async function page(argument: string, asker: Asker, words: Words): Promise<View> {
    const { query: list, page: turned } = parsePage(argument);
    const number = Number(turned);
    const query = await queries.recall('audit', list, asker.user);
    const before = query.cursors[number - 1];
    if (number > 0 && before === undefined) throw new Problem('query_gone', {});
    const found = await app.audit.entries(asker, query.filter, { limit: ENTRIES_A_PAGE, before });
    if (found.next !== undefined && found.next !== query.cursors[number]) {
      const cursors = query.cursors.slice(0, number).concat(found.next);
      await queries.update(list, { ...query, cursors });
    }
    const previous = number > 0 ? packPage(list, number - 1) : undefined;
    const next = found.next === undefined ? undefined : packPage(list, number + 1);
    return auditView({ entries: found.entries, list, previous, next }, words);
  }

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
