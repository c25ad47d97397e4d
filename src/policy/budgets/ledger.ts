import Big from 'big.js';
import { bind } from '../../lib/index.ts';
import { type Store, walk } from '../../store/index.ts';
import { createJoin, type Join } from './join.ts';
import { fetchInto, findHolds, findRequests, heldBy, type LedgerRecords, MOST_INLINE, pagedHolds } from './pages.ts';
import {
  type Budget,
  budgetSchema,
  type Held,
  type Hold,
  heldIn,
  holdPageSchema,
  pick,
  type Sheet,
  sheetOf,
  total,
  without,
} from './record.ts';
import { type Change, HELD, isPast, reviseAll } from './revise.ts';

/** A budget by its scope and period, and how much may be spent of it. */
export interface Claim {
  readonly key: string;
  readonly cap: string;
}

/** Whose undecided request something is set aside for, and how much all of theirs may set aside together. */
export interface Requesting {
  readonly by: string;
  readonly most: string;
}

/** What was charged, and what is set aside. */
interface Sums {
  readonly settled: string;
  readonly held: string;
}

/** The operator's cap on a UTC day, over all guilds (`MAX_DAY_TOTAL`). */
export const dayKey = (day: string) => `day/${day}`;
export const isDayKey = (key: string): boolean => key.startsWith('day/');

export type Ledger = ReturnType<typeof createLedger>;

interface LedgerContext extends LedgerRecords {
  /** Of one process: what several change of a budget at the same time is one write. */
  readonly join: Join<Change>;
}

/**
 * Budgets, and the operator's caps on a day: what was charged, and what is set aside. Amounts are in the account's
 * currency. What a change costs does not grow with what is held.
 */
export function createLedger(store: Pick<Store, 'records'>, mostInline = MOST_INLINE) {
  const budgets = store.records('budgets', budgetSchema);
  const records = { budgets, pages: store.records('budget-pages', holdPageSchema), mostInline };
  const ctx: LedgerContext = { ...records, join: createJoin((key, changes) => reviseAll(records, key, changes)) };
  return bind(ctx, { sums, left, requested, reserve, decided, settle, free, holds });
}

/** What counts under a key now. What `except` hold does not. */
async function sums(ctx: LedgerContext, key: string, ...except: readonly string[]): Promise<Sums> {
  const budget = await ctx.budgets.get(key);
  if (!budget) return { settled: '0', held: '0' };
  const found = await findHolds(ctx, budget, except);
  if (except.length > 0 && (await isPast(ctx, budget))) return sums(ctx, key, ...except);
  const { sheet } = fetchInto(sheetOf(budget), found);
  const { held } = without(sheet, except);
  return { settled: sheet.settled, held: heldIn({ held, paged: sheet.paged }).toFixed() };
}

/** How much is left, as an amount, never below 0. What `except` hold counts as left. */
async function left(ctx: LedgerContext, { key, cap }: Claim, ...except: readonly string[]) {
  return leftOf(cap, await sums(ctx, key, ...except));
}

/**
 * Holds `amount` for the order; false when there is no room for it. Again for the same order: no change.
 * `isWanted` is asked between reading the budget and writing it: an order that another process has bought and settled
 * meanwhile must not be held, and then counted, a second time.
 * `from`: a campaign, what is held for which moves to the order, as far as it goes. Moving needs no room, for the total
 * stays; the campaign keeps its entry, though it may come to 0. `requesting`: it is a request, which has to fit into what
 * is left for those of its member as well.
 */
async function reserve(
  ctx: LedgerContext,
  { key, cap }: Claim,
  order: string,
  amount: string,
  isWanted: () => Promise<boolean>,
  from?: string,
  requesting?: Requesting,
): Promise<boolean> {
  let fits = true;
  const isHeld = ({ held, requests }: Sheet) =>
    held[order] !== undefined && (!requesting || requests[order] !== undefined);
  await ctx.join(key, {
    orders: from === undefined ? [order] : [order, from],
    by: requesting?.by,
    isWanted: async (sheet) => !isHeld(sheet) && isWanted(),
    decide(sheet, seen) {
      fits = true;
      if (isHeld(sheet) || !seen.isWanted) return undefined;
      const { held: before, requests } = sheet;
      const held =
        before[order] === undefined ? { ...before, ...drawn(before, amount, from), [order]: amount } : before;
      const next = { ...sheet, held };
      const isMoved = heldIn(next).eq(heldIn(sheet));
      fits = isMoved || heldIn(next).plus(sheet.settled).lte(cap);
      if (!requesting) return fits ? next : undefined;
      const { by, most } = requesting;
      fits &&= requestedOf(sheet, seen.requests, by, order).plus(amount).lte(most);
      return fits ? { ...next, requests: { ...requests, [order]: by } } : undefined;
    },
  });
  return fits;
}

/** How much this member's undecided requests hold together, but for that of `except`. */
async function requested(ctx: LedgerContext, key: string, by: string, except: string): Promise<string> {
  const budget = await ctx.budgets.get(key);
  if (!budget) return '0';
  return requestedOf(sheetOf(budget), await findRequests(ctx, budget, by), by, except).toFixed();
}

function requestedOf({ held, requests }: Sheet, paged: Budget['held'], by: string, except: string): Big {
  const theirs = Object.keys(held).filter((id) => requests[id] === by);
  const all = [pick({ held }, theirs).held, paged];
  return all.reduce((sum, each) => sum.plus(total(without({ held: each }, [except]).held)), new Big(0));
}

/** It was decided about: what it holds is no request any more. */
function decided(ctx: LedgerContext, { key, order }: Hold): Promise<void> {
  return ctx.join(key, {
    orders: [order],
    decide(sheet) {
      const { [order]: by, ...requests } = sheet.requests;
      return by === undefined ? undefined : { ...sheet, requests };
    },
  });
}

/** Turns what is held into what was truly charged. Without a hold: nothing to do, it was settled before. */
function settle(ctx: LedgerContext, hold: Hold, charged: string): Promise<void> {
  return release(ctx, hold, [], (_, sheet) => ({ ...sheet, settled: new Big(sheet.settled).plus(charged).toFixed() }));
}

/** Gives back what is held; to the campaign `backTo`, as long as that has an entry. */
function free(ctx: LedgerContext, hold: Hold, backTo?: string): Promise<void> {
  return release(ctx, hold, backTo === undefined ? [] : [backTo], (amount, sheet) => {
    const { held } = sheet;
    const kept = backTo === undefined ? undefined : held[backTo];
    if (backTo === undefined || kept === undefined) return sheet;
    return { ...sheet, held: { ...held, [backTo]: new Big(kept).plus(amount).toFixed() } };
  });
}

/** `change` gives the next sheet, of the amount that the order holds and a sheet without it. */
function release(
  ctx: LedgerContext,
  { key, order }: Hold,
  others: readonly string[],
  change: (amount: string, sheet: Sheet) => Sheet,
): Promise<void> {
  return ctx.join(key, {
    orders: [order, ...others],
    decide(sheet) {
      const amount = sheet.held[order];
      return amount === undefined ? undefined : change(amount, { ...sheet, ...without(sheet, [order]) });
    },
  });
}

/** All that is held, of whatever period. Whoever takes their time may be told of what is held no more. */
async function* holds(ctx: LedgerContext): AsyncGenerator<Held, void> {
  for await (const budget of walk(ctx.budgets, HELD)) {
    const { key, held, requests } = budget;
    for (const order of Object.keys(held)) yield heldBy(key, order, requests);
    yield* pagedHolds(ctx, budget);
  }
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
