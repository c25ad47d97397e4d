import { approvalEndsAt } from '../../policy/index.ts';
import type { OrdersContext } from '../context.ts';
import { isUntold } from '../model/news.ts';
import type { Order } from '../model/order.ts';
import { outcomeOfSealed, type PurchaseOutcome } from '../model/outcome.ts';
import { isUndelivered } from '../model/parcels.ts';
import { rawAnswer } from '../model/raw-answer.ts';
import { attemptOverAt } from '../model/retry-schedule.ts';
import { tellSoon } from '../notify/requester.ts';
import { applyOutcome, endOrder, settleHold, unrecordedOutcome } from '../purchase/outcome.ts';
import { runSoon } from '../purchase/runner.ts';
import type { Listing } from '../repository.ts';
import { retry } from './retry.ts';

/**
 * Brings the days' totals and the budgets in line with orders whose end was not settled, then walks a list of
 * orders and takes up each where its stored status left it. Gives the tries that it began, none of
 * which rejects: they take as long as CardPlusPay does, and need not be waited for.
 */
export async function takeUp(ctx: OrdersContext, listing: Listing): Promise<Promise<void>[]> {
  await settleLeftovers(ctx);
  const tries: Promise<void>[] = [];
  for await (const order of ctx.orders.walk(listing)) {
    if (ctx.running.has(order.id)) continue;
    await takeUpOne(ctx, order, listing);
    tries.push(retry(ctx, order));
  }
  return tries;
}

async function settleLeftovers(ctx: OrdersContext): Promise<void> {
  for await (const hold of ctx.ledger.holds()) {
    const order = await ctx.orders.get(hold.order);
    if (order) await settleHold(ctx, hold, order);
  }
}

async function takeUpOne(ctx: OrdersContext, order: Order, listing: Listing): Promise<void> {
  try {
    await takeUpByStatus(ctx, order);
    // A start tries once more to reach who could not be reached; a running process does not write again and again.
    const isToDeliver = order.status === 'bought' && listing === 'open';
    if (isToDeliver || isUndelivered(order)) runSoon(ctx, order, isToDeliver ? 'anew' : 'again');
    // An earlier process did not come to it. A running one tells by itself what it has done.
    else if (isUntold(order) && listing === 'open') tellSoon(ctx, order, 'mayBeOut');
  } catch (error) {
    // One order that cannot be taken up must not keep the others from it.
    ctx.log.error({ order: order.id, err: error }, 'an open order could not be taken up');
  }
}

async function takeUpByStatus(ctx: OrdersContext, order: Order): Promise<void> {
  const now = ctx.clock.now();
  if (order.status === 'quoted' && now >= order.quote.expiresAt) {
    await endOrder(ctx, order, 'expired', 'too_late');
  } else if (order.status === 'awaiting_approval' && now >= approvalEndsAt(order)) {
    tellSoon(ctx, await endOrder(ctx, order, 'expired', 'too_late'));
  } else if (order.status === 'approved') runSoon(ctx, order, 'anew');
  else if (order.status === 'buying') await endAttempt(ctx, order);
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

async function outcomeInVault({ vault }: OrdersContext, { id }: Order): Promise<PurchaseOutcome> {
  const sealed = await vault.open(id);
  return outcomeOfSealed(sealed && rawAnswer(sealed));
}
