import { CardPlusPayError } from '../cardpluspay/error.ts';
import { readOrderAnswer } from '../cardpluspay/order-answer.ts';
import type { PlacedOrder, RawAnswer } from '../cardpluspay/types.ts';
import type { Clock } from '../clock.ts';
import { isMoreThan, money } from '../money.ts';
import { assignCards } from './cards.ts';
import { isGivenUp } from './given-up.ts';
import type { Hold, Ledger } from './ledger.ts';
import { dayKey } from './ledger.ts';
import type { Notices } from './notices.ts';
import type { Order, Reason, Remote, Status } from './order.ts';
import { dayOf } from './order.ts';
import type { OrderBook } from './order-book.ts';
import type { OrderLog } from './ports.ts';
import { transition } from './transitions.ts';

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
  log: OrderLog;
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
