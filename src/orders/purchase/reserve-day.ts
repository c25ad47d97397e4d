import { dayOf, type Money } from '../../lib/index.ts';
import { dayKey } from '../../policy/index.ts';
import type { OrdersContext } from '../context.ts';

/** What counts against the operator's day: an order, or a campaign as a whole. */
interface Spending {
  readonly id: string;
  readonly charged: Money;
  /** The campaign that it is a part of: what that has set aside it draws from, as far as it goes. */
  readonly campaign?: string | undefined;
}

/**
 * Sets so much aside in the total of that moment's day; false where `MAX_DAY_TOTAL` leaves no room for it. Again for the
 * same one: no change. For `isWanted` see `reserve` of the ledger.
 */
export function reserveDay(
  { ledger, caps }: Pick<OrdersContext, 'ledger' | 'caps'>,
  { id, charged, campaign }: Spending,
  at: number,
  isWanted: () => Promise<boolean>,
): Promise<boolean> {
  const day = { key: dayKey(dayOf(at)), cap: caps.day };
  return ledger.reserve(day, id, charged.amount, isWanted, campaign);
}
