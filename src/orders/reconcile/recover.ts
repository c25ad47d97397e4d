import { approvalEndsAt, type Held, isDayKey } from '../../policy/index.ts';
import { unlessUnreadable } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import { sealedAnswer } from '../delivery/kept-codes.ts';
import { isUntold } from '../model/news.ts';
import { leavesNothing, type Order } from '../model/order.ts';
import { outcomeOfSealed, type PurchaseOutcome } from '../model/outcome.ts';
import { type Effort, isUndelivered } from '../model/parcels.ts';
import { rawAnswer } from '../model/raw-answer.ts';
import { attemptOverAt } from '../model/retry-schedule.ts';
import { enqueueNotice } from '../notify/notice-outbox.ts';
import { tellSoon } from '../notify/requester.ts';
import { applyOutcome, endOrder, holdAgain, settleHold, unrecordedOutcome } from '../purchase/outcome.ts';
import { runSoon } from '../purchase/runner.ts';
import type { Listing } from '../repository.ts';
import { retry } from './retry.ts';

/**
 * An order on which somebody took a step so short a time ago may be under way in the process of another shard, and is left
 * to it: to check and send the same once more is safe, and costs both of them. Longer than most
 * purchases and deliveries take from one step to the next. Who died over it is followed so much later.
 */
export const OTHERS_STEP_WITHIN_MS = 20_000;

/**
 * Brings the days' totals and the budgets in line with orders whose end was not settled, then walks a list of
 * orders and takes up each where its stored status left it. Gives the tries that it began, none of
 * which rejects: they take as long as CardPlusPay does, and need not be waited for.
 */
export async function takeUp(ctx: OrdersContext, listing: Listing): Promise<Promise<void>[]> {
  // A start looks at all that is held, and a round at a part of it.
  if (listing === 'open') await settleLeftovers(ctx, ctx.ledger.holds());
  if (listing === 'open') await freeUndecided(ctx);
  if (listing === 'passing') await settleLeftovers(ctx, ctx.memory.heldNext());
  const tries: Promise<void>[] = [];
  for await (const order of ctx.orders.walk(listing)) {
    if (ctx.running.has(order.id)) continue;
    await takeUpOne(ctx, order, listing);
    tries.push(retry(ctx, order));
  }
  return tries;
}

/**
 * Tells what a process that shared this store did not come to before it died: nobody else makes a start for it. A round
 * tells by itself what is still to be delivered or looked for.
 */
export async function tellWhatOthersLeft(ctx: OrdersContext): Promise<void> {
  for await (const order of ctx.orders.walk('open')) {
    const isAtWork = ctx.running.has(order.id) || isUndelivered(order) || isWithOthers(ctx, order);
    if (isUntold(order) && !isAtWork) tellSoon(ctx, order, 'mayBeOut');
  }
}

async function settleLeftovers(ctx: OrdersContext, holds: AsyncGenerator<Held, void>): Promise<void> {
  for await (const hold of holds) await unlessUnreadable(() => settleLeftover(ctx, hold), undefined);
}

async function settleLeftover(ctx: OrdersContext, hold: Held): Promise<void> {
  const order = await ctx.orders.get(hold.order);
  // Before its offer is gone: a press that came to nothing left it there.
  if (order && isOfferOver(order, ctx.clock.now())) await ctx.ledger.free(hold);
  else if (order) await settleHold(ctx, hold, order);
  const isUndecided = order === undefined || order.status === 'quoted' || order.status === 'awaiting_approval';
  if (hold.isRequest && !isUndecided) await ctx.ledger.decided(hold);
}

const isOfferOver = ({ status, quote }: Order, now: number) => status === 'quoted' && now >= quote.expiresAt;

/** At a start: a process died between setting an order aside for its last approval and writing that it is approved. */
async function freeUndecided({ ledger, orders }: OrdersContext): Promise<void> {
  for await (const hold of ledger.holds()) {
    if (!isDayKey(hold.key)) continue;
    await unlessUnreadable(async () => {
      if ((await orders.get(hold.order))?.status === 'awaiting_approval') await ledger.free(hold);
    }, undefined);
  }
}

async function takeUpOne(ctx: OrdersContext, order: Order, listing: Listing): Promise<void> {
  try {
    await takeUpByStatus(ctx, order);
    // A start tries once more to reach who could not be reached; a running process does not write again and again.
    const isToDeliver = order.status === 'bought' && listing === 'open';
    if (isToDeliver || isUndelivered(order)) takeOver(ctx, order, isToDeliver ? 'anew' : 'again');
    // An earlier process did not come to it. A running one tells by itself what it has done.
    else if (isUntold(order) && listing === 'open' && !isWithOthers(ctx, order)) tellSoon(ctx, order, 'mayBeOut');
  } catch (error) {
    // One order that cannot be taken up must not keep the others from it.
    ctx.log.error({ order: order.id, err: error }, 'an open order could not be taken up');
  }
}

/** Admins of the first server hear of it: nobody in its own can do anything about it. */
async function tellIfUnserved(ctx: OrdersContext, { id, guild, reference, quote, requester, campaign }: Order) {
  if (ctx.rules.isServed(guild) || campaign) return;
  const what = `${quote.quantity} × ${quote.name}`;
  await enqueueNotice(ctx, `unserved/order/${id}`, {
    kind: 'unserved',
    of: 'order',
    guild,
    reference,
    what,
    requester,
  });
}

async function takeUpByStatus(ctx: OrdersContext, order: Order): Promise<void> {
  const now = ctx.clock.now();
  if (order.status === 'awaiting_approval' || order.status === 'approved') await tellIfUnserved(ctx, order);
  if (isOfferOver(order, now)) {
    if (leavesNothing(order)) await ctx.orders.remove(order);
    else await endOrder(ctx, order, 'expired', 'too_late');
  } else if (order.status === 'awaiting_approval' && now >= approvalEndsAt(order)) {
    tellSoon(ctx, await endOrder(ctx, order, 'expired', 'too_late'));
  } else if (order.status === 'needs_review' && !order.remote) await holdAgain(ctx, order);
  else if (order.status === 'approved') takeOver(ctx, order, 'anew');
  else if (order.status === 'buying') await endAttempt(ctx, order);
}

/** Goes on with an order as far as it goes, unless another process may be doing so. */
function takeOver(ctx: OrdersContext, order: Order, effort: Effort): void {
  if (isWithOthers(ctx, order)) return;
  if (ctx.hasPeers) ctx.memory.takenOver.add(order.id);
  runSoon(ctx, order, effort);
}

/** Clocks of two processes differ: what was a moment ago may be a moment ahead. */
function isWithOthers({ hasPeers, clock }: OrdersContext, { history }: Order): boolean {
  return hasPeers === true && Math.abs(clock.now() - (history.at(-1)?.at ?? 0)) < OTHERS_STEP_WITHIN_MS;
}

/** Goes on from what is known of an attempt that a process left: its outcome, or that it has none. */
async function endAttempt(ctx: OrdersContext, order: Order): Promise<void> {
  const known = unrecordedOutcome(ctx, order);
  if (known === undefined && !isAttemptOver(ctx, order)) return;
  const isKnown = known !== undefined && known !== 'sealed';
  const outcome = isKnown ? known : await outcomeInVault(ctx, order);
  const applied = await applyOutcome(ctx, order.id, outcome);
  if (applied.status === 'bought') runSoon(ctx, applied, 'anew');
  else if (applied.status !== order.status) tellSoon(ctx, applied);
}

/** Another process may be at it, and a try of its POST may be on its way: only then is it known to be over. */
function isAttemptOver({ ownsStore, clock, limits }: OrdersContext, order: Order): boolean {
  return ownsStore || clock.now() >= attemptOverAt(order, limits);
}

async function outcomeInVault(ctx: OrdersContext, order: Order): Promise<PurchaseOutcome> {
  const sealed = await sealedAnswer(ctx, order);
  return outcomeOfSealed(sealed && rawAnswer(sealed));
}
