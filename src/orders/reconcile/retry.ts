import type { Clock, Log } from '../../lib/index.ts';
import { isUntold } from '../model/news.ts';
import type { Order } from '../model/order.ts';
import {
  awaitsCardPlusPay,
  awaitsDiscord,
  isLookDue,
  type LookLimits,
  withLookBegun,
} from '../model/retry-schedule.ts';
import type { Telling } from '../notify/requester.ts';
import type { Flights } from '../purchase/runner.ts';
import type { OrderBook } from '../repository.ts';

interface Parts {
  book: OrderBook;
  /** One look for a lost order. */
  reconcile(order: Order): Promise<Order>;
  /** One look for codes that are late. */
  collectLate(order: Order): Promise<Order>;
  flights: Flights;
  telling: Telling;
  clock: Clock;
  log: Log;
  limits: LookLimits;
}

/**
 * Tries, if it is time to, what an order waits for: looks at CardPlusPay for it, and sends what Discord did not take.
 * Tells the requester what came of it. Never rejects.
 */
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
    const isLost = begun.status === 'unconfirmed' || begun.status === 'not_found';
    const brought = await bring(isLost ? await reconcile(begun) : begun, isLost);
    const isShort = brought.status === 'bought' && awaitsCardPlusPay(brought);
    const after = isShort ? await collectLate(brought) : brought;
    if (isUntold(after)) await telling.tell(after);
    log.info({ order: after.id, status: after.status }, 'what an order waits for was tried');
    return after;
  }

  /** An answer that was sealed, and recorded only now, brought its codes along. */
  async function bring(order: Order, wasLost: boolean): Promise<Order> {
    const isToFly = (wasLost && order.status === 'bought') || awaitsDiscord(order);
    return isToFly ? flights.fly(order.id, 'again') : order;
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
