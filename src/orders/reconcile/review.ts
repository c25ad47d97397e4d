import type { CardPlusPay } from '../../cardpluspay/index.ts';
import { asking } from '../../catalog/index.ts';
import { type Clock, type Member, Problem } from '../../lib/index.ts';
import { isInvolved } from '../../policy/index.ts';
import type { Order, Remote } from '../model/order.ts';
import { type Action, openActions } from '../model/permissions.ts';
import { transition } from '../model/state-machine.ts';
import type { Telling } from '../notify/requester.ts';
import { type Concluding, remoteOf } from '../purchase/outcome.ts';
import type { Flights } from '../purchase/runner.ts';
import type { OrderBook, OrderPage, Page } from '../repository.ts';

/**
 * What a person says of an order that Cardigan cannot tell about. `ours`: this order of CardPlusPay is it. `none`: it is
 * none of those found, so nothing was charged. `wait`: its codes are to be asked for once more. `close`: it is over, for
 * that reason.
 */
export type Decision =
  | { kind: 'ours'; orderId: number }
  | { kind: 'none' }
  | { kind: 'wait' }
  | { kind: 'close'; reason: string };

export interface Reviewing {
  /** An order that waits for people, as far as this person may decide about it. Throws a Problem. */
  review(id: string, member: Member, action: Action): Promise<Order>;
  /** Takes the decision, and takes the order on from there. Throws a Problem. */
  decide(id: string, member: Member, decision: Decision): Promise<Order>;
  /** What waits for people, newest first. Throws a Problem for whoever is no admin. */
  reviews(member: Member, page: Page): Promise<OrderPage>;
}

interface Parts {
  book: OrderBook;
  giftCards: Pick<CardPlusPay, 'order'>;
  concluding: Concluding;
  flights: Pick<Flights, 'carryOn'>;
  telling: Pick<Telling, 'tellSoon'>;
  clock: Clock;
}

export function createReviewing(parts: Parts): Reviewing {
  const { book, concluding, flights, telling, clock } = parts;

  function requireOpen(order: Order, member: Member, action: Action): void {
    if (!member.isAdmin) throw new Problem('admins_only', {});
    const { reference, status } = order;
    if (status !== 'needs_review') throw new Problem('already_decided', { reference, status });
    if (openActions(order, member, clock.now()).includes(action)) return;
    if (isInvolved(order, member)) throw new Problem('own_review', { reference });
    throw new Problem('decision_not_open', { reference });
  }

  async function review(id: string, member: Member, action: Action): Promise<Order> {
    const order = await book.get(id);
    if (!order) throw new Problem('order_unknown', {});
    requireOpen(order, member, action);
    return order;
  }

  /** One that was found, or that a person names: CardPlusPay says what it cost. */
  async function remoteFor(order: Order, orderId: number): Promise<Remote> {
    const known = order.candidates?.find((candidate) => candidate.orderId === orderId);
    if (known) return known;
    const placed = await asking(parts.giftCards.order(orderId));
    if (placed.orderId !== orderId) throw new Problem('vendor_unreadable', {});
    return remoteOf(placed, order);
  }

  async function attach(order: Order, member: Member, orderId: number): Promise<Order> {
    const remote = await remoteFor(order, orderId);
    const revision = await book.revise(order.id, (current) => {
      requireOpen(current, member, 'ours');
      const detail = remote.orderNo ?? String(orderId);
      const step = { at: clock.now(), by: member.user, why: 'review_ours' as const, detail };
      return transition(current, 'bought', step, { remote });
    });
    if (revision.ok) return revision.order;
    const owner = await book.get(revision.owner);
    throw new Problem('remote_belongs', { number: orderId, reference: owner?.reference ?? '' });
  }

  async function end(order: Order, member: Member, decision: Exclude<Decision, { kind: 'ours' }>) {
    const { to, why } = steps[decision.kind];
    const detail = decision.kind === 'close' ? decision.reason : undefined;
    const revision = await book.revise(order.id, (current) => {
      requireOpen(current, member, decision.kind);
      const step = { at: clock.now(), by: member.user, why, ...(detail && { detail }) };
      return transition(current, to, step);
    });
    return revision.order;
  }

  return {
    review,
    async decide(id, member, decision) {
      const order = await review(id, member, decision.kind);
      const decided =
        decision.kind === 'ours'
          ? await attach(order, member, decision.orderId)
          : await end(order, member, decision);
      await concluding.settle(decided);
      // What is sealed of it is delivered now; the rest is asked for as any codes that are late.
      if (decided.status === 'bought') flights.carryOn(decided, 'anew');
      else telling.tellSoon(decided);
      return decided;
    },
    async reviews(member, page) {
      if (!member.isAdmin) throw new Problem('admins_only', {});
      return book.listed('review', page);
    },
  };
}

const steps = {
  none: { to: 'closed', why: 'review_none' },
  wait: { to: 'bought', why: 'review_wait' },
  close: { to: 'closed', why: 'review_closed' },
} as const;
