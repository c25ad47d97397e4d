import type { CardPlusPay } from '../../cardpluspay/index.ts';
import { asking } from '../../catalog/index.ts';
import { type Clock, type Log, type Member, Problem } from '../../lib/index.ts';
import type { Vault } from '../../store/index.ts';
import type { Order } from '../model/order.ts';
import { openActions } from '../model/permissions.ts';
import { codesIn, type SealedAnswer, toCode, withLater } from '../model/raw-answer.ts';
import { enteredAt, WATCH_MS } from '../model/retry-schedule.ts';
import type { Telling } from '../notify/requester.ts';
import { isGivenUp } from '../purchase/outcome.ts';
import type { Flights } from '../purchase/runner.ts';
import type { HandOver } from '../reconcile/reconcile.ts';
import type { OrderBook } from '../repository.ts';

interface Parts {
  book: OrderBook;
  vault: Vault<SealedAnswer>;
  giftCards: CardPlusPay;
  flights: Flights;
  handOver: HandOver;
  telling: Telling;
  clock: Clock;
  log: Log;
}

export interface Collecting {
  /** The requester asks for the missing codes. Throws a Problem when CardPlusPay cannot be asked. */
  collect(id: string, member: Member): Promise<Order>;
  /** Asks by itself; when the codes are a day late, or CardPlusPay gave the order up, people decide. */
  collectLate(order: Order): Promise<Order>;
}

/** Asks CardPlusPay for the codes of a bought order that have not come yet; what came is sealed, then delivered. */
export function createCollecting(parts: Parts): Collecting {
  const { book, vault, giftCards, flights, handOver, telling, clock, log } = parts;

  /** `anew`: parcels that could not be delivered are tried again, whether or not codes came. */
  async function fetchLater(id: string, remoteId: number, anew: boolean): Promise<Order> {
    const placed = await asking(giftCards.order(remoteId));
    // Codes of another order are somebody else's.
    if (placed.orderId !== remoteId) throw new Problem('vendor_unreadable', {});
    const codes = placed.codes.map(toCode);
    const known = (await vault.open(id)) ?? { later: [] };
    const sealed = withLater(known, remoteId, codes);
    // The answer to POST /orders may arrive right now, in another process: it must not be replaced by what is thinner.
    if (sealed.later.length > known.later.length) {
      await vault.seal(id, (current) => withLater(current, remoteId, codes));
    }
    const order = await requireOrder(id);
    const isNews = codesIn(sealed, remoteId).length > order.cards.length;
    // A parcel that is still to travel may be out: an earlier message may have gone, or an earlier process.
    const settled = anew || isNews ? await flights.fly(id, 'anew') : order;
    return isGivenUp(placed) && settled.status === 'bought'
      ? handOver(settled, 'vendor_gave_up')
      : settled;
  }

  async function requireOrder(id: string): Promise<Order> {
    const order = await book.get(id);
    if (!order) throw new Problem('order_unknown', {});
    return order;
  }

  /** One at a time: of two that add to what is sealed, the slower would take away what the faster brought. */
  const fetchOnce = (id: string, remoteId: number, anew: boolean) =>
    flights.join(`collect/${id}`, () => fetchLater(id, remoteId, anew));

  return {
    async collect(id, member) {
      const order = await requireOrder(id);
      if (order.requester !== member.user) throw new Problem('not_yours', {});
      const { remote } = order;
      if (!remote || !openActions(order, member, clock.now()).includes('collect')) return order;
      return telling.tell(await fetchOnce(id, remote.orderId, true), 'quietly');
    },

    async collectLate(order) {
      const { id, remote } = order;
      if (!remote) return order;
      const isOverdue = clock.now() >= enteredAt(order) + WATCH_MS;
      const after = await fetchOnce(id, remote.orderId, false).catch((err: unknown) => {
        if (!(err instanceof Problem)) throw err;
        log.warn({ order: id, err }, 'CardPlusPay could not be asked for late codes');
        return order;
      });
      return isOverdue ? handOver(after, 'codes_overdue') : after;
    },
  };
}
