import { dayOf, type Member, Problem } from '../../lib/index.ts';
import type { OrdersContext } from '../context.ts';
import type { Stop } from '../model/kill-switch.ts';
import { unknownSince } from '../repository.ts';

/** So many unknown outcomes within this time stop all purchases: something is wrong that more orders make worse. */
const UNKNOWN_OUTCOMES = 3;
export const UNKNOWN_WITHIN_MS = 10 * 60_000;

/** Throws the Problem that tells why purchases are stopped, if they are. */
export async function requirePurchasesOpen(ctx: OrdersContext): Promise<void> {
  const stop = await checkBreaker(ctx);
  if (stop) throw new Problem('purchases_stopped', { why: stop.why, detail: stop.detail ?? '' });
}

/**
 * Whether purchases may go on now: the stop that is in their way, if there is one. Stops them where too many outcomes
 * are unknown. These are counted from the orders themselves, so that no crash can come between one and its being counted.
 */
export async function checkBreaker(ctx: OrdersContext): Promise<Stop | undefined> {
  const { killSwitch, clock, log } = ctx;
  const newest = await killSwitch.newest();
  if (newest && !newest.resumed) return newest;
  // Whoever resumes has looked at what was unknown until then.
  const since = Math.max(clock.now() - UNKNOWN_WITHIN_MS, newest?.resumed?.at ?? 0);
  if ((await countUnknownOutcomes(ctx, since)) < UNKNOWN_OUTCOMES) return undefined;
  const { stop, isNew } = await killSwitch.stop('cardigan', 'unknown_outcomes');
  if (isNew) log.error({ stop: stop.id, why: stop.why }, 'purchases are stopped');
  return stop;
}

async function countUnknownOutcomes({ orders, clock }: OrdersContext, since: number): Promise<number> {
  const days = new Set([dayOf(since), dayOf(clock.now())]);
  let count = 0;
  for (const day of days) {
    for await (const order of orders.walk(`unknown/${day}`)) {
      if (unknownSince(order).some((at) => at > since)) count++;
    }
  }
  return count;
}

/** Stops all purchases. Throws a Problem for whoever is no admin. */
export async function stopPurchases(
  { killSwitch, log }: OrdersContext,
  member: Member,
  reason?: string,
): Promise<{ stop: Stop; isNew: boolean }> {
  if (!member.isAdmin) throw new Problem('admins_only', {});
  const stopped = await killSwitch.stop(member.user, 'asked', reason);
  log.warn({ stop: stopped.stop.id, by: member.user }, 'purchases are stopped');
  return stopped;
}

/**
 * Ends the stop with that id, or the one that is in force. Throws `not_stopped` when there is none, and a Problem for
 * whoever is no admin.
 */
export async function resumePurchases(
  { killSwitch, log }: OrdersContext,
  member: Member,
  id?: string,
): Promise<{ stop: Stop; isNew: boolean }> {
  if (!member.isAdmin) throw new Problem('admins_only', {});
  const wanted = id ?? (await killSwitch.current())?.id;
  const resumed = wanted === undefined ? undefined : await killSwitch.resume(wanted, member.user);
  if (!resumed) throw new Problem('not_stopped', {});
  log.warn({ stop: resumed.stop.id, by: member.user }, 'purchases are resumed');
  return resumed;
}
