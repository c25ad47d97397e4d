import type { Clock } from '../clock.ts';
import { awaitsCardPlusPay } from './looking.ts';
import type { Order, Reason, Remote } from './order.ts';
import type { OrderBook } from './order-book.ts';
import type { OrderLog } from './ports.ts';
import { transition } from './transitions.ts';

interface Parts {
  book: OrderBook;
  clock: Clock;
  log: OrderLog;
}

/** Leaves an order to people, unless it was moved on since it was seen. What may be charged for it stays set aside. */
export type HandOver = (
  seen: Pick<Order, 'id' | 'status'>,
  why: Reason,
  candidates?: Remote[],
) => Promise<Order>;

export function createHandingOver({ book, clock, log }: Parts): HandOver {
  return async ({ id, status }, why, candidates) => {
    let isHanded = false;
    const { order } = await book.revise(id, (current) => {
      isHanded = current.status === status && awaitsCardPlusPay(current);
      if (!isHanded) return current;
      const step = { at: clock.now(), by: 'cardigan', why };
      return transition(current, 'needs_review', step, { ...(candidates && { candidates }) });
    });
    if (isHanded) {
      const found = order.candidates?.map(({ orderId }) => orderId);
      log.warn({ order: id, why, found }, 'an order waits for people to decide about it');
    }
    return order;
  };
}
