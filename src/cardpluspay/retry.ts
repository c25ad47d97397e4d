import { backoff, type Clock } from '../lib/index.ts';
import { CardPlusPayError, type ErrorCode, type RequestOutcome } from './error.ts';

interface RetryPolicy {
  tries: number;
  /** Doubles from try to try; half of it is left to chance. */
  firstDelayMs: number;
  /** A longer `Retry-After` ends it: nobody is left hanging. */
  longestRetryAfterMs: number;
  /** After which errors it may be tried again. */
  again: Readonly<Record<RequestOutcome, readonly ErrorCode[]>>;
}

const PASSING: readonly ErrorCode[] = ['network', 'timeout', 'server', 'rate_limited'];

/** For requests that change nothing: the GETs and the stock check. */
export const READ_RETRIES: RetryPolicy = {
  tries: 3,
  firstDelayMs: 300,
  longestRetryAfterMs: 10_000,
  again: { not_sent: PASSING, refused: ['rate_limited'], unknown: PASSING },
};

/** For POST /orders: only what rule 2 allows, as long as a try may still start. Never an unknown outcome. */
export const PURCHASE_RETRIES: RetryPolicy = {
  tries: 6,
  firstDelayMs: 500,
  longestRetryAfterMs: Number.POSITIVE_INFINITY,
  again: { not_sent: PASSING, refused: ['rate_limited'], unknown: [] },
};

/** Milliseconds to wait before try `done + 1`, or undefined when there is none. `random`: 0 to 1. */
export function delayBeforeNext(policy: RetryPolicy, error: unknown, done: number, random: number): number | undefined {
  if (!(error instanceof CardPlusPayError) || done >= policy.tries) return undefined;
  const asked = error.retryAfterMs ?? 0;
  if (!policy.again[error.outcome].includes(error.code) || asked > policy.longestRetryAfterMs) return undefined;
  const gap = backoff(done, { first: policy.firstDelayMs, longest: Number.POSITIVE_INFINITY });
  return Math.max(asked, Math.round(gap * (0.5 + random / 2)));
}

export interface RetryDependencies {
  clock: Clock;
  random: () => number;
}

/** Runs until it succeeds, may not be tried again, or the next try would start after `until` (ms epoch). */
export async function withRetries<T>(
  { clock, random }: RetryDependencies,
  policy: RetryPolicy,
  run: () => Promise<T>,
  until = Number.POSITIVE_INFINITY,
): Promise<T> {
  for (let done = 1; ; done += 1) {
    try {
      return await run();
    } catch (error) {
      const delay = delayBeforeNext(policy, error, done, random());
      if (delay === undefined || clock.now() + delay > until) throw error;
      await clock.sleep(delay);
    }
  }
}

/** Milliseconds from now that a `Retry-After` header asks for: seconds, or an HTTP date. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
