import { type Member, Problem } from '../../lib/index.ts';
import { newApproval, policyRefusal, requireFewRequests, type Verdict } from '../../policy/index.ts';
import type { OrdersContext } from '../context.ts';
import { isOutside, ownOrder, requireOrder, verdictOn } from '../lookup.ts';
import { leavesNothing, type Order } from '../model/order.ts';
import { type Action, openActions, type Viewer } from '../model/permissions.ts';
import { transition } from '../model/state-machine.ts';
import { putUpCard, showApproval } from '../notify/notices.ts';
import { showAgain, tell } from '../notify/requester.ts';
import { requirePurchasesOpen } from '../purchase/circuit-breaker.ts';
import { settle } from '../purchase/outcome.ts';
import { run } from '../purchase/runner.ts';
import { requestsOf } from '../repository.ts';

/** The message whose button was pressed: once it is followed, it shows how the order goes on. */
export interface Pressed {
  follow(order: string): Promise<void>;
  /** Whether whoever presses may write in that channel themselves. */
  mayWrite?(channel: string): boolean;
}

const nowhere: Pressed = { follow: async () => {} };

/**
 * The requester says yes: approves, buys, delivers and tells. Resolves when nothing more can be done now. Throws a
 * Problem: `needs_approval` where they may no longer confirm it, and may ask for an approval instead.
 */
export async function confirm(ctx: OrdersContext, id: string, member: Member, pressed = nowhere): Promise<Order> {
  const seen = await judge(ctx, id, member, 'confirm', pressed);
  const { reserved } = await reserve(ctx, seen, member, 'confirm');
  await ctx.orders.revise(seen.order, (order) => {
    requireOpen(ctx, order, seen.viewer, 'confirm');
    const at = ctx.clock.now();
    const step = { at, by: member.user, why: 'confirmed' as const };
    return transition(order, 'approved', step, { approvedAt: at, reserved });
  });
  // "Buying …" must not stay for ever, also when something breaks.
  const order = await run(ctx, id).catch(async (error: unknown) => {
    await showAgain(ctx, id);
    throw error;
  });
  return tell(ctx, order);
}

/**
 * The requester has others asked whether it may be bought. Nothing is promised that the bot may not write, and where they
 * are asked is said once their card stands there. Throws a Problem: `needs_no_approval` where they may confirm it themselves.
 */
export async function ask(ctx: OrdersContext, id: string, member: Member, pressed = nowhere): Promise<Order> {
  const seen = await judge(ctx, id, member, 'ask', pressed);
  const { approvalLastsMs, approvalsChannel } = await ctx.rules.termsOf(seen.order.guild);
  const channel = await ctx.board.approvalChannel(askedIn(seen.order, pressed), approvalsChannel);
  if (channel === undefined) throw new Problem('no_approval_channel', {});
  const { guild, user } = member;
  // Of two that count at the same moment, one would not see the other.
  const order = await ctx.memory.offering.serialise(`${guild}/${user}`, async () => {
    requireFewRequests(await ctx.orders.count(requestsOf(guild, user)));
    return putForward(ctx, seen, member, { channel, lastsMs: approvalLastsMs });
  });
  await putUpCard(ctx, order);
  const now = await ctx.orders.require(id);
  // With its card it was shown already.
  return now.approval?.card ? now : tell(ctx, now);
}

/** Their words are on the card: it stands in no channel that they may only read. An offer made anew is in a direct message. */
function askedIn({ guild, channel, insteadOf }: Order, { mayWrite }: Pressed) {
  const isTheirs = insteadOf !== undefined || mayWrite?.(channel) !== false;
  return isTheirs ? { guild, channel } : { guild };
}

async function putForward(
  ctx: OrdersContext,
  seen: Seen,
  member: Member,
  { channel, lastsMs }: { channel: string; lastsMs: number },
): Promise<Order> {
  const { verdict, reserved, effects } = await reserve(ctx, seen, member, 'ask');
  const { order } = await ctx.orders.revise(seen.order, (current) => {
    requireOpen(ctx, current, seen.viewer, 'ask');
    const at = ctx.clock.now();
    const step = { at, by: member.user, why: 'approval_asked' as const };
    const approval = newApproval(verdict, { channel, endsAt: at + lastsMs, effects });
    return transition(current, 'awaiting_approval', step, { approval, reserved });
  });
  return order;
}

/** Of an offer that nobody has taken nothing is left but what this gives, unless somebody else than its requester cancels it. */
export async function cancel(ctx: OrdersContext, id: string, member: Member): Promise<Order> {
  const by = member.user;
  const seen = await requireOrder(ctx, id);
  const outside = isOutside(seen, member);
  if (!outside) await ownOrder(ctx, id, member);
  const cancelled = (current: Order) => {
    requireOpen(ctx, current, { user: by, isOutside: outside }, 'cancel');
    return transition(current, 'cancelled', { at: ctx.clock.now(), by, why: 'asked' });
  };
  if (leavesNothing(seen) && seen.requester === by) {
    const offer = cancelled(seen);
    if (!(await ctx.orders.remove(seen))) return cancel(ctx, id, member);
    await ctx.mailbox.show(offer);
    return offer;
  }
  const { order } = await ctx.orders.revise(id, cancelled);
  if (order.approval) showApproval(ctx, order);
  await settle(ctx, order);
  return tell(ctx, order, order.requester === by ? 'quietly' : undefined);
}

/** An offer as its requester's press found it, with what the policy said of it then. */
interface Seen {
  readonly order: Order;
  readonly verdict: Verdict | undefined;
  readonly viewer: Viewer;
}

/** The one judgement of a press: the next one comes right before the purchase. */
async function judge(
  ctx: OrdersContext,
  id: string,
  member: Member,
  action: 'confirm' | 'ask',
  pressed: Pressed,
): Promise<Seen> {
  const order = await ownOrder(ctx, id, member);
  const verdict = await verdictOn(ctx, order, member);
  const viewer: Viewer = { user: member.user, ...(verdict && { verdict: verdict.kind }) };
  const actions = openActions(order, viewer, ctx.clock.now());
  if (actions.includes(action === 'confirm' ? 'ask' : 'confirm')) throw refusal(ctx, order, viewer);
  // Before anything begins: should this process die, the next one finds the message. Not for a press that changes
  // nothing: the message that shows the order may be another one.
  if (actions.includes(action)) await pressed.follow(id);
  // The offer stays as it is: purchases may be resumed before it ends.
  await requirePurchasesOpen(ctx);
  return { order, verdict, viewer };
}

/** Sets the order's amount aside in every budget. Throws where the policy does not let it be had so. */
async function reserve(
  ctx: OrdersContext,
  { order, verdict, viewer }: Seen,
  member: Member,
  action: 'confirm' | 'ask',
) {
  const { id, reference, quote } = order;
  const offered = { reference, currency: quote.charged.currency };
  if (verdict?.kind === 'refused') throw policyRefusal(offered, verdict);
  requireOpen(ctx, order, viewer, action);
  if (!verdict) throw new Error('an offer of which the policy says nothing');
  const isWanted = async () => (await ctx.orders.get(id))?.status === 'quoted';
  const what = action === 'ask' ? 'request' : 'purchase';
  const reservation = await ctx.rules.reserve(order, member, verdict, isWanted, what);
  if (!reservation.ok) throw policyRefusal(offered, reservation.verdict);
  const { at, budgets, effects } = reservation;
  return { verdict, effects, reserved: { at, budgets: [...budgets] } };
}

function requireOpen(ctx: OrdersContext, order: Order, viewer: Viewer, action: Action): void {
  if (!openActions(order, viewer, ctx.clock.now()).includes(action)) throw refusal(ctx, order, viewer);
}

/** Why a press came too late, or from somebody who may not; the order is as it is now. */
function refusal({ clock }: OrdersContext, order: Order, { user, verdict }: Viewer): Problem {
  const { reference, status, requester } = order;
  if (requester !== user) return new Problem('not_yours', {});
  const isOver = status === 'quoted' && clock.now() >= order.quote.expiresAt;
  if (isOver || status === 'expired') return new Problem('quote_expired', { reference });
  if (status !== 'quoted') return new Problem('already_decided', { reference, status });
  const code = verdict === 'allowed' ? 'needs_no_approval' : 'needs_approval';
  return new Problem(code, { reference });
}
