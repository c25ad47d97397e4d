import type { Remote } from '../orders/order.ts';
import { moment, plain } from './text.ts';

/** How CardPlusPay names an order. */
export function numberOf({ orderNo, orderId }: Pick<Remote, 'orderNo' | 'orderId'>): string {
  return plain(orderNo ?? String(orderId), 40);
}

/** When CardPlusPay says that an order was placed; its own words where they are no point in time. */
export function placedAt(createdAt: string | undefined): string | undefined {
  if (createdAt === undefined) return undefined;
  // `Date.parse` also makes something of "5 USD".
  const at = /^\d{4}-\d\d-\d\dT/.test(createdAt) ? Date.parse(createdAt) : Number.NaN;
  return Number.isNaN(at) ? plain(createdAt, 40) : moment(at);
}
