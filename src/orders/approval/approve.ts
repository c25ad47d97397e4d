import { dayOf, type Member, Problem } from '../../lib/index.ts';
import {
  type ApprovalEnd,
  approvalEndsAt,
  dayKey,
  endedBy,
  refusalOf,
  rejectingVoice,
  signatureOf,
  withVote,
} from '../../policy/index.ts';
import type { OrdersContext } from '../context.ts';
import { requireOrder } from '../lookup.ts';
import type { Order } from '../model/order.ts';
import { openActions, type Viewer } from '../model/permissions.ts';
import { decisionOf, noted, type StepTaken, transition } from '../model/state-machine.ts';
import { showApproval } from '../notify/notices.ts';
import { tellSoon } from '../notify/requester.ts';
import { requirePurchasesOpen } from '../purchase/circuit-breaker.ts';
import { settle, settleHold } from '../purchase/outcome.ts';
import { runSoon } from '../purchase/runner.ts';
import { requireRoomToApprove } from './room.ts';

/**
 * Says yes about an order of somebody else. With the last approval that it takes it is set aside in the operator's day,
 * where it has to fit, and bought, in the background. Ends
 * it instead when its requester or whom its card is for has left the guild, or the policy allows it no more. Throws a
 * Problem when it is not open to them.
 */
export async function approve(ctx: OrdersContext, id: string, member: Member): Promise<Order> {
  const { order: seen, viewer } = await requireWaiting(ctx, id, member, 'approve');
  // The order waits on: purchases may be resumed before its time is over.
  await requirePurchasesOpen(ctx);
  const standing = await ctx.rules.standing(seen);
  if (!standing.ok) return end(ctx, id, viewer, endedBy(seen, standing));
  const at = ctx.clock.now();
  const isLast = withVote(seen, viewer, standing, at).isComplete;
  if (isLast) await requireRoom(ctx, seen, at);
  let isUnprepared = false;
  const writing = ctx.orders.revise(id, (current) => {
    requireOpen(ctx, current, viewer, 'approve');
    const { approval, signature, isComplete } = withVote(current, viewer, standing, at);
    isUnprepared = isComplete && !isLast;
    if (isUnprepared) return current;
    const step = { at, ...signature };
    return isComplete
      ? transition(current, 'approved', { ...step, why: 'approved' }, { approval, approvedAt: at })
      : noted(current, { ...step, why: 'approved_one' }, { approval });
  });
  const { order } = await (isLast ? freeingRoom(ctx, id, at, writing) : writing);
  // Somebody else approved it at the same moment: with this one it is bought, and has to fit.
  if (isUnprepared) return approve(ctx, id, member);
  showApproval(ctx, order);
  if (order.status === 'approved') {
    tellSoon(ctx, order);
    runSoon(ctx, order, 'anew');
  }
  return order;
}

const requireRoom = (ctx: OrdersContext, { id, reference, quote: { charged } }: Order, at: number) =>
  requireRoomToApprove(ctx, { id, reference, charged }, at, async () => {
    return (await ctx.orders.get(id))?.status === 'awaiting_approval';
  });

/** What was set aside for an approval that somebody ended just before it does not wait for the next round. */
async function freeingRoom<T>(ctx: OrdersContext, id: string, at: number, writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    await settleHold(ctx, { key: dayKey(dayOf(at)), order: id }, await ctx.orders.require(id));
    throw error;
  }
}

/** Says no about an order of somebody else. The reason is told to the requester. Throws a Problem when it is not open to them. */
export async function reject(ctx: OrdersContext, id: string, member: Member, reason: string): Promise<Order> {
  const { order, viewer } = await requireWaiting(ctx, id, member, 'reject');
  const signature = signatureOf(viewer, rejectingVoice(order, viewer));
  return end(ctx, id, viewer, { ...signature, why: 'rejected', detail: reason.trim() });
}

/** Throws the Problem with which `approve` would end for them as it stands now: they may not, or it is over. Only reads. */
export async function requireVoice(ctx: OrdersContext, id: string, member: Member): Promise<void> {
  await requireWaiting(ctx, id, member, 'approve');
}

async function requireWaiting(
  ctx: OrdersContext,
  id: string,
  member: Member,
  action: 'approve' | 'reject',
): Promise<{ order: Order; viewer: Viewer }> {
  const order = await requireOrder(ctx, id);
  const viewer = member.guild === order.guild ? await ctx.rules.deciderOf(member) : { user: member.user };
  requireOpen(ctx, order, viewer, action);
  return { order, viewer };
}

/** Ends it, for whoever still may, as the order stands now. */
async function end(ctx: OrdersContext, id: string, viewer: Viewer, how: Omit<StepTaken, 'at'>): Promise<Order> {
  const { order } = await ctx.orders.revise(id, (current) => {
    requireOpen(ctx, current, viewer, 'reject');
    return transition(current, 'rejected', { at: ctx.clock.now(), ...how });
  });
  showApproval(ctx, order);
  await settle(ctx, order);
  tellSoon(ctx, order);
  return order;
}

function requireOpen({ clock }: OrdersContext, order: Order, viewer: Viewer, action: 'approve' | 'reject'): void {
  const now = clock.now();
  if (openActions(order, viewer, now).includes(action)) return;
  throw refusalOf(order, viewer, overOf(order, now));
}

/** Who comes after its wait for approval is told how that ended. */
function overOf(order: Order, now: number): Problem | undefined {
  const { reference, status } = order;
  const waits = status === 'awaiting_approval';
  if (waits && now < approvalEndsAt(order)) return undefined;
  const how = waits ? 'expired' : decisionOf(order)?.status;
  return isEnd(how)
    ? new Problem('approval_over', { reference, how })
    : new Problem('already_decided', { reference, status });
}

function isEnd(status: Order['status'] | undefined): status is ApprovalEnd {
  return ['approved', 'rejected', 'cancelled', 'expired'].some((end) => end === status);
}
