import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { CardPlusPayError } from './error.ts';
import type { RawAnswer } from './types.ts';

export interface Exchange {
  origin: string;
  path: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string | undefined;
  /** Milliseconds: until the headers, between two pieces of the body, and for everything. */
  limits: { headersMs: number; bodyMs: number; totalMs: number };
  /** Asked when the connection stands, right before the first byte is written: an error stops it there. */
  objection?: () => CardPlusPayError | undefined;
}

export interface Exchanged {
  /** What came; undefined when not even the headers did. */
  answer: RawAnswer | undefined;
  retryAfter: string | undefined;
  /** When it was, by the clock of whoever answered. */
  date?: string | undefined;
  /** Why there is no complete answer. */
  failure: unknown;
  /** The connection stood and the request was about to be written. */
  started: boolean;
}

const MOST_BYTES = 8 * 1024 * 1024;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** undici's own time-outs come after ours, which reads what has arrived before it gives up. */
const LATER_MS = 5_000;

/**
 * One request and what came of it. Never rejects, never follows a redirect, never tries again.
 * Takes undici's events as they come: a stream would drop what it buffered when the connection breaks.
 */
export async function exchange(dispatcher: Dispatcher, request: Exchange): Promise<Exchanged> {
  const exchanged = await dispatched(dispatcher, request);
  // undici takes a connection back in the next turn of the event loop: asked sooner, it opens another.
  await nextTurn();
  return exchanged;
}

function dispatched(dispatcher: Dispatcher, request: Exchange): Promise<Exchanged> {
  const { limits, objection, body = null, ...options } = request;
  const state = { chunks: [] as Uint8Array[], size: 0, started: false, status: 0, retryAfter: '', date: '' };
  let controller: Dispatcher.DispatchController | undefined;
  let stopped: Error | undefined;
  return new Promise((resolve) => {
    const finish = (failure?: unknown) => {
      clearTimeout(timer);
      resolve(summary(state, failure));
    };
    const stop = (reason: Error) => {
      stopped ??= reason;
      controller?.abort(reason);
      finish(reason);
    };
    const timer = setTimeout(
      () => afterReading(() => stop(new CardPlusPayError('timeout', 'unknown', 'no complete answer in time'))),
      Math.min(Math.max(limits.totalMs, 0), LONGEST_TIMER_MS),
    );
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started;
        const reason = stopped ?? objection?.();
        if (reason) return stop(reason);
        state.started = true;
      },
      onResponseStart(_, status, headers) {
        if (status >= 200) {
          state.status = status;
          state.retryAfter = String(headers['retry-after'] ?? '');
          state.date = String(headers.date ?? '');
        }
      },
      onResponseData(_, chunk) {
        state.chunks.push(chunk.subarray(0, MOST_BYTES - state.size));
        state.size += chunk.length;
        if (state.size > MOST_BYTES) {
          stop(new CardPlusPayError('unreadable', 'unknown', 'the answer is too long'));
        }
      },
      onResponseEnd: () => finish(),
      onResponseError: (_, error) => finish(error),
    };
    const headersTimeout = limits.headersMs + LATER_MS;
    const bodyTimeout = limits.bodyMs + LATER_MS;
    try {
      dispatcher.dispatch({ ...options, body, headersTimeout, bodyTimeout }, handler);
    } catch (error) {
      finish(error);
    }
  });
}

/** A process that was frozen finds the timer and the answer at once: sockets are read in the turn between the two. */
function afterReading(run: () => void): void {
  setImmediate(() => setImmediate(run));
}

type Collected = { chunks: Uint8Array[]; started: boolean; status: number; retryAfter: string; date: string };

function summary({ chunks, started, status, retryAfter, date }: Collected, failure: unknown): Exchanged {
  const body = Buffer.concat(chunks);
  const answer = status === 0 ? undefined : { status, body, complete: failure === undefined };
  return { answer, retryAfter: retryAfter || undefined, ...(date && { date }), failure, started };
}
