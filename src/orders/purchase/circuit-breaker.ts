import { type Clock, dayOf, type Log, Problem } from '../../lib/index.ts';
import type { Stop, Stops } from '../model/kill-switch.ts';
import { type OrderBook, unknownSince } from '../repository.ts';

/** So many unknown outcomes within this time stop all purchases: something is wrong that more orders make worse. */
const UNKNOWN_OUTCOMES = 3;
export const UNKNOWN_WITHIN_MS = 10 * 60_000;

/** Whether purchases may go on now: the stop that is in their way, if there is one. */
export type Gate = () => Promise<Stop | undefined>;

/** Throws the Problem that tells why purchases are stopped, if they are. */
export async function passGate(gate: Gate): Promise<void> {
  const stop = await gate();
  if (stop) throw new Problem('purchases_stopped', { why: stop.why, detail: stop.detail ?? '' });
}

interface Parts {
  book: OrderBook;
  stops: Stops;
  clock: Clock;
  log: Log;
}

/** Counts from the orders themselves, so that no crash can come between an unknown outcome and its being counted. */
export function createGate({ book, stops, clock, log }: Parts): Gate {
  async function unknownOutcomes(since: number): Promise<number> {
    const days = new Set([dayOf(since), dayOf(clock.now())]);
    let count = 0;
    for (const day of days) {
      for await (const order of book.walk(`unknown/${day}`)) {
        if (unknownSince(order).some((at) => at > since)) count++;
      }
    }
    return count;
  }

  return async () => {
    const newest = await stops.newest();
    if (newest && !newest.resumed) return newest;
    // Whoever resumes has looked at what was unknown until then.
    const since = Math.max(clock.now() - UNKNOWN_WITHIN_MS, newest?.resumed?.at ?? 0);
    if ((await unknownOutcomes(since)) < UNKNOWN_OUTCOMES) return undefined;
    const { stop, isNew } = await stops.stop('cardigan', 'unknown_outcomes');
    if (isNew) log.error({ stop: stop.id, why: stop.why }, 'purchases are stopped');
    return stop;
  };
}
