import { CardPlusPayError, type PlacedOrder, type RawAnswer, readOrderAnswer } from '../../cardpluspay/index.ts';
import { isMoreThan, type Money, money } from '../../lib/index.ts';
import type { Order, Remote } from './order.ts';
import type { Reason } from './reasons.ts';

/** What came of a POST /orders, if anything did. */
export type PurchaseOutcome = { placed: PlacedOrder } | { error: unknown };

/**
 * What a sealed answer proves to a process that did not see it arrive. A 429 proves nothing: it may have
 * been tried again, and the later try may be out.
 */
export function outcomeOfSealed(raw: RawAnswer | undefined): PurchaseOutcome {
  if (!raw || raw.status === 429) return { error: undefined };
  try {
    return { placed: readOrderAnswer(raw) };
  } catch (error) {
    return { error };
  }
}

/** The write of `buying` may have arrived although it was not answered: then the right to send was had, and not used. */
export const NEVER_SENT: PurchaseOutcome = { error: new CardPlusPayError('too_late', 'not_sent', 'the store failed') };

/**
 * The order as CardPlusPay names it. What it says to have charged counts, unless that is less than the order was
 * expected to cost, or is nothing that can be read: a low amount must not make room under the caps.
 */
export function remoteOf(placed: PlacedOrder, order: Pick<Order, 'quote' | 'attempt'>): Remote {
  const { orderId, orderNo, createdAt, cut } = placed;
  const expected = expectedCharge(order);
  const stated = placed.charged === undefined ? null : money(placed.charged, expected.currency);
  const isLow = stated === null || isMoreThan(expected, stated);
  return {
    orderId,
    charged: isLow ? expected : stated,
    ...(isLow && { stated }),
    ...(orderNo !== undefined && { orderNo }),
    ...(createdAt !== undefined && { createdAt }),
    ...(cut && { cut }),
  };
}

/** What was checked right before the POST, which may be less than the quote; the quote, where that was not written down. */
function expectedCharge({ quote, attempt }: Pick<Order, 'quote' | 'attempt'>): Money {
  const { checked } = attempt ?? {};
  return checked && !isMoreThan(checked, quote.charged) ? checked : quote.charged;
}

export function whyBought(order: Order, remote: Remote, cards: number): Reason | undefined {
  if (isMoreThan(remote.charged, order.quote.charged)) return 'charged_more';
  if (remote.stated !== undefined) return 'charged_unclear';
  return cards < order.quote.quantity ? 'codes_missing' : undefined;
}

/** Which statuses there are is not documented; these words mean that no more codes come. */
const CANCELLED = /^(failed|failure|error|cancell?ed|rejected|declined|refunded|expired|void(ed)?)$/i;

/** CardPlusPay has the order on its list and says that it came to nothing. What became of the money, people find out. */
export function isVendorCancelled({ status = '' }: Pick<PlacedOrder, 'status'>): boolean {
  return CANCELLED.test(status.trim());
}
