import { CardPlusPayError, type PlacedOrder, type RawAnswer, readOrderAnswer } from '../../cardpluspay/index.ts';
import { isMoreThan, money } from '../../lib/index.ts';
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

export function remoteOf(placed: PlacedOrder, { quote }: Pick<Order, 'quote'>): Remote {
  const { orderId, orderNo, createdAt } = placed;
  const { currency } = quote.charged;
  return {
    orderId,
    charged: money(placed.charged, currency),
    ...(orderNo !== undefined && { orderNo }),
    ...(createdAt !== undefined && { createdAt }),
  };
}

export function whyBought(order: Order, remote: Remote, cards: number): Reason | undefined {
  if (isMoreThan(remote.charged, order.quote.charged)) return 'charged_more';
  return cards < order.quote.quantity ? 'codes_missing' : undefined;
}

/** Which statuses there are is not documented; these words mean that no more codes come. */
const CANCELLED = /^(failed|failure|error|cancell?ed|rejected|declined|refunded|expired|void(ed)?)$/i;

/** CardPlusPay has the order on its list and says that it came to nothing. What became of the money, people find out. */
export function isVendorCancelled({ status = '' }: Pick<PlacedOrder, 'status'>): boolean {
  return CANCELLED.test(status.trim());
}
