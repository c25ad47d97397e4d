import { type CardPlusPay, CardPlusPayError, type RemoteOrder, type VendorPage } from '../../cardpluspay/index.ts';
import { compare } from '../../lib/index.ts';
import type { OrdersContext } from '../context.ts';
import { laneOf, type Order } from '../model/order.ts';
import type { Listing } from '../repository.ts';
import { candidatesIn, createdAtOf, judgeCandidates, type LookedUp, type Match, soughtOf } from './match.ts';

/** What one look at CardPlusPay says of a lost order. `later`: it may belong to another order here, wait for that one. */
export type Found = Match | { kind: 'later' };

/** Looks for an order at CardPlusPay. Throws CardPlusPayError when a part of the look failed: then it was none. */
export async function search(ctx: OrdersContext, order: Order): Promise<Found> {
  const verdict = judgeCandidates(await candidatesOf(ctx, order), soughtOf(order));
  if (verdict.kind === 'nothing') return verdict;
  if (verdict.kind === 'ours' && order.status === 'unconfirmed') {
    const { candidate } = verdict;
    if (!(await mayBeEarlier(ctx, order, candidate))) return verdict;
    return { kind: 'unsure', why: 'found_unclear', candidates: [candidate] };
  }
  if (await isExpected(ctx, order)) return { kind: 'later' };
  // Somebody's answer may have come between the list and now: what is theirs is no candidate of ours.
  const candidates = verdict.kind === 'ours' ? [verdict.candidate] : verdict.candidates;
  const attached = await Promise.all(candidates.map(({ row }) => isAttached(ctx, row.orderId)));
  return attached.includes(true) ? { kind: 'later' } : verdict;
}

async function isAttached({ orders }: OrdersContext, orderId: number): Promise<boolean> {
  return (await orders.holder(`remote/${orderId}`)) !== undefined;
}

async function candidatesOf(ctx: OrdersContext, order: Order): Promise<LookedUp[]> {
  const sought = soughtOf(order);
  const rows = await readOrderList(ctx.vendor, sought.watermark);
  const found: LookedUp[] = [];
  for (const candidate of candidatesIn(rows, sought)) {
    const { orderId } = candidate.row;
    if (await isAttached(ctx, orderId)) continue;
    const placed = await ctx.vendor.order(orderId);
    if (placed.orderId !== orderId) {
      throw new CardPlusPayError('unreadable', 'unknown', 'another order than the one asked for');
    }
    found.push({ ...candidate, placed });
  }
  return found;
}

async function isAnyListed(
  { orders }: OrdersContext,
  listing: Listing,
  wanted: (order: Order) => boolean,
): Promise<boolean> {
  for await (const order of orders.walk(listing)) if (wanted(order)) return true;
  return false;
}

/** Another order here whose answer is still on its way, or that is looked for as well, may be what was found. */
function isExpected(ctx: OrdersContext, { id, status, quote }: Order): Promise<boolean> {
  const expecting = status === 'not_found' ? ['buying', 'unconfirmed'] : ['buying'];
  return isAnyListed(
    ctx,
    'passing',
    (other) => other.id !== id && expecting.includes(other.status) && isSameAmount(other.quote, quote),
  );
}

/** What shows up late, and without a time, may also be a like order from before, which was given up or is before people. */
async function mayBeEarlier(ctx: OrdersContext, { id, quote }: Order, { row, placed }: LookedUp) {
  if (createdAtOf(row) !== undefined || createdAtOf(placed) !== undefined) return false;
  return isAnyListed(ctx, 'open', (other) => {
    const isGone = other.status === 'not_found' || other.status === 'needs_review';
    const wasSent = other.attempt !== undefined && other.remote === undefined;
    const isLike = laneOf(other) === laneOf({ quote }) && isSameAmount(other.quote, quote);
    return other.id !== id && isGone && wasSent && isLike;
  });
}

function isSameAmount(a: Order['quote'], b: Order['quote']): boolean {
  return a.charged.currency === b.charged.currency && compare(a.charged, b.charged) === 0;
}

const PER_PAGE = 100; // CardPlusPay's most

/**
 * The account's orders from the newest down to the watermark; all of them where the list is not in descending order.
 * Throws CardPlusPayError when a page failed, could not be read whole, or was not the one asked for: a look that
 * failed is not a look.
 */
export async function readOrderList(vendor: Pick<CardPlusPay, 'orders'>, watermark: number): Promise<RemoteOrder[]> {
  const rows = new Map<number, RemoteOrder>();
  const query = { perPage: PER_PAGE, sortBy: 'created_at', order: 'desc' } as const;
  for (let number = 1; ; number++) {
    const page = await vendor.orders({ ...query, page: number });
    if (page.skipped > 0) throw unreadable('an unreadable row');
    if (page.page !== number) throw unreadable('another page than the one asked for');
    for (const row of page.items) rows.set(row.orderId, row);
    const all = [...rows.values()];
    if (isShort(page, all.length)) throw unreadable('fewer rows than it has');
    if (descends(all) && (all.at(-1)?.orderId ?? Number.POSITIVE_INFINITY) <= watermark) return all;
    if (number >= page.lastPage) return all;
  }
}

/** A row that is silently missing may be the one sought. A page before the last is full, so no shorter than the average one. */
function isShort({ page, lastPage, total, items }: VendorPage<RemoteOrder>, soFar: number): boolean {
  return page >= lastPage ? soFar < total : items.length < total / lastPage;
}

const unreadable = (what: string) => new CardPlusPayError('unreadable', 'unknown', `the order list came with ${what}`);

function descends(rows: readonly RemoteOrder[]): boolean {
  return rows.every(({ orderId }, at) => at === 0 || orderId < (rows[at - 1]?.orderId ?? 0));
}
