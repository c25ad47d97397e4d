import { describe, expect, it } from 'vitest';
import { type Part, partNames } from './gone.ts';
import { checkModel, failureText } from './model.ts';
import { type Schedule, simulate } from './simulation.ts';

const seed = Number(process.env.SIMULATION_SEED ?? 20261127);
const RUNS = Number(process.env.SIMULATION_RUNS ?? 300) / 10;

const buy = { do: 'press', press: 'buy', who: 0, wish: 0, order: 0, process: 0, twice: false } as const;
const steps = [buy, { do: 'run', calls: 200 }, { do: 'pass', ms: 5_000 }, { do: 'run', calls: 40 }] as const;
const plain = { isShared: false, listMode: 'rich', before: [], settings: [], lasting: 0, steps } as const;

/** A purchase of which the answer is lost, while this part goes as it leaves. */
const lostWithout = (part: Part): Schedule => ({
  ...plain,
  isShared: part === 'one of two processes',
  // Answered by a reset, and taken.
  purchases: [{ variant: 2, end: 'returns' }],
  gone: { part, on: 'post.leave', skip: 0 },
});

describe('a part of the world that never comes back', () => {
  it('costs nobody a cent: what is charged comes to its owner or to people, and what is not is freed', async () => {
    const finding = await checkModel({ runs: RUNS, seed, gone: [] });
    expect(await failureText(finding)).toBe('');
    expect(finding.runs).toBe(RUNS);
  }, 1_800_000);

  it.each(partNames)(
    'leaves a purchase whose answer was lost with somebody: %s',
    async (part) => {
      const { violation, charged, orders } = await simulate(lostWithout(part));
      expect(violation).toBeUndefined();
      expect(charged).toHaveLength(1);
      expect(orders.map(({ status }) => status)).toEqual([expect.stringMatching(/delivered|held|needs_review/)]);
    },
    120_000,
  );
});

type Broken = NonNullable<Parameters<typeof simulate>[1]>;

/** A look that never ends, where it should fail. */
const hangs: Broken = {
  breaking: (parts) => {
    const { orders, createOrder } = parts.giftCards;
    let isOut = false;
    const leaving: typeof createOrder = (...order) => {
      isOut = true;
      return createOrder(...order);
    };
    const hanging: typeof orders = (query) => (isOut ? new Promise(() => {}) : orders(query));
    return { ...parts, giftCards: { ...parts.giftCards, orders: hanging, createOrder: leaving } };
  },
};

const silent: Broken = {
  breaking: (parts) => ({ ...parts, board: { ...parts.board, post: async () => undefined } }),
};

const keepsAll: Broken = {
  breakingApprovals: (approvals) => ({ ...approvals, ledger: { ...approvals.ledger, free: async () => undefined } }),
};

/** Ends as not sent: its day's total is to be free again. */
const refused: Schedule = { ...plain, purchases: [], gone: { part: 'CardPlusPay', on: 'store.out', skip: 0 } };

describe('the simulation notices that of a part that is gone', () => {
  it.each<[string, Schedule, Broken, RegExp]>([
    ['a look never ends', lostWithout('the order list'), hangs, /was charged for .*, which is unconfirmed after/],
    ['no person is told', lostWithout('the order list'), silent, /waits for people, and nobody was told/],
    ['money stays set aside', refused, keepsAll, /still holds something for/],
  ])(
    '%s',
    async (_, schedule, broken, words) => {
      const { violation } = await simulate(schedule, broken);
      expect(violation).toMatch(words);
    },
    120_000,
  );
});
