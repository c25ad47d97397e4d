import Big from 'big.js';
import { z } from 'zod';
import { amountSchema } from '../money.ts';
import type { Records } from '../store/records.ts';

/** What a scope has spent in a period, and what orders on their way may still spend. */
export const budgetSchema = z.object({
  version: z.int().min(1),
  settled: amountSchema,
  held: z.record(z.string(), amountSchema),
});
export type Budget = z.infer<typeof budgetSchema>;

/** Lists the days of which something is held: a crash may have left it there, however long ago. */
const HELD = 'held';

const empty = { settled: '0', held: {} as Record<string, string> };

function spent(budget: Pick<Budget, 'settled' | 'held'>): Big {
  return Object.values(budget.held).reduce((sum, held) => sum.plus(held), new Big(budget.settled));
}

export interface DayTotals {
  /** How much of the day's cap is left, as an amount. */
  left(day: string): Promise<string>;
  /**
   * Holds `amount` for the order; false when the cap has no room for it. Again for the same order: no change.
   * `isWanted` is asked between reading the totals and writing them: an order that another process has bought and settled
   * meanwhile must not be held, and then counted, a second time.
   */
  reserve(
    day: string,
    orderId: string,
    amount: string,
    isWanted: () => Promise<boolean>,
  ): Promise<boolean>;
  /** Turns what is held into what was truly charged. Without a hold: nothing to do, it was settled before. */
  settle(day: string, orderId: string, charged: string): Promise<void>;
  /** The orders that hold something, of whatever day. */
  holders(): Promise<string[]>;
  /** Gives back what is held. */
  free(day: string, orderId: string): Promise<void>;
}

/** The operator's cap on a UTC day, over all guilds (`MAX_DAY_TOTAL`). Amounts are in the account's currency. */
export function createDayTotals(records: Records<Budget>, cap: string): DayTotals {
  type Sums = Omit<Budget, 'version'>;

  /** `change` gives the next sums, or undefined when there is nothing to write. */
  async function revise(
    day: string,
    change: (sums: Sums) => Sums | undefined | Promise<Sums | undefined>,
  ): Promise<boolean> {
    const key = `day/${day}`;
    for (;;) {
      const { version, ...sums } = (await records.get(key)) ?? { version: 0, ...empty };
      const next = await change(sums);
      if (!next) return false;
      const tags = Object.keys(next.held).length > 0 ? [HELD] : [];
      const written = await records.write(key, next, { seen: version, tags, holds: [] });
      if (written.ok) return true;
    }
  }

  function release(day: string, orderId: string, charged: string): Promise<boolean> {
    return revise(day, ({ settled, held }) => {
      if (held[orderId] === undefined) return undefined;
      const { [orderId]: _, ...others } = held;
      return { settled: new Big(settled).plus(charged).toFixed(), held: others };
    });
  }

  return {
    async left(day) {
      const rest = new Big(cap).minus(spent((await records.get(`day/${day}`)) ?? empty));
      return rest.lt(0) ? '0' : rest.toFixed();
    },
    async reserve(day, orderId, amount, isWanted) {
      let fits = true;
      await revise(day, async (sums) => {
        if (sums.held[orderId] !== undefined || !(await isWanted())) return undefined;
        const held = { ...sums.held, [orderId]: amount };
        fits = spent({ ...sums, held }).lte(cap);
        return fits ? { ...sums, held } : undefined;
      });
      return fits;
    },
    async holders() {
      const ids: string[] = [];
      let before: string | undefined;
      do {
        const page = await records.tagged(HELD, { limit: 50, before });
        ids.push(...page.records.flatMap(({ held }) => Object.keys(held)));
        before = page.next;
      } while (before !== undefined);
      return ids;
    },
    async settle(day, orderId, charged) {
      await release(day, orderId, charged);
    },
    async free(day, orderId) {
      await release(day, orderId, '0');
    },
  };
}
