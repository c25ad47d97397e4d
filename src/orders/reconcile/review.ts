import { type Member, Problem } from '../../lib/index.ts';
import { isInvolved } from '../../policy/index.ts';
import type { Page } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import { requireOrder } from '../lookup.ts';
import { type Candidate, OPERATOR, type Order, type Remote } from '../model/order.ts';
import { type Action, openActions } from '../model/permissions.ts';
import { isMissing, noted, transition } from '../model/state-machine.ts';
import { tellSoon } from '../notify/requester.ts';
import { settle } from '../purchase/outcome.ts';
import { runSoon } from '../purchase/runner.ts';
import type { OrderPage } from '../repository.ts';
import { candidateFor } from './candidate.ts';
import { differencesOf } from './differences.ts';
import { reopen } from './reopen.ts';

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

/** What CardPlusPay has not shown, newest first. Throws a Problem for whoever is no admin. */
export async function missing({ orders }: OrdersContext, member: Member, page: Page): Promise<OrderPage> {
  if (!member.isAdmin) throw new Problem('admins_only', {});
  return orders.listed('missing', page);
}

/** An order that people decide about, as far as this person may: so, or in any way. Throws a Problem. */
export async function review(ctx: ReviewContext, id: string, member: Member, action?: Action): Promise<Order> {
  const order = await requireOrder(ctx, id);
  requireUndecided(ctx, order, member, action);
  return order;
}

/** The same, with the order at CardPlusPay that somebody says is it, as CardPlusPay shows it. Throws a Problem. */
export async function nameRemote(
  ctx: ReviewContext,
  id: string,
  member: Member,
  orderId: number,
): Promise<{ order: Order; candidate: Candidate }> {
  const order = await review(ctx, id, member, 'ours');
  return { order, candidate: await candidateFor(ctx, order, orderId) };
}

const decisions: readonly Action[] = ['ours', 'none', 'wait', 'close'];

function requireUndecided(
  { clock }: Pick<ReviewContext, 'clock'>,
  order: Order,
  member: Member,
  action?: Action,
): void {
  if (!member.isAdmin) throw new Problem('admins_only', {});
  const { reference, status } = order;
  if (status !== 'needs_review' && !isMissing(order)) throw new Problem('already_decided', { reference, status });
  const open = openActions(order, member, clock.now());
  if (action ? open.includes(action) : open.some((each) => decisions.includes(each))) return;
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

/**
 * Takes the decision; who looks after orders takes the order on from there. One that does not fit what was ordered waits
 * for a second person to say the same, and is given back as it waits. Throws a Problem.
 */
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
  const candidate = await candidateFor(ctx, order, orderId);
  await requireFree(ctx, order, orderId);
  await reopen(ctx, order, member);
  const revision = await ctx.orders.revise(order.id, (current) => {
    requireUndecided(ctx, current, member, 'ours');
    return isAgreed(current, candidate, member)
      ? withOurs(ctx, current, candidate, member)
      : withNamed(ctx, current, candidate, member);
  });
  if (revision.ok) return revision.order;
  throw await belongsTo(ctx, revision.owner, orderId);
}

/** Before anything is written down. */
async function requireFree(ctx: ReviewContext, { id }: Order, orderId: number): Promise<void> {
  const owner = await ctx.orders.holder(`remote/${orderId}`);
  if (owner !== undefined && owner !== id) throw await belongsTo(ctx, owner, orderId);
}

async function belongsTo({ orders }: ReviewContext, owner: string, number: number): Promise<Problem> {
  return new Problem('remote_belongs', { number, reference: (await orders.get(owner))?.reference ?? '' });
}

/** One person is enough where it fits, and whoever runs Cardigan is in any case. */
function isAgreed(order: Order, candidate: Candidate, { user }: Member): boolean {
  if (user === OPERATOR || differencesOf(order, candidate).length === 0) return true;
  const { named } = order;
  return named !== undefined && named.orderId === candidate.orderId && named.by !== user;
}

const numberOf = ({ orderId, orderNo }: Remote): string => orderNo ?? String(orderId);

function withOurs({ clock }: ReviewContext, order: Order, candidate: Candidate, { user: by }: Member): Order {
  const { itemCode: _, quantity: __, ...remote } = candidate;
  const step = { at: clock.now(), by, why: 'review_ours' as const, detail: numberOf(remote) };
  return transition(order, 'bought', step, { remote });
}

function withNamed({ clock }: ReviewContext, order: Order, candidate: Candidate, { user: by }: Member): Order {
  const number = numberOf(candidate);
  const { named, reference } = order;
  if (named?.orderId === candidate.orderId && named.by === by) throw new Problem('second_admin', { reference, number });
  const at = clock.now();
  return noted(order, { at, by, why: 'review_named', detail: number }, { named: { ...candidate, by, at } });
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
