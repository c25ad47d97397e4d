import type { Answer } from './route.ts';

export interface Fault {
  /** Any method if absent. */
  method?: string;
  /** Tested against the path after `/v10`, without the query. */
  path: RegExp;
  /** For how many requests; default 1. */
  times?: number;
  /** Do the work first, then fail: the bot can't tell whether it was done. */
  after?: boolean;
  /**
   * A status (500 and so on with Discord's plain body; 429 waits `retryAfter` seconds), a whole
   * error, no answer at all, or a connection that breaks off.
   */
  with: number | { status: number; code: number; message: string } | 'hang' | 'reset';
  /** Seconds, for 429; default 0.1. */
  retryAfter?: number;
}

export interface FaultHandle {
  /** How many requests it has failed. */
  readonly hits: number;
  lift(): void;
}

export const faultAnswer = (fault: Fault): Answer | 'hang' | 'reset' => {
  const { with: how, retryAfter = 0.1 } = fault;
  if (how === 'hang' || how === 'reset') return how;
  if (typeof how === 'object') return { status: how.status, body: { code: how.code, message: how.message } };
  if (how !== 429) return { status: how, body: { code: 0, message: `${how}: Failed on purpose` } };
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: retryAfter, global: false },
    headers: { 'retry-after': String(retryAfter), 'x-ratelimit-scope': 'user' },
  };
};

export const createFaults = () => {
  const active: { fault: Fault; left: number; hits: number }[] = [];
  return {
    add: (fault: Fault): FaultHandle => {
      const entry = { fault, left: fault.times ?? 1, hits: 0 };
      active.push(entry);
      return {
        get hits() {
          return entry.hits;
        },
        lift: () => {
          entry.left = 0;
        },
      };
    },
    /** The fault for this request, used up by one. */
    take: (method: string, path: string): Fault | undefined => {
      const entry = active.find(
        ({ fault, left }) => left > 0 && (fault.method ?? method) === method && fault.path.test(path),
      );
      if (!entry) return undefined;
      entry.left -= 1;
      entry.hits += 1;
      return entry.fault;
    },
  };
};

export type Faults = ReturnType<typeof createFaults>;
