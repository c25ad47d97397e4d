import { CardPlusPayError, type RemoteOrder } from '../../cardpluspay/index.ts';
import { asking } from '../../catalog/index.ts';
import { Problem } from '../../lib/index.ts';
import type { OrdersContext } from '../context.ts';
import type { Candidate, Order, Remote } from '../model/order.ts';
import { remoteOf } from '../model/outcome.ts';
import { claimsOf, type LookedUp, saidOf } from './match.ts';
import { readOrderList } from './search.ts';

type Found = Pick<LookedUp, 'row' | 'placed'>;

/** What CardPlusPay's list and the order itself say together. */
export function remoteIn(order: Order, { row, placed }: Found): Remote {
  const orderNo = placed.orderNo ?? row.orderNo;
  const createdAt = placed.createdAt ?? row.createdAt;
  const charged = placed.charged ?? row.charged;
  return remoteOf({ ...placed, orderNo, createdAt, charged }, order);
}

/** With what it is of, for the people who decide. */
export function candidateIn(order: Order, found: Found): Candidate {
  return { ...remoteIn(order, found), ...saidOf(claimsOf(found), order.quote) };
}

/** One that was found, or that a person names: CardPlusPay says what it cost and what it is of. Throws a Problem. */
export async function candidateFor(
  { vendor }: Pick<OrdersContext, 'vendor'>,
  order: Order,
  orderId: number,
): Promise<Candidate> {
  const known = [...(order.candidates ?? []), order.named].find((candidate) => candidate?.orderId === orderId);
  if (known) {
    const { by: _, at: __, ...candidate } = { by: '', at: 0, ...known };
    return candidate;
  }
  const placed = await asking(vendor.order(orderId));
  if (placed.orderId !== orderId) throw new Problem('vendor_unreadable', {});
  const row = await rowOf(vendor, orderId);
  return candidateIn(order, { row: row ?? { orderId }, placed });
}

/** The list may say more than the order itself. Where it cannot be read, people are asked because of that. */
async function rowOf(vendor: OrdersContext['vendor'], orderId: number): Promise<RemoteOrder | undefined> {
  try {
    return (await readOrderList(vendor, orderId)).find((row) => row.orderId === orderId);
  } catch (error) {
    if (error instanceof CardPlusPayError) return undefined;
    throw error;
  }
}
