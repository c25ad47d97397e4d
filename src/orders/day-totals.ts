import Big from 'big.js';
import { z } from 'zod';
import { amountSchema } from '../money.ts';
import type { Records } from '../store/records.ts';

/** What a scope has spent in a period, and what orders on their way may still spend. */
export const budgetSchema = z.object({
  version: z.int().min(1),
  settled: amountSchema,
  held: z.record(z.string(), amountSchema),
  /** The attempts of a held order that have reserved it: of two processes at one order, both do. */
  attempts: z.record(z.string(), z.array(z.string())).default({}),
});
export type Budget = z.infer<typeof budgetSchema>;

type Sums = Omit<Budget, 'version'>;

const empty: Sums = { settled: '0', held: {}, attempts: {} };

function spent(budget: Pick<Budget, 'settled' | 'held'>): Big {
  return Object.values(budget.held).reduce((sum, held) => sum.plus(held), new Big(budget.settled));
}

interface Attempt {
  orderId: string;
  attemptId: string;
}

export interface DayTotals {
  /** How much of the day's cap is left, as an amount. */
  left(day: string): Promise<string>;
  /** Holds `amount` for the order, once for all its attempts; false when the cap has no room for it. */
  reserve(day: string, attempt: Attempt, amount: string): Promise<boolean>;
  /**
   * Turns what is held into what was truly charged by this attempt. Without a hold, or where only attempts hold
   * something that came after it: it was settled before, and nothing is counted again.
   */
  settle(day: string, attempt: Attempt, charged: string): Promise<void>;
  /** The orders that hold something of the day. */
  holders(day: string): Promise<string[]>;
  /** Gives back what is held. */
  free(day: string, orderId: string): Promise<void>;
}

/** The operator's cap on a UTC day, over all guilds (`MAX_DAY_TOTAL`). Amounts are in the account's currency. */
export function createDayTotals(records: Records<Budget>, cap: string): DayTotals {
  /** `change` gives the next sums, or undefined when there is nothing to write. */
  async function revise(day: string, change: (sums: Sums) => Sums | undefined): Promise<boolean> {
    const key = `day/${day}`;
    for (;;) {
      const { version, ...sums } = (await records.get(key)) ?? { version: 0, ...empty };
      const next = change(sums);
      if (!next) return false;
      const written = await records.write(key, next, { seen: version, tags: [], holds: [] });
      if (written.ok) return true;
    }
  }

  /** Nothing of the order is held any more; what it cost, by what was held for it. */
  function release(day: string, orderId: string, costOf: (attempts: string[]) => string) {
    return revise(day, ({ settled, held, attempts }) => {
      if (held[orderId] === undefined) return undefined;
      const { [orderId]: _, ...others } = held;
      const { [orderId]: ours = [], ...rest } = attempts;
      const sum = new Big(settled).plus(costOf(ours));
      return { settled: sum.toFixed(), held: others, attempts: rest };
    });
  }

  return {
    async left(day) {
      const rest = new Big(cap).minus(spent((await records.get(`day/${day}`)) ?? empty));
      return rest.lt(0) ? '0' : rest.toFixed();
    },
    async reserve(day, { orderId, attemptId }, amount) {
      let fits = true;
      await revise(day, (sums) => {
        const ours = sums.attempts[orderId] ?? [];
        if (ours.includes(attemptId)) return undefined;
        const held = { ...sums.held, [orderId]: sums.held[orderId] ?? amount };
        const attempts = { ...sums.attempts, [orderId]: [...ours, attemptId] };
        fits = sums.held[orderId] !== undefined || spent({ ...sums, held }).lte(cap);
        return fits ? { ...sums, held, attempts } : undefined;
      });
      return fits;
    },
    async holders(day) {
      return Object.keys((await records.get(`day/${day}`))?.held ?? {});
    },
    async settle(day, { orderId, attemptId }, charged) {
      await release(day, orderId, (attempts) => (attempts.includes(attemptId) ? charged : '0'));
    },
    async free(day, orderId) {
      await release(day, orderId, () => '0');
    },
  };
}
