import Big from 'big.js';
import { type Records, walk } from '../../store/index.ts';
import { type Budget, type Held, type HoldPage, pick, type Sheet, total, without } from './record.ts';

/*
 * A budget's record has the newest holds; once they are many, the older ones are moved into pages of their own, so that a
 * change costs the same however much is held. Two records cannot change in one write, so the budget's record alone says
 * what counts (docs/decisions/2026-11-27-lean-purchase.md):
 * - a page is written first and counts from the write of the budget on that names it as its newest; before another one
 *   takes that place, the page itself says that it counts;
 * - a hold leaves its page by the write of the budget that settles, frees or takes it back, and names it as gone; the page
 *   loses it after that, and only then the budget forgets that it is gone.
 */

/** So many holds a budget's record has at most; the older half is moved into a page then. */
export const MOST_INLINE = 64;

export interface LedgerRecords {
  readonly budgets: Records<Budget>;
  readonly pages: Records<HoldPage>;
  readonly mostInline: number;
}

/** The lists a page stands in: of its budget, of each of its holds, and of whoever has requests in it. */
const ofBudget = (key: string) => `of/${key}`;
const withHold = (key: string, order: string) => `hold/${key}/${order}`;
const withRequests = (key: string, by: string) => `by/${key}/${by}`;

function guardOf({ key, held, requests = {} }: Omit<HoldPage, 'version'>, seen: number) {
  const holds = Object.keys(held).map((order) => withHold(key, order));
  const people = [...new Set(Object.values(requests))].map((by) => withRequests(key, by));
  return { seen, tags: [ofBudget(key), ...holds, ...people], holds: [] };
}

type Known = Pick<Budget, 'newest' | 'gone'>;

/** Read after its budget: what it says of itself is at least as new. */
const countsIn = ({ newest }: Known, page: HoldPage): boolean => page.counts || page.id === newest;

/** The holds of a page that count. */
function liveIn(budget: Known, page: HoldPage): Pick<HoldPage, 'held' | 'requests'> {
  if (!countsIn(budget, page)) return { held: {}, requests: {} };
  return without(
    page,
    Object.keys(page.held).filter((order) => budget.gone?.[order] === page.id),
  );
}

/** A hold as it was found in a page. */
interface PagedHold {
  readonly page: string;
  readonly amount: string;
  readonly by: string | undefined;
}

/** Those of these holds that lie in pages. Throws where one cannot be read that may have one of them. */
export async function findHolds(
  ctx: LedgerRecords,
  budget: Known & Pick<Budget, 'key' | 'held' | 'paged'>,
  orders: readonly string[],
): Promise<Map<string, PagedHold>> {
  const found = new Map<string, PagedHold>();
  if (budget.paged === undefined) return found;
  for (const order of new Set(orders)) {
    if (budget.held[order] !== undefined) continue;
    for (const page of await listed(ctx, withHold(budget.key, order))) {
      const { held, requests } = liveIn(budget, page);
      const amount = held[order];
      if (amount !== undefined) found.set(order, { page: page.id, amount, by: requests?.[order] });
    }
  }
  return found;
}

/** The amounts of somebody's undecided requests that lie in pages, by order. */
export async function findRequests(
  ctx: LedgerRecords,
  budget: Known & Pick<Budget, 'key' | 'paged'>,
  by: string,
): Promise<Record<string, string>> {
  if (budget.paged === undefined) return {};
  const pages = await listed(ctx, withRequests(budget.key, by));
  const theirs = pages.map((page) => {
    const live = liveIn(budget, page);
    return pick(
      live,
      Object.keys(live.held).filter((order) => live.requests?.[order] === by),
    ).held;
  });
  return Object.assign({}, ...theirs);
}

/** All pages of a list, of which there are few: somebody's requests, and what a crash has left of a hold. */
async function listed({ pages }: LedgerRecords, list: string): Promise<HoldPage[]> {
  const found: HoldPage[] = [];
  const unreadable: string[] = [];
  for await (const page of walk(pages, list, (id) => unreadable.push(id))) found.push(page);
  // Throws: what is in it is not known.
  for (const id of unreadable) await pages.get(id);
  return found;
}

/** The sheet with holds out of pages beside its own; `gone` is to be written with it. */
export function fetchInto(sheet: Sheet, found: ReadonlyMap<string, PagedHold>) {
  const held = Object.fromEntries([...found].map(([order, { amount }]) => [order, amount]));
  const requests = Object.fromEntries([...found].flatMap(([order, { by }]) => (by === undefined ? [] : [[order, by]])));
  const gone = Object.fromEntries([...found].map(([order, { page }]) => [order, page]));
  const paged = new Big(sheet.paged).minus(total(held)).toFixed();
  const fetched = { ...sheet, paged, held: { ...sheet.held, ...held }, requests: { ...sheet.requests, ...requests } };
  return { sheet: fetched, gone };
}

/** Takes out of their pages what the budget says is gone from there. May be repeated, by any process. */
export async function clearGone(ctx: LedgerRecords, budget: Known & Pick<Budget, 'version'>): Promise<void> {
  const byPage = Map.groupBy(Object.entries(budget.gone ?? {}), ([, page]) => page);
  for (const [id, holds] of byPage) {
    const ids = holds.map(([order]) => order);
    await revisePage(ctx, id, (page) => {
      const isThere = ids.some((order) => page.held[order] !== undefined);
      return isThere ? { ...page, ...without(page, ids) } : page;
    });
    await removeIfOver(ctx, budget, await ctx.pages.get(id));
  }
}

/** To be done before the budget names a newer one. */
export async function confirmNewest(ctx: LedgerRecords, { newest }: Known): Promise<void> {
  if (newest !== undefined) await revisePage(ctx, newest, (page) => (page.counts ? page : { ...page, counts: true }));
}

async function revisePage(ctx: LedgerRecords, id: string, change: (page: HoldPage) => HoldPage): Promise<void> {
  const known = await ctx.pages.get(id);
  const changed = known && change(known);
  if (!changed || changed === known) return;
  const { version: seen, ...next } = changed;
  const { ok } = await ctx.pages.write(id, next, guardOf(next, seen));
  if (!ok) await revisePage(ctx, id, change);
}

/**
 * Takes away a page that holds nothing, or never counted and can do so no more: the write of the budget that would have
 * named it was another one. Not the newest: whoever was slow to make one of the same name would have it counted.
 */
async function removeIfOver(ctx: LedgerRecords, budget: Known & Pick<Budget, 'version'>, page: HoldPage | undefined) {
  if (!page || page.id === budget.newest) return false;
  const isOver = page.counts ? Object.keys(page.held).length === 0 : budget.version >= page.since;
  return isOver && ctx.pages.remove(page.id, page.version);
}

/** A page of this process that did not come to count. Read after its budget. */
export async function dropPage(ctx: LedgerRecords, budget: Known & Pick<Budget, 'version'>, id: string): Promise<void> {
  await removeIfOver(ctx, budget, await ctx.pages.get(id));
}

/**
 * Writes a page with these holds, which counts once the budget names it as its newest in the write of that version.
 * Undefined where another process is at that, or has died over it.
 */
export async function makePage(
  ctx: LedgerRecords,
  key: string,
  since: number,
  { held, requests }: Pick<Sheet, 'held' | 'requests'>,
): Promise<string | undefined> {
  const id = `${key}#${since}`;
  const page = { id, key, since, held, requests, counts: false };
  const written = await ctx.pages.write(id, page, guardOf(page, 0));
  return written.ok ? id : undefined;
}

/** What pages hold of a budget. What a crash has left is taken away. */
export async function* pagedHolds(
  ctx: LedgerRecords,
  budget: Pick<Budget, 'key' | 'version' | 'newest' | 'gone' | 'paged'>,
): AsyncGenerator<Held, void> {
  if (budget.paged === undefined) return;
  for await (const page of walk(ctx.pages, ofBudget(budget.key))) {
    await removeIfOver(ctx, budget, page);
    const { held, requests } = liveIn(budget, page);
    for (const order of Object.keys(held)) yield heldBy(budget.key, order, requests);
  }
}

export function heldBy(key: string, order: string, requests: Budget['requests']): Held {
  return { key, order, ...(requests?.[order] !== undefined && { isRequest: true as const }) };
}
