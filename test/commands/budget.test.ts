import { describe, expect, it } from 'vitest';
import type { App } from '../../commands/app.ts';
import { createCommands } from '../../commands/index.ts';
import { indexHandlers } from '../../src/discord/interactions/handler.ts';
import type { SavedQuery } from '../../src/discord/interactions/saved-query.ts';
import type { ListedLimit } from '../../src/policy/budgets/budgets.ts';
import type { BudgetLimit } from '../../src/policy/policy.ts';
import { ALICE } from '../views/samples.ts';
import { seen } from '../views/seen.ts';
import { commandNamed, createApp, createMoment, pressOf } from './app.ts';

const limit = (id: string): BudgetLimit => ({
  scope: { kind: 'role', id },
  period: 'month',
  limit: '5',
});
const listed = (id: string): ListedLimit => ({ limit: limit(id) });

/** Two limits, and what is asked of the use cases. */
function start(more: Partial<App['budgets']> = {}) {
  const asked: unknown[] = [];
  const kept: SavedQuery[] = [];
  const known = ['one', 'two'].map(listed);
  const app = createApp({
    budgets: {
      all: async () => ({ limits: known, currency: 'USD' }),
      async set(_, which, amount) {
        asked.push({ ...which, amount });
        return { currency: 'USD', after: listed('one') };
      },
      async remove(_, which) {
        asked.push(which);
        return { currency: 'USD', before: limit('two') };
      },
      async spendingOf(_, user = '') {
        asked.push(user);
        return { user, currency: 'USD', timeZone: 'UTC', budgets: [] };
      },
      ...more,
    },
    queries: {
      remember: async (query) => String(kept.push(query) - 1),
      recall: (async (_: string, id: string) => kept[Number(id)]) as never,
    },
  });
  return { app, asked, known };
}

describe('/budget', () => {
  it('is one’s own, or with Manage Server that of somebody else', async () => {
    const { app, asked } = start();
    const { moment } = createMoment();
    const run = commandNamed('budget', app).run;
    expect(seen((await run(moment, {})) as never)).toContain('Your budget');
    expect(seen((await run(moment, { member: '7' })) as never)).toContain('Budget of <@7>');
    expect(asked).toEqual([ALICE, '7']);
  });

  it('removes the limit of the row that was pressed, whatever became of the others', async () => {
    const { app, asked, known } = start();
    const { moment } = createMoment();
    const list = await pressOf('budget.all', app).press(moment, '', []);
    expect(seen(list as never)).toContain('[Remove] budget.remove:0/1');
    known.shift();
    const later = await pressOf('budget.page', app).press(moment, '0/0', []);
    expect(seen(later as never)).toContain('[Remove] budget.remove:0/1');
    expect(seen(later as never)).not.toContain('budget.remove:0/0');
    const removed = await pressOf('budget.remove', app).press(moment, '0/1', []);
    expect(asked).toEqual([{ scope: { kind: 'role', id: 'two' }, period: 'month' }]);
    expect(seen(removed as never)).toContain('Spending limit removed');
    await expect(pressOf('budget.remove', app).press(moment, '0/9', [])).rejects.toThrow('gone');
  });

  it('sets what its form was filled in with', async () => {
    const { app, asked } = start();
    const { moment } = createMoment();
    const submit = indexHandlers(createCommands(app)).submits.get('budget.limit')?.submit;
    const picked = { who: ['one'], period: ['month'] };
    const view = await submit?.(moment, 'role', { amount: '5' }, picked);
    expect(asked).toEqual([{ scope: { kind: 'role', id: 'one' }, period: 'month', amount: '5' }]);
    expect(seen(view as never)).toContain('Spending limit set');
  });
});
