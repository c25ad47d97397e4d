import type { DeliveryResult } from '../../outbox/index.ts';
import type { OrdersContext } from '../context.ts';
import type { Card, Order } from '../model/order.ts';
import { stepped, withPosted } from '../model/parcels.ts';
import type { Parcel } from '../model/ports.ts';
import type { Reason } from '../model/reasons.ts';

const reasonFor: Record<DeliveryResult, Reason> = {
  sent: 'dm_sent',
  closed: 'dm_closed',
  failed: 'dm_failed',
  withheld: 'dm_withheld',
  to_reveal: 'to_reveal',
};

/** Records how it went with the cards of one parcel. `allTried`: nothing else of its order is on its way. */
export async function recordPosted(
  { orders, clock }: OrdersContext,
  { order: seen, number }: Parcel,
  cards: readonly Card[],
  how: DeliveryResult,
  allTried: boolean,
): Promise<Order> {
  const fingerprints = new Set(cards.map((card) => card.fingerprint));
  const { order } = await orders.revise(seen, (current) => {
    const at = clock.now();
    const next = withPosted(current, { number, at, how, fingerprints });
    const after = stepped(next.order, { at, by: 'cardigan', why: reasonFor[how] }, allTried);
    // The same once more, or revealed meanwhile, is no step: the record must not grow with every try.
    return next.isNews || after.status !== current.status ? after : next.order;
  });
  return order;
}
