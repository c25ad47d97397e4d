import { setTimeout as wait } from 'node:timers/promises';

/** The time, and waiting for it. A test brings its own. */
export interface Clock {
  /** Milliseconds since 1970, as `Date.now()` gives them. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with an AbortError once `signal` is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Resolves once the work is over, however that ends, or after so long: then it goes on by itself. */
export async function waitBriefly({ sleep }: Pick<Clock, 'sleep'>, ms: number, work: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  await Promise.race([Promise.allSettled([work]), sleep(ms, over.signal).catch(() => undefined)]);
  over.abort();
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => wait(ms, undefined, signal === undefined ? {} : { signal }),
};
