import type { Command, InteractionContext } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem } from '../src/lib/index.ts';
import { isSameLimit } from '../src/policy/index.ts';
import {
  budgetView,
  limitChangedView,
  limitListView,
  limitModal,
  packPage,
  parseLimitForm,
  parsePage,
  type View,
  whoseView,
} from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';
import { memberOption } from './shared/option.ts';

/** One's own limits, and for people with Manage Server everybody's. Who may is checked by the use cases, at each press. */
export function budget({ budgets, queries }: App): Command {
  /** A page of the limits that were set when the list was opened, as they are now. */
  async function page({ asker, words }: InteractionContext, argument: string): Promise<View> {
    const { query, page: number } = parsePage(argument);
    const { limits: rows } = await queries.recall('budgets', query, asker.user);
    const { limits: known, currency } = await budgets.all(asker);
    const limits = rows.map((row) => known.find(({ limit }) => isSameLimit(limit, row)));
    return limitListView({ query, page: Number(number), limits, currency }, words);
  }

  return command(en.commands.budget, {
    options: { member: memberOption },
    reads: true,
    async run({ asker, words }, { member: user = asker.user }) {
      const looker = { isOwn: user === asker.user, isManager: asker.isManager };
      return budgetView(await budgets.spendingOf(asker, user), looker, words);
    },
    presses: {
      'budget.set': { acknowledge: 'update', reads: true, press: async ({ words }) => whoseView(words) },
      'budget.limit': { acknowledge: 'modal', open: ({ words }, kind) => limitModal(kind, words) },
      'budget.all': {
        acknowledge: 'update',
        reads: true,
        async press(moment) {
          const { asker } = moment;
          const { limits } = await budgets.all(asker);
          const rows = limits.map(({ limit: { scope, period } }) => ({ scope, period }));
          const query = await queries.remember({ kind: 'budgets', user: asker.user, limits: rows });
          return page(moment, packPage(query, 0));
        },
      },
      'budget.page': { acknowledge: 'update', reads: true, press: page },
      // The row of a list names the same limit for ever, whatever was set or removed since.
      'budget.remove': {
        acknowledge: 'update',
        async press({ asker, words }, argument) {
          const { query, page: row } = parsePage(argument);
          const { limits: rows } = await queries.recall('budgets', query, asker.user);
          const which = rows[Number(row)];
          if (which === undefined) throw new Problem('limit_gone', {});
          return limitChangedView(await budgets.remove(asker, which), words);
        },
      },
    },
    submits: {
      'budget.limit': {
        acknowledge: 'update',
        async submit({ asker, words }, kind, { amount = '' }, picked) {
          const which = parseLimitForm(kind, picked);
          return limitChangedView(await budgets.set(asker, which, amount), words);
        },
      },
    },
  });
}
