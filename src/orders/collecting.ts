import type { CardPlusPay } from '../cardpluspay/client.ts';
import { asking } from '../catalog/vendor-problem.ts';
import type { Clock } from '../clock.ts';
import { Problem } from '../problem.ts';
import type { Vault } from '../store/vault.ts';
import { openActions } from './actions.ts';
import type { Flights } from './flights.ts';
import type { Member, Order } from './order.ts';
import type { OrderBook } from './order-book.ts';
import type { SealedAnswer } from './sealed-answer.ts';
import { toCode, withLater } from './sealed-answer.ts';

interface Parts {
  book: OrderBook;
  vault: Vault<SealedAnswer>;
  giftCards: CardPlusPay;
  flights: Flights;
  clock: Clock;
}

/** Asks CardPlusPay for the codes of a bought order that have not come yet; what came is sealed, then delivered. */
export function createCollecting({ book, vault, giftCards, flights, clock }: Parts) {
  return async (id: string, member: Member): Promise<Order> => {
    const order = await book.get(id);
    if (!order) throw new Problem('order_unknown', {});
    if (order.requester !== member.user) throw new Problem('not_yours', {});
    if (!order.remote || !openActions(order, member, clock.now()).includes('collect')) return order;
    const placed = await asking(giftCards.order(order.remote.orderId));
    await vault.seal(id, withLater(await vault.open(id), placed.codes.map(toCode)));
    return flights.fly(id);
  };
}
