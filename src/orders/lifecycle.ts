import { tellOfCases } from './cases/notify.ts';
import type { OrdersContext } from './context.ts';
import { purge } from './delivery/purge.ts';
import { lookForAlerts } from './notify/alerts/look.ts';
import { syncNotices } from './notify/notices.ts';
import { checkBreaker } from './purchase/circuit-breaker.ts';
import { compareIfDue } from './reconcile/account.ts';
import { takeUp, tellWhatOthersLeft } from './reconcile/recover.ts';

/** What waits for days, or was left by another process: a minute more or less is not worth a walk every few seconds. */
const APPROVALS_SEEN_EVERY_MS = 60_000;

/** Takes up all open orders after a start. */
export async function recover(ctx: OrdersContext): Promise<void> {
  await takeUp(ctx, 'open');
}

/**
 * Ends what got too old, takes up what an error left behind, looks for lost orders and late codes, sees that purchases
 * stop when they should, compares the account, tells admins, and purges codes that were kept long enough, when it is
 * time to. To be called every few seconds.
 */
export async function tick(ctx: OrdersContext): Promise<void> {
  const tries = await takeUp(ctx, 'passing');
  await lookAtTheRest(ctx);
  ctx.memory.purged = purge(ctx);
  await Promise.all([...tries, oversee(ctx), tellOfCases(ctx), ctx.memory.purged]);
}

async function lookAtTheRest(ctx: OrdersContext): Promise<void> {
  const now = ctx.clock.now();
  if (now < ctx.memory.approvalsSeenAt + APPROVALS_SEEN_EVERY_MS) return;
  ctx.memory.approvalsSeenAt = now;
  await takeUp(ctx, 'awaiting');
  if (ctx.hasPeers) await tellWhatOthersLeft(ctx);
}

async function oversee(ctx: OrdersContext): Promise<void> {
  await checkBreaker(ctx);
  // CardPlusPay may be slow: what admins are to know does not wait for it.
  await Promise.all([compareIfDue(ctx), lookForAlerts(ctx), syncNotices(ctx)]);
}

/** Starts nothing more, and waits for what is under way, at most so long. */
export async function stop(ctx: OrdersContext, withinMs: number): Promise<void> {
  ctx.stopping.abort();
  const finished = Promise.allSettled([settled(ctx), ctx.memory.purged, ctx.messaging.idle()]);
  await Promise.race([finished, ctx.clock.sleep(withinMs)]);
  const orders = ctx.running.keys();
  if (orders.length > 0) ctx.log.error({ orders }, 'not finished in time; the next start takes them up');
}

/** Resolves when nothing is under way for any order, and its requester was told. */
export async function settled({ running, telling }: OrdersContext): Promise<void> {
  await running.idle();
  await telling.idle();
}
