import Big from 'big.js';
import {
  clearGone,
  confirmNewest,
  dropPage,
  fetchInto,
  findHolds,
  findRequests,
  type LedgerRecords,
  makePage,
} from './pages.ts';
import { type Budget, pick, type Sheet, sheetOf, total, without } from './record.ts';

/** Lists the budgets of which something is held: a crash may have left it there, however long ago. */
export const HELD = 'held';

/** What one caller changes of a budget. */
export interface Change {
  /** Whose holds it looks at; `by`: and whose requests. */
  readonly orders: readonly string[];
  readonly by?: string | undefined;
  /** Asked between reading the budget and writing it. */
  isWanted?(sheet: Sheet): Promise<boolean>;
  /** The next sheet, or undefined when there is nothing to write. Called once for each try to write. */
  decide(sheet: Sheet, seen: Seen): Sheet | undefined;
}

interface Seen {
  readonly isWanted: boolean;
  /** The amounts of the requests of `by` that are in pages. */
  readonly requests: Budget['held'];
}

/** Writes what all of them change in one write; another process may have been faster, then all of them decide again. */
export async function reviseAll(
  ctx: LedgerRecords,
  key: string,
  changes: readonly Change[],
): Promise<PromiseSettledResult<void>[]> {
  const budget = (await ctx.budgets.get(key)) ?? { ...empty, version: 0, key };
  const found = await findHolds(
    ctx,
    budget,
    changes.flatMap(({ orders }) => orders),
  );
  const { sheet: before, gone } = fetchInto(sheetOf(budget), found);
  const looks = await Promise.allSettled(changes.map((change) => look(ctx, budget, before, found, change)));
  let sheet = before;
  const results = looks.map<PromiseSettledResult<void>>((looked, at) => {
    if (looked.status === 'rejected') return looked;
    sheet = changes[at]?.decide(sheet, looked.value) ?? sheet;
    return { status: 'fulfilled', value: undefined };
  });
  const isDone = sheet === before ? !(await isPast(ctx, budget)) : await write(ctx, budget, sheet, gone);
  return isDone ? results : reviseAll(ctx, key, changes);
}

/** With pages, it may have been written while they were read: what was moved meanwhile would be missing. */
export async function isPast({ budgets }: LedgerRecords, { key, version, paged }: Budget): Promise<boolean> {
  return paged !== undefined && (await budgets.get(key))?.version !== version;
}

async function look(
  ctx: LedgerRecords,
  budget: Budget,
  sheet: Sheet,
  found: ReadonlyMap<string, unknown>,
  { by, isWanted }: Change,
): Promise<Seen> {
  const inPages = by === undefined ? {} : await findRequests(ctx, budget, by);
  const requests = without({ held: inPages }, [...found.keys()]).held;
  return { requests, isWanted: (await isWanted?.(sheet)) ?? true };
}

const empty = { settled: '0', held: {} };

/** Whether it was written as it was read. */
async function write(
  ctx: LedgerRecords,
  budget: Budget,
  sheet: Sheet,
  gone: NonNullable<Budget['gone']>,
): Promise<boolean> {
  const { version: seen, key } = budget;
  await clearGone(ctx, budget);
  const moved = await moveOldest(ctx, budget, sheet, Object.keys(gone));
  const { settled, held, requests, paged } = moved?.sheet ?? sheet;
  const newest = moved?.page ?? budget.newest;
  const tags = Object.keys(held).length > 0 || new Big(paged).gt(0) ? [HELD] : [];
  const next = {
    key,
    settled,
    held,
    ...(Object.keys(requests).length > 0 && { requests }),
    ...(newest !== undefined && { newest, paged }),
    ...(Object.keys(gone).length > 0 && { gone }),
  };
  const { ok } = await ctx.budgets.write(key, next, { seen, tags, holds: [] });
  const now = !ok && moved ? await ctx.budgets.get(key) : undefined;
  if (now && moved) await dropPage(ctx, now, moved.page);
  return ok;
}

/** Moves the older half into a page, once there are many. What has just come out of one stays. */
async function moveOldest(ctx: LedgerRecords, budget: Budget, sheet: Sheet, stay: readonly string[]) {
  const all = Object.keys(sheet.held);
  if (all.length <= ctx.mostInline) return undefined;
  const oldest = all.slice(0, all.length - Math.floor(ctx.mostInline / 2)).filter((order) => !stay.includes(order));
  await confirmNewest(ctx, budget);
  const moved = pick(sheet, oldest);
  const page = oldest.length === 0 ? undefined : await makePage(ctx, budget.key, budget.version + 1, moved);
  if (page === undefined) return undefined;
  const paged = new Big(sheet.paged).plus(total(moved.held)).toFixed();
  return { page, sheet: { ...sheet, ...without(sheet, oldest), paged } };
}
