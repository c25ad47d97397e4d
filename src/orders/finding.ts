import type { CardPlusPay } from '../cardpluspay/client.ts';
import { CardPlusPayError } from '../cardpluspay/error.ts';
import { compare } from '../money.ts';
import type { LookedUp, Verdict } from './candidates.ts';
import { candidatesIn, judgeCandidates, soughtOf } from './candidates.ts';
import type { Order } from './order.ts';
import type { OrderBook } from './order-book.ts';
import { readOrderList } from './order-list.ts';

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

  /** Another order here whose answer is still on its way, or that is looked for as well, may be what was found. */
  async function isAwaited(order: Order): Promise<boolean> {
    const awaiting = order.status === 'not_found' ? ['buying', 'unconfirmed'] : ['buying'];
    for await (const other of book.walk('passing')) {
      const isOther = other.id !== order.id && awaiting.includes(other.status);
      if (isOther && isSameAmount(other.quote, order.quote)) return true;
    }
    return false;
  }

  return async (order) => {
    const verdict = judgeCandidates(await candidatesOf(order), soughtOf(order));
    if (verdict.kind === 'nothing') return verdict;
    if (verdict.kind === 'ours' && order.status === 'unconfirmed') return verdict;
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
