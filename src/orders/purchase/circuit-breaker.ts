import { dayOf, type Member, Problem } from '../../lib/index.ts';
import type { OrdersContext } from '../context.ts';
import type { Stop } from '../model/kill-switch.ts';
import { requireStrangersSettled } from '../reconcile/restored/strangers.ts';
import { unknownSince } from '../repository.ts';

/** So many incidents within this time stop all purchases: something is wrong that more orders make worse. */
const INCIDENTS = 3;
export const UNKNOWN_WITHIN_MS = 10 * 60_000;

/** Throws the Problem that tells why purchases are stopped, if they are. */
export async function requirePurchasesOpen(ctx: OrdersContext): Promise<void> {
  const stop = await checkBreaker(ctx);
  if (stop) throw new Problem('purchases_stopped', { why: stop.why, detail: stop.detail ?? '' });
}

/**
 * Whether purchases may go on now: the stop that is in their way, if there is one. Stops them where outcomes became
 * unknown again and again. These are counted from the orders themselves, so that no crash can come between one and its being counted.
 */
export async function checkBreaker(ctx: OrdersContext): Promise<Stop | undefined> {
  const { killSwitch, clock, log } = ctx;
  const newest = await killSwitch.newest();
  if (newest && !newest.resumed) return newest;
  // Whoever resumes has looked at what was unknown until then.
  const since = Math.max(clock.now() - UNKNOWN_WITHIN_MS, newest?.resumed?.at ?? 0);
  if ((await countIncidents(ctx, since)) < INCIDENTS) return undefined;
  const { stop, isNew } = await killSwitch.stop('cardigan', 'unknown_outcomes');
  if (isNew) log.error({ stop: stop.id, why: stop.why }, 'purchases are stopped');
  return stop;
}

async function countIncidents({ orders, clock }: OrdersContext, since: number): Promise<number> {
  const days = new Set([dayOf(since), dayOf(clock.now())]);
  const unknown: { at: number; sentAt: number }[] = [];
  let count = 0;
  for (const day of days) {
    // One that cannot be read may be as unknown as when it was listed here.
    for await (const order of orders.walk(`unknown/${day}`, () => count++)) {
      const [at = 0] = unknownSince(order);
      if (at > since) unknown.push({ at, sentAt: order.attempt?.startedAt ?? at });
    }
  }
  return count + incidentsIn(unknown);
}

/** What was out already when an outcome became unknown belongs to the same incident; what was sent after that does not. */
function incidentsIn(unknown: readonly { at: number; sentAt: number }[]): number {
  let [incidents, since] = [0, Number.NEGATIVE_INFINITY];
  for (const { at, sentAt } of unknown.toSorted((a, b) => a.at - b.at)) {
    if (sentAt < since) continue;
    incidents++;
    since = at;
  }
  return incidents;
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
  ctx: OrdersContext,
  member: Member,
  id?: string,
): Promise<{ stop: Stop; isNew: boolean }> {
  if (!member.isAdmin) throw new Problem('admins_only', {});
  const { killSwitch, log } = ctx;
  const wanted = id ?? (await killSwitch.current())?.id;
  const stop = wanted === undefined ? undefined : await killSwitch.get(wanted);
  if (stop) await requireStrangersSettled(ctx, stop);
  const resumed = wanted === undefined ? undefined : await killSwitch.resume(wanted, member.user);
  if (!resumed) throw new Problem('not_stopped', {});
  log.warn({ stop: resumed.stop.id, by: member.user }, 'purchases are resumed');
  return resumed;
}
