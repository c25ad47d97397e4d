import Big from 'big.js';
import { z } from 'zod';
import { amountSchema, bind } from '../../lib/index.ts';
import { type Records, walk } from '../../store/index.ts';

/** What a scope has spent in a period, and what orders on their way may still spend. */
export const budgetSchema = z.object({
  version: z.int().min(1),
  key: z.string(),
  settled: amountSchema,
  held: z.record(z.string(), amountSchema),
});
export type Budget = z.infer<typeof budgetSchema>;

/** Lists the budgets of which something is held: a crash may have left it there, however long ago. */
const HELD = 'held';

const empty = { settled: '0', held: {} as Record<string, string> };

/** A budget by its scope and period, and how much may be spent of it. */
export interface Claim {
  readonly key: string;
  readonly cap: string;
}

/** What an order holds of a budget. */
export interface Hold {
  readonly key: string;
  readonly order: string;
}

/** What was charged, and what is set aside. */
interface Sums {
  readonly settled: string;
  readonly held: string;
}

/** The operator's cap on a UTC day, over all guilds (`MAX_DAY_TOTAL`). */
export const dayKey = (day: string) => `day/${day}`;

export type Ledger = ReturnType<typeof createLedger>;

/** Budgets, and the operator's caps on a day: what was charged, and what is set aside. Amounts are in the account's currency. */
export function createLedger(records: Records<Budget>) {
  return bind(records, { sums, left, reserve, settle, free, holds });
}

type Budgets = Records<Budget>;

/** What counts under a key now. What `except` hold does not. */
async function sums(records: Budgets, key: string, ...except: readonly string[]): Promise<Sums> {
  const { settled, held } = (await records.get(key)) ?? empty;
  const counted = Object.entries(held).filter(([id]) => !except.includes(id));
  return { settled, held: total(Object.fromEntries(counted)).toFixed() };
}

/** How much is left, as an amount, never below 0. What `except` hold counts as left. */
async function left(records: Budgets, { key, cap }: Claim, ...except: readonly string[]) {
  return leftOf(cap, await sums(records, key, ...except));
}

/**
 * Holds `amount` for the order; false when there is no room for it. Again for the same order: no change.
 * `isWanted` is asked between reading the budget and writing it: an order that another process has bought and settled
 * meanwhile must not be held, and then counted, a second time.
 * `from`: a campaign, what is held for which moves to the order, as far as it goes. Moving needs no room, for the total
 * stays; the campaign keeps its entry, though it may come to 0.
 */
async function reserve(
  records: Budgets,
  { key, cap }: Claim,
  order: string,
  amount: string,
  isWanted: () => Promise<boolean>,
  from?: string,
): Promise<boolean> {
  let fits = true;
  await revise(records, key, async ({ settled, held: before }) => {
    if (before[order] !== undefined || !(await isWanted())) return undefined;
    const held = { ...before, ...drawn(before, amount, from), [order]: amount };
    const isMoved = total(held).eq(total(before));
    fits = isMoved || total(held).plus(settled).lte(cap);
    return fits ? { settled, held } : undefined;
  });
  return fits;
}

/** Turns what is held into what was truly charged. Without a hold: nothing to do, it was settled before. */
function settle(records: Budgets, hold: Hold, charged: string): Promise<void> {
  return release(records, hold, (_, { settled, held }) => ({
    settled: new Big(settled).plus(charged).toFixed(),
    held,
  }));
}

/** Gives back what is held; to the campaign `backTo`, as long as that has an entry. */
function free(records: Budgets, hold: Hold, backTo?: string): Promise<void> {
  return release(records, hold, (amount, { settled, held }) => {
    const kept = backTo === undefined ? undefined : held[backTo];
    if (backTo === undefined || kept === undefined) return { settled, held };
    return { settled, held: { ...held, [backTo]: new Big(kept).plus(amount).toFixed() } };
  });
}

/** All that is held, of whatever period. */
async function* holds(records: Budgets): AsyncGenerator<Hold, void> {
  for await (const { key, held } of walk(records, HELD)) {
    for (const order of Object.keys(held)) yield { key, order };
  }
}

type Entries = Pick<Budget, 'settled' | 'held'>;

/** `change` gives the next sums, or undefined when there is nothing to write. */
async function revise(
  records: Budgets,
  key: string,
  change: (sums: Entries) => Entries | undefined | Promise<Entries | undefined>,
): Promise<void> {
  const { version, settled, held } = (await records.get(key)) ?? { version: 0, ...empty };
  const next = await change({ settled, held });
  if (!next) return;
  const tags = Object.keys(next.held).length > 0 ? [HELD] : [];
  const written = await records.write(key, { key, ...next }, { seen: version, tags, holds: [] });
  if (!written.ok) await revise(records, key, change);
}

/** `change` gives the next sums, of the amount that the order holds and those without it. */
function release(
  records: Budgets,
  { key, order }: Hold,
  change: (amount: string, others: Entries) => Entries,
): Promise<void> {
  return revise(records, key, ({ settled, held }) => {
    const { [order]: amount, ...others } = held;
    return amount === undefined ? undefined : change(amount, { settled, held: others });
  });
}

/** What is left of a campaign's entry once so much is drawn from it. */
function drawn(held: Budget['held'], amount: string, from: string | undefined): Budget['held'] {
  const there = from === undefined ? undefined : held[from];
  if (from === undefined || there === undefined) return {};
  const rest = new Big(there).minus(amount);
  return { [from]: rest.lt(0) ? '0' : rest.toFixed() };
}

/** Never below 0: more may be charged than was set aside, and a limit may be lowered. */
export function leftOf(cap: string, { settled, held }: Sums): string {
  const rest = new Big(cap).minus(settled).minus(held);
  return rest.lt(0) ? '0' : rest.toFixed();
}

function total(held: Budget['held']): Big {
  return Object.values(held).reduce((sum, each) => sum.plus(each), new Big(0));
}
