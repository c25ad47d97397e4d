import type { Clock } from '../clock.ts';
import type { Flights } from './flights.ts';
import type { LookLimits } from './looking.ts';
import { isLookDue, wantsLooks, withLookBegun } from './looking.ts';
import { isUntold } from './news.ts';
import type { Order } from './order.ts';
import type { OrderBook } from './order-book.ts';
import type { OrderLog } from './ports.ts';
import type { Telling } from './telling.ts';

interface Parts {
  book: OrderBook;
  /** One look for a lost order. */
  reconcile(order: Order): Promise<Order>;
  /** One look for codes that are late. */
  collectLate(order: Order): Promise<Order>;
  flights: Flights;
  telling: Telling;
  clock: Clock;
  log: OrderLog;
  limits: LookLimits;
}

/** Looks at CardPlusPay for an order, if it is time to, and tells the requester what came of it. Never rejects. */
export function createLooks(parts: Parts): (order: Order) => Promise<void> {
  const { book, reconcile, collectLate, flights, telling, clock, log, limits } = parts;

  /** Of several processes one looks at a time: the one that wrote down that it does. */
  async function begin(id: string): Promise<Order | undefined> {
    let isMine = false;
    const { ok, order } = await book.revise(id, (current) => {
      isMine = isLookDue(current, clock.now());
      return isMine ? withLookBegun(current, clock.now(), limits) : current;
    });
    return ok && isMine ? order : undefined;
  }

  async function look(before: Order): Promise<Order> {
    const begun = await begin(before.id);
    if (!begun) return before;
    const found = begun.status === 'bought' ? begun : await bringFound(await reconcile(begun));
    const after = found.status === 'bought' && wantsLooks(found) ? await collectLate(found) : found;
    if (isUntold(after)) await telling.tell(after);
    log.info({ order: after.id, status: after.status }, 'CardPlusPay was looked at for an order');
    return after;
  }

  /** An answer that was sealed, and recorded only now, brought its codes along. */
  async function bringFound(order: Order): Promise<Order> {
    return order.status === 'bought' ? flights.fly(order.id, true) : order;
  }

  return async (order) => {
    if (!isLookDue(order, clock.now())) return;
    try {
      await flights.join(`look/${order.id}`, () => look(order));
    } catch (error) {
      log.error({ order: order.id, err: error }, 'an order could not be looked for');
    }
  };
}
