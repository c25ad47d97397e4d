import type { Clock } from './clock.ts';

const DAY_MS = 24 * 60 * 60_000;
/** "Number of identify requests allowed per 5 seconds" (page "Gateway", Session Start Limit Object). */
const CONCURRENT_PER_MS = 5_000;

export interface SessionLimits {
  /** How many a day; default 1,000. */
  total?: number;
  /** How many are left of today's. */
  remaining?: number;
  /**
   * How many may start within five seconds, each for shards of its own; default: no matter how many, although Discord's is 1
   * for a bot of this size, so that tests that start one bot after the other need not wait.
   */
  maxConcurrency?: number;
}

export type SessionStarts = ReturnType<typeof createSessionStarts>;

/**
 * "Clients are limited to 1000 IDENTIFY calls to the websocket in a 24-hour period … Upon hitting this limit, all active
 * sessions for the app will be terminated, the bot token will be reset" (page "Gateway", Identifying).
 */
export const createSessionStarts = ({ now }: Pick<Clock, 'now'>) => {
  let limits: SessionLimits = {};
  let day = { from: now(), used: 0 };
  const newest = new Map<number, number>();
  const total = () => limits.total ?? 1000;

  const today = () => {
    if (now() - day.from >= DAY_MS) day = { from: now(), used: 0 };
    return day;
  };

  return {
    limit: (next: SessionLimits): void => {
      limits = { ...limits, ...next };
      if (next.remaining !== undefined) today().used = total() - next.remaining;
    },
    /** As `GET /gateway/bot` says it. */
    json: () => ({
      total: total(),
      remaining: Math.max(0, total() - today().used),
      reset_after: today().used === 0 ? 0 : today().from + DAY_MS - now(),
      max_concurrency: limits.maxConcurrency ?? 1,
    }),
    /** One more is asked for: whether it may be. */
    take: (shard: number): 'granted' | 'too soon' | 'used up' => {
      if (today().used >= total()) return 'used up';
      const { maxConcurrency } = limits;
      const key = maxConcurrency === undefined ? undefined : shard % maxConcurrency;
      if (key !== undefined && now() - (newest.get(key) ?? Number.NEGATIVE_INFINITY) < CONCURRENT_PER_MS)
        return 'too soon';
      if (key !== undefined) newest.set(key, now());
      today().used += 1;
      return 'granted';
    },
  };
};
