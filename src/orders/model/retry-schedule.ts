import { missingCards, type Order } from './order.ts';
import { isToBeRetried } from './parcels.ts';

/** The first try comes so long after the step that asks for it; each later gap is longer by half. */
const FIRST_GAP_MS = 3_000;
const GROWTH = 1.5;
const LONGEST_GAP_MS = 15 * 60_000;
/**
 * How long an order that CardPlusPay does not show is watched, and how long codes may be late. An order or a code that
 * needs longer than a day needs a person who asks the vendor.
 */
export const WATCH_MS = 24 * 60 * 60_000;

interface RetryLimits {
  purchaseTimeoutMs: number;
  reconcileForMs: number;
}

/** Whether CardPlusPay still owes an answer about this order, or codes. */
export function awaitsCardPlusPay(order: Order): boolean {
  if (order.status === 'bought') return order.remote !== undefined && missingCards(order) > 0;
  return order.status === 'unconfirmed' || order.status === 'not_found';
}

/** Whether codes wait for Discord, which did not take their direct message. */
export function awaitsDiscord({ status, cards }: Order): boolean {
  return (status === 'bought' || status === 'held') && cards.some(isToBeRetried);
}

/** Whether something is to be tried for this order from time to time. */
export function wantsRetries(order: Order): boolean {
  return awaitsCardPlusPay(order) || awaitsDiscord(order);
}

export function isRetryDue(order: Order, now: number): boolean {
  return wantsRetries(order) && now >= (order.looking?.nextAt ?? enteredAt(order) + FIRST_GAP_MS);
}

/** When the order came into its present status. */
export function enteredAt({ history, status }: Order): number {
  const before = history.findLastIndex((step) => step.status !== status);
  return history[before + 1]?.at ?? 0;
}

/** From when on nothing of the attempt can still be on its way to CardPlusPay. */
export function attemptOverAt({ attempt }: Order, { purchaseTimeoutMs }: RetryLimits): number {
  return (attempt?.startedAt ?? 0) + 1.5 * purchaseTimeoutMs;
}

/** From when on a look that finds nothing decides something: that it is not found, or no longer watched for. */
export function decidesAt(order: Order, now: number, limits: RetryLimits): number {
  if (order.status !== 'unconfirmed') return enteredAt(order) + WATCH_MS;
  const lookedOver = (order.looking?.seenSince ?? now) + limits.reconcileForMs;
  return Math.max(attemptOverAt(order, limits), lookedOver);
}

/** The order with one more try begun, and the time of the next. */
export function withRetryBegun(order: Order, now: number, limits: RetryLimits): Order {
  const tries = order.looking?.tries ?? 0;
  const gap = Math.min(LONGEST_GAP_MS, Math.round(FIRST_GAP_MS * GROWTH ** (tries + 1)));
  // What was found is taken, or brought before people, once the attempt is over.
  const overAt = order.status === 'unconfirmed' ? attemptOverAt(order, limits) : 0;
  const turns = [overAt, decidesAt(order, now, limits)].filter((at) => at > now);
  const nextAt = Math.min(now + gap, ...turns);
  return { ...order, looking: { ...order.looking, tries: tries + 1, nextAt } };
}
