import {
  type CardPlusPay,
  CardPlusPayError,
  type RemoteOrder,
  type VendorPage,
} from '../../cardpluspay/index.ts';
import { compare } from '../../lib/index.ts';
import { laneOf, type Order } from '../model/order.ts';
import type { Listing, OrderBook } from '../repository.ts';
import {
  candidatesIn,
  createdAtOf,
  judgeCandidates,
  type LookedUp,
  soughtOf,
  type Verdict,
} from './match.ts';

interface Parts {
  book: OrderBook;
  giftCards: CardPlusPay;
}

/** What one look at CardPlusPay says of a lost order. `later`: it may belong to another order here, wait for that one. */
export type Found = Verdict | { kind: 'later' };

/** Looks for an order at CardPlusPay. Throws CardPlusPayError when a part of the look failed: then it was none. */
export function createFinding({ book, giftCards }: Parts): (order: Order) => Promise<Found> {
  const isAttached = async (orderId: number) =>
    (await book.holder(`remote/${orderId}`)) !== undefined;

  async function candidatesOf(order: Order): Promise<LookedUp[]> {
    const sought = soughtOf(order);
    const rows = await readOrderList(giftCards, sought.watermark);
    const found: LookedUp[] = [];
    for (const candidate of candidatesIn(rows, sought)) {
      const { orderId } = candidate.row;
      if (await isAttached(orderId)) continue;
      const placed = await giftCards.order(orderId);
      if (placed.orderId !== orderId) {
        throw new CardPlusPayError('unreadable', 'unknown', 'another order than the one asked for');
      }
      found.push({ ...candidate, placed });
    }
    return found;
  }

  async function isAnyListed(
    listing: Listing,
    wanted: (order: Order) => boolean,
  ): Promise<boolean> {
    for await (const order of book.walk(listing)) if (wanted(order)) return true;
    return false;
  }

  /** Another order here whose answer is still on its way, or that is looked for as well, may be what was found. */
  function isAwaited({ id, status, quote }: Order): Promise<boolean> {
    const awaiting = status === 'not_found' ? ['buying', 'unconfirmed'] : ['buying'];
    return isAnyListed(
      'passing',
      (other) =>
        other.id !== id && awaiting.includes(other.status) && isSameAmount(other.quote, quote),
    );
  }

  /** What shows up late, and without a time, may also be a like order from before, which was given up or is before people. */
  async function mayBeEarlier({ id, quote }: Order, { row, placed }: LookedUp): Promise<boolean> {
    if (createdAtOf(row) !== undefined || createdAtOf(placed) !== undefined) return false;
    return isAnyListed('open', (other) => {
      const isGone = other.status === 'not_found' || other.status === 'needs_review';
      const wasSent = other.attempt !== undefined && other.remote === undefined;
      const isLike = laneOf(other) === laneOf({ quote }) && isSameAmount(other.quote, quote);
      return other.id !== id && isGone && wasSent && isLike;
    });
  }

  return async (order) => {
    const verdict = judgeCandidates(await candidatesOf(order), soughtOf(order));
    if (verdict.kind === 'nothing') return verdict;
    if (verdict.kind === 'ours' && order.status === 'unconfirmed') {
      const { candidate } = verdict;
      if (!(await mayBeEarlier(order, candidate))) return verdict;
      return { kind: 'unsure', why: 'found_unclear', candidates: [candidate] };
    }
    if (await isAwaited(order)) return { kind: 'later' };
    // Somebody's answer may have come between the list and now: what is theirs is no candidate of ours.
    const candidates = verdict.kind === 'ours' ? [verdict.candidate] : verdict.candidates;
    const attached = await Promise.all(candidates.map(({ row }) => isAttached(row.orderId)));
    return attached.includes(true) ? { kind: 'later' } : verdict;
  };
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
export async function readOrderList(
  giftCards: Pick<CardPlusPay, 'orders'>,
  watermark: number,
): Promise<RemoteOrder[]> {
  const rows = new Map<number, RemoteOrder>();
  for (let number = 1; ; number++) {
    const page = await giftCards.orders({
      ...{ perPage: PER_PAGE, page: number, sortBy: 'created_at', order: 'desc' },
    });
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
function isShort(
  { page, lastPage, total, items }: VendorPage<RemoteOrder>,
  soFar: number,
): boolean {
  return page >= lastPage ? soFar < total : items.length < total / lastPage;
}

const unreadable = (what: string) =>
  new CardPlusPayError('unreadable', 'unknown', `the order list came with ${what}`);

function descends(rows: readonly RemoteOrder[]): boolean {
  return rows.every(({ orderId }, at) => at === 0 || orderId < (rows[at - 1]?.orderId ?? 0));
}
