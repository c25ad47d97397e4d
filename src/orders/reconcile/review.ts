import { asking } from '../../catalog/index.ts';
import { type Member, Problem } from '../../lib/index.ts';
import { isInvolved } from '../../policy/index.ts';
import type { Page } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import { requireOrder } from '../lookup.ts';
import type { Order, Remote } from '../model/order.ts';
import { remoteOf } from '../model/outcome.ts';
import { type Action, openActions } from '../model/permissions.ts';
import { transition } from '../model/state-machine.ts';
import { tellSoon } from '../notify/requester.ts';
import { settle } from '../purchase/outcome.ts';
import { runSoon } from '../purchase/runner.ts';
import type { OrderPage } from '../repository.ts';

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

/** What a decision is recorded with, also where there is no Discord. */
type ReviewContext = Pick<OrdersContext, 'orders' | 'vendor' | 'ledger' | 'clock'>;

/** What waits for people, newest first. Throws a Problem for whoever is no admin. */
export async function reviews({ orders }: OrdersContext, member: Member, page: Page): Promise<OrderPage> {
  if (!member.isAdmin) throw new Problem('admins_only', {});
  return orders.listed('review', page);
}

/** An order that waits for people, as far as this person may decide about it. Throws a Problem. */
export async function review(ctx: ReviewContext, id: string, member: Member, action: Action): Promise<Order> {
  const order = await requireOrder(ctx, id);
  requireUndecided(ctx, order, member, action);
  return order;
}

function requireUndecided({ clock }: ReviewContext, order: Order, member: Member, action: Action): void {
  if (!member.isAdmin) throw new Problem('admins_only', {});
  const { reference, status } = order;
  if (status !== 'needs_review') throw new Problem('already_decided', { reference, status });
  if (openActions(order, member, clock.now()).includes(action)) return;
  if (isInvolved(order, member)) throw new Problem('own_review', { reference });
  throw new Problem('decision_not_open', { reference });
}

/** Takes the decision, and takes the order on from there. Throws a Problem. */
export async function decide(ctx: OrdersContext, id: string, member: Member, decision: Decision): Promise<Order> {
  const decided = await recordDecision(ctx, id, member, decision);
  // What is sealed of it is delivered now; the rest is asked for as any codes that are late.
  if (decided.status === 'bought') runSoon(ctx, decided, 'anew');
  else tellSoon(ctx, decided);
  return decided;
}

/** Takes the decision; who looks after orders takes the order on from there. Throws a Problem. */
export async function recordDecision(
  ctx: ReviewContext,
  id: string,
  member: Member,
  decision: Decision,
): Promise<Order> {
  const order = await review(ctx, id, member, decision.kind);
  const decided =
    decision.kind === 'ours'
      ? await attach(ctx, order, member, decision.orderId)
      : await takeStep(ctx, order, member, decision);
  await settle(ctx, decided);
  return decided;
}

async function attach(ctx: ReviewContext, order: Order, member: Member, orderId: number): Promise<Order> {
  const remote = await remoteFor(ctx, order, orderId);
  const revision = await ctx.orders.revise(order.id, (current) => {
    requireUndecided(ctx, current, member, 'ours');
    const detail = remote.orderNo ?? String(orderId);
    const step = { at: ctx.clock.now(), by: member.user, why: 'review_ours' as const, detail };
    return transition(current, 'bought', step, { remote });
  });
  if (revision.ok) return revision.order;
  const owner = await ctx.orders.get(revision.owner);
  throw new Problem('remote_belongs', { number: orderId, reference: owner?.reference ?? '' });
}

/** One that was found, or that a person names: CardPlusPay says what it cost. */
async function remoteFor({ vendor }: ReviewContext, order: Order, orderId: number): Promise<Remote> {
  const known = order.candidates?.find((candidate) => candidate.orderId === orderId);
  if (known) return known;
  const placed = await asking(vendor.order(orderId));
  if (placed.orderId !== orderId) throw new Problem('vendor_unreadable', {});
  return remoteOf(placed, order);
}

const steps = {
  none: { to: 'closed', why: 'review_none' },
  wait: { to: 'bought', why: 'review_wait' },
  close: { to: 'closed', why: 'review_closed' },
} as const;

async function takeStep(
  ctx: ReviewContext,
  order: Order,
  member: Member,
  decision: Exclude<Decision, { kind: 'ours' }>,
): Promise<Order> {
  const { to, why } = steps[decision.kind];
  const detail = decision.kind === 'close' ? decision.reason : undefined;
  const revision = await ctx.orders.revise(order.id, (current) => {
    requireUndecided(ctx, current, member, decision.kind);
    const step = { at: ctx.clock.now(), by: member.user, why, ...(detail && { detail }) };
    return transition(current, to, step);
  });
  return revision.order;
}
