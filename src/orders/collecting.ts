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
  /** One at a time: of two that add to what is sealed, the slower would take away what the faster brought. */
  async function fetchLater(id: string, remoteId: number): Promise<Order> {
    const placed = await asking(giftCards.order(remoteId));
    // Codes of another order are somebody else's.
    if (placed.orderId !== remoteId) throw new Problem('vendor_unreadable', {});
    await vault.seal(id, withLater(await vault.open(id), placed.codes.map(toCode)));
    // A parcel that is still to travel may be out: an earlier message may have gone, or an earlier process.
    return flights.fly(id, undefined, true);
  }

  return async (id: string, member: Member): Promise<Order> => {
    const order = await book.get(id);
    if (!order) throw new Problem('order_unknown', {});
    if (order.requester !== member.user) throw new Problem('not_yours', {});
    const { remote } = order;
    if (!remote || !openActions(order, member, clock.now()).includes('collect')) return order;
    return flights.join(`collect/${id}`, () => fetchLater(id, remote.orderId));
  };
}
