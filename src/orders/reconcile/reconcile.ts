import { CardPlusPayError } from '../../cardpluspay/index.ts';
import type { Clock, Log } from '../../lib/index.ts';
import type { Vault } from '../../store/index.ts';
import type { Order, Remote } from '../model/order.ts';
import { rawAnswer, type SealedAnswer } from '../model/raw-answer.ts';
import type { Reason } from '../model/reasons.ts';
import {
  awaitsCardPlusPay,
  decidesAt,
  enteredAt,
  type LookLimits,
  landedAt,
  WATCH_MS,
} from '../model/retry-schedule.ts';
import { transition } from '../model/state-machine.ts';
import { type Concluding, isGivenUp, outcomeOfSealed, remoteOf } from '../purchase/outcome.ts';
import type { OrderBook } from '../repository.ts';
import type { LookedUp } from './match.ts';
import type { Found } from './search.ts';

interface Parts {
  book: OrderBook;
  vault: Vault<SealedAnswer>;
  concluding: Concluding;
  find(order: Order): Promise<Found>;
  handOver: HandOver;
  clock: Clock;
  log: Log;
  limits: LookLimits;
}

/**
 * One look for an order of which nobody knows whether CardPlusPay took it, and the step that follows from it. It
 * reads, and never sends a purchase. Gives the order as it is afterwards.
 */
export function createReconciling(parts: Parts): (order: Order) => Promise<Order> {
  const { book, vault, concluding, find, handOver, clock, log, limits } = parts;

  /** Goes on from an answer that was sealed but not recorded; undefined when there is none to go on from. */
  async function fromSealed(order: Order): Promise<Order | undefined> {
    const sealed = await vault.open(order.id);
    const outcome = outcomeOfSealed(sealed && rawAnswer(sealed));
    if (order.status !== 'unconfirmed' || !('placed' in outcome)) return undefined;
    const concluded = await concluding.conclude(order.id, outcome);
    if (concluded.status !== 'unconfirmed') return concluded;
    // Otherwise the answer names an order that belongs to another one here: nobody can say whose is whose.
    const why = isGivenUp(outcome.placed) ? 'vendor_gave_up' : 'remote_taken';
    return handOver(order, why, [remoteOf(outcome.placed, order)]);
  }

  async function noteSeen({ id, status }: Order, at: number): Promise<Order> {
    const { order } = await book.revise(id, (current) => {
      const { looking } = current;
      if (current.status !== status || !looking || looking.seenSince !== undefined) return current;
      return { ...current, looking: { ...looking, seenSince: at } };
    });
    return order;
  }

  async function whenUnconfirmed(order: Order, found: Found, lookedAt: number): Promise<Order> {
    if (found.kind === 'ours') return concluding.found(order.id, remoteIn(order)(found.candidate));
    const hasLanded = lookedAt >= landedAt(order, limits);
    if (found.kind === 'unsure' && hasLanded) {
      // Not earlier: more may show until then, and the lane of an order in review is open.
      return handOver(order, found.why, found.candidates.map(remoteIn(order)));
    }
    if (found.kind === 'nothing' && lookedAt >= decidesAt(order, lookedAt, limits)) {
      return concluding.end(order, 'not_found', 'not_listed');
    }
    return noteSeen(order, lookedAt);
  }

  async function whenNotFound(order: Order, found: Found, lookedAt: number): Promise<Order> {
    if (found.kind === 'later') return order;
    if (found.kind === 'nothing') {
      const isOver = lookedAt >= decidesAt(order, lookedAt, limits);
      return isOver ? concluding.end(order, 'closed', 'not_listed') : order;
    }
    const candidates = found.kind === 'ours' ? [found.candidate] : found.candidates;
    return handOver(order, 'found_late', candidates.map(remoteIn(order)));
  }

  /** A look that failed is not a look: it only counts against patience, which a day ends. */
  async function whenUnreadable(order: Order, error: unknown): Promise<Order> {
    if (!(error instanceof CardPlusPayError)) throw error;
    log.warn({ order: order.id, err: error }, 'a look for a lost order failed; it is repeated');
    // Not found is closed after a day by a look that succeeds, so it gets a day more for one.
    const patience = order.status === 'unconfirmed' ? WATCH_MS : 2 * WATCH_MS;
    return clock.now() < enteredAt(order) + patience ? order : handOver(order, 'list_unreadable');
  }

  return async (order) => {
    const known = await fromSealed(order);
    if (known) return known;
    const lookedAt = clock.now();
    let found: Found;
    try {
      found = await find(order);
    } catch (error) {
      return whenUnreadable(order, error);
    }
    const judge = order.status === 'unconfirmed' ? whenUnconfirmed : whenNotFound;
    return judge(order, found, lookedAt);
  };
}

/** What a list row and GET /orders/{id} say together. */
function remoteIn(order: Order) {
  return ({ row, placed }: LookedUp): Remote => {
    const orderNo = placed.orderNo ?? row.orderNo;
    const createdAt = placed.createdAt ?? row.createdAt;
    return remoteOf({ ...placed, orderNo, createdAt }, order);
  };
}

interface HandingOverParts {
  book: OrderBook;
  clock: Clock;
  log: Log;
}

/** Leaves an order to people, unless it was moved on since it was seen. What may be charged for it stays set aside. */
export type HandOver = (
  seen: Pick<Order, 'id' | 'status'>,
  why: Reason,
  candidates?: Remote[],
) => Promise<Order>;

export function createHandingOver({ book, clock, log }: HandingOverParts): HandOver {
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
