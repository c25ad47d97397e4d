import {
  CardPlusPayError,
  type PlacedOrder,
  type RawAnswer,
  readOrderAnswer,
} from '../../cardpluspay/index.ts';
import { type Clock, dayOf, isMoreThan, type Log, money } from '../../lib/index.ts';
import { dayKey, type Hold, type Ledger } from '../../policy/index.ts';
import type { Order, Remote, Status } from '../model/order.ts';
import { assignCards } from '../model/parcels.ts';
import type { Reason } from '../model/reasons.ts';
import { transition } from '../model/state-machine.ts';
import type { Notices } from '../notify/notices.ts';
import type { OrderBook } from '../repository.ts';

/** What came of a POST /orders, if anything did. */
export type Outcome = { placed: PlacedOrder } | { error: unknown };

/** Turns what is known of an attempt into the order's next status, and settles the day's total and the budgets by it. */
export interface Concluding {
  conclude(id: string, outcome: Outcome): Promise<Order>;
  /** Attaches an order found at CardPlusPay to one whose outcome was unknown; nothing when another one here has it. */
  found(id: string, remote: Remote): Promise<Order>;
  /** Moves on an order of which nothing is known to be charged; one that was moved on since it was seen stays. */
  end(seen: Seen, to: Status, why: Reason, detail?: string): Promise<Order>;
  /** Brings the day's total and the budgets in line with an order that may have been left half settled by a crash. */
  settle(order: Order): Promise<void>;
  /** Brings one of them in line, of which the order may not know itself: a crash came between the two. */
  settleHold(hold: Hold, order: Order): Promise<void>;
}

/** An order as it stood when something was decided about it. */
type Seen = Pick<Order, 'id' | 'status'>;

interface Parts {
  book: OrderBook;
  ledger: Ledger;
  fingerprint(code: string): string;
  notices: Pick<Notices, 'tell'>;
  clock: Clock;
  log: Log;
}

/**
 * What a sealed answer proves to a process that did not see it arrive. A 429 proves nothing: it may have
 * been tried again, and the later try may be out.
 */
export function outcomeOfSealed(raw: RawAnswer | undefined): Outcome {
  if (!raw || raw.status === 429) return { error: undefined };
  try {
    return { placed: readOrderAnswer(raw) };
  } catch (error) {
    return { error };
  }
}

/** Without an order at CardPlusPay. What may still be charged stays held (docs/decisions). */
const nothingCharged = new Set<Status>([
  ...(['cancelled', 'expired', 'rejected', 'repriced', 'failed', 'closed'] as const),
]);

export function createConcluding(parts: Parts): Concluding {
  const { book, ledger, fingerprint, notices, clock, log } = parts;

  async function settleHold(hold: Hold, order: Order): Promise<void> {
    if (order.remote) await ledger.settle(hold, order.remote.charged.amount);
    else if (nothingCharged.has(order.status)) await ledger.free(hold, order.campaign?.id);
  }

  async function settle(order: Order): Promise<void> {
    const day = order.approvedAt === undefined ? [] : [dayKey(dayOf(order.approvedAt))];
    for (const key of [...day, ...(order.reserved?.budgets ?? [])]) {
      await settleHold({ key, order: order.id }, order);
    }
  }

  /** Only from the status seen: what was decided about an approved order must not end one whose POST is out. */
  async function move({ id, status }: Seen, to: Status, why: Reason, detail?: string) {
    const { order } = await book.revise(id, (current) => {
      if (current.status !== status) return current;
      const step = { at: clock.now(), by: 'cardigan', why, ...(detail && { detail }) };
      return transition(current, to, step);
    });
    return order;
  }

  async function end(seen: Seen, to: Status, why: Reason, detail?: string): Promise<Order> {
    const order = await move(seen, to, why, detail);
    await settle(order);
    return order;
  }

  async function bought(id: string, placed: PlacedOrder): Promise<Order> {
    const revision = await book.revise(id, (order) => {
      if (order.status !== 'buying' && order.status !== 'unconfirmed') return order;
      const remote = remoteOf(placed, order);
      const cards = assignCards(
        order,
        placed.codes.map((code) => fingerprint(code.code)),
      );
      const why = whyBought(order, remote, cards.length);
      const step = { at: clock.now(), by: 'cardigan', ...(why && { why }) };
      return transition(order, 'bought', step, { remote, cards });
    });
    if (!revision.ok) return unconfirmed(id, 'remote_taken', revision.hold);
    const { order } = revision;
    await settle(order);
    await tellIfChargedMore(order);
    return order;
  }

  /** After a crash before this, the next comparison of the books tells it. */
  async function tellIfChargedMore({ id, remote, quote }: Order): Promise<void> {
    if (!remote || !isMoreThan(remote.charged, quote.charged)) return;
    log.warn(
      { order: id, quoted: quote.charged, charged: remote.charged },
      'CardPlusPay charged more than the quote',
    );
    await notices.tell(`charged-more/${id}`, { kind: 'charged_more', order: id });
  }

  async function found(id: string, remote: Remote): Promise<Order> {
    const { order } = await book.revise(id, (current) => {
      if (current.status !== 'unconfirmed') return current;
      const step = { at: clock.now(), by: 'cardigan', why: 'found' as const };
      return transition(current, 'bought', step, { remote });
    });
    await settle(order);
    return order;
  }

  async function unconfirmed(id: string, why: Reason, detail?: string): Promise<Order> {
    const order = await move({ id, status: 'buying' }, 'unconfirmed', why, detail);
    log.warn(
      { order: id, why, detail },
      'the outcome of a purchase is unknown; it is not sent again',
    );
    return order;
  }

  async function conclude(id: string, outcome: Outcome): Promise<Order> {
    if ('placed' in outcome) {
      const { placed } = outcome;
      const isNothing = isGivenUp(placed) && placed.codes.length === 0;
      // Taken or not, charged or not: an answer that contradicts itself is no purchase to tell of.
      return isNothing ? unconfirmed(id, 'vendor_gave_up', placed.status) : bought(id, placed);
    }
    const { error } = outcome;
    if (!(error instanceof CardPlusPayError)) return unconfirmed(id, 'no_answer');
    if (error.outcome === 'unknown') return unconfirmed(id, 'no_answer', error.code);
    const why = error.outcome === 'refused' ? 'vendor_refused' : 'never_sent';
    return end({ id, status: 'buying' }, 'failed', why, error.code);
  }

  return { conclude, found, end, settle, settleHold };
}

export function remoteOf(placed: PlacedOrder, { quote }: Pick<Order, 'quote'>): Remote {
  const { orderId, orderNo, createdAt } = placed;
  const { currency } = quote.charged;
  return {
    orderId,
    charged: money(placed.charged, currency),
    ...(orderNo !== undefined && { orderNo }),
    ...(createdAt !== undefined && { createdAt }),
  };
}

function whyBought(order: Order, remote: Remote, cards: number): Reason | undefined {
  if (isMoreThan(remote.charged, order.quote.charged)) return 'charged_more';
  return cards < order.quote.quantity ? 'codes_missing' : undefined;
}

/** Which statuses there are is not documented; these words mean that no more codes come. */
const GIVEN_UP =
  /^(failed|failure|error|cancell?ed|rejected|declined|refunded|expired|void(ed)?)$/i;

/** CardPlusPay has the order on its list and says that it came to nothing. What became of the money, people find out. */
export function isGivenUp({ status = '' }: Pick<PlacedOrder, 'status'>): boolean {
  return GIVEN_UP.test(status.trim());
}

/**
 * Attempts of this process that are over, whose end the store did not take. It alone knows of them for certain that
 * nothing more of it will be sent, and how it went; any other process has to wait until nothing can be on its way.
 */
export interface LooseEnds {
  /** Does `work`, which writes down how an attempt ended; when it throws, that is kept for the next try. */
  keeping<T>(attemptId: string, outcome: Outcome, work: Promise<T>): Promise<T>;
  /** How the order's attempt went. `sealed`: the vault has its answer. Undefined: this process knows nothing of it. */
  outcomeOf(order: Order): Outcome | 'sealed' | undefined;
}

export function createLooseEnds(): LooseEnds {
  const kept = new Map<string, Outcome | 'sealed'>();
  return {
    async keeping(attemptId, outcome, work) {
      try {
        return await work;
      } catch (error) {
        // An answer was sealed before it was read: its codes do not belong here.
        kept.set(attemptId, 'placed' in outcome ? 'sealed' : outcome);
        throw error;
      }
    },
    outcomeOf: ({ attempt }) => (attempt ? kept.get(attempt.id) : undefined),
  };
}
