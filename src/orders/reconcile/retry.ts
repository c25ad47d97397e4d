import type { OrdersContext } from '../context.ts';
import { collectLate } from '../delivery/late-codes.ts';
import { isUntold } from '../model/news.ts';
import { laneOf, type Order } from '../model/order.ts';
import { awaitsCardPlusPay, awaitsDiscord, isRetryDue, withRetryBegun } from '../model/retry-schedule.ts';
import { tell } from '../notify/requester.ts';
import { ringFor } from '../purchase/lane.ts';
import { run } from '../purchase/runner.ts';
import { reconcile } from './reconcile.ts';

/**
 * Tries, if it is time to, what an order waits for: looks at CardPlusPay for it, and sends what Discord did not take.
 * Tells the requester what came of it. Never rejects.
 */
export async function retry(ctx: OrdersContext, order: Order): Promise<void> {
  if (!isRetryDue(order, ctx.clock.now())) return;
  try {
    await ctx.running.join(`look/${order.id}`, () => tryOnce(ctx, order));
  } catch (error) {
    ctx.log.error({ order: order.id, err: error }, 'an order could not be looked for');
  }
}

async function tryOnce(ctx: OrdersContext, before: Order): Promise<Order> {
  const begun = await begin(ctx, before.id);
  if (!begun) return before;
  const isLost = begun.status === 'unconfirmed' || begun.status === 'not_found';
  const sent = await sendCodes(ctx, isLost ? await lookFor(ctx, begun) : begun, isLost);
  const isShort = sent.status === 'bought' && awaitsCardPlusPay(sent);
  const after = isShort ? await collectLate(ctx, sent) : sent;
  // What was untold before this try, another process may have told as it died.
  if (isUntold(after)) await tell(ctx, after, isUntold(begun) ? 'mayBeOut' : undefined);
  const facts = { order: after.id, status: after.status };
  ctx.log.info(facts, 'what an order waits for was tried');
  return after;
}

/** Those of a lane one after the other: each goes by what the one before it took. */
async function lookFor(ctx: OrdersContext, order: Order): Promise<Order> {
  const lane = laneOf(order);
  const after = await ctx.running.serialise(`looks/${lane}`, () => reconcile(ctx, order));
  if (after.status !== 'unconfirmed') ringFor(ctx, lane);
  return after;
}

/** Of several processes one tries at a time: the one that wrote down that it does. */
async function begin(ctx: OrdersContext, id: string): Promise<Order | undefined> {
  let isMine = false;
  const { ok, order } = await ctx.orders.revise(id, (current) => {
    const now = ctx.clock.now();
    isMine = isRetryDue(current, now);
    return isMine ? withRetryBegun(current, now, ctx.limits) : current;
  });
  return ok && isMine ? order : undefined;
}

/** An answer that was sealed, and recorded only now, brought its codes along. */
async function sendCodes(ctx: OrdersContext, order: Order, wasLost: boolean): Promise<Order> {
  const isToRun = (wasLost && order.status === 'bought') || awaitsDiscord(order);
  return isToRun ? run(ctx, order.id, 'again') : order;
}
