import type { Dispatcher } from 'undici';
import { type Clock, isSafeUrl } from '../lib/index.ts';
import { CardPlusPayError } from './error.ts';
import { type Exchange, type Exchanged, exchange as overHttp } from './http.ts';
import type { AnswerContext } from './parse.ts';
import { retryAfterMs } from './retry.ts';
import { readChallenge, readSigningKey, type Signing, signatureHeaders } from './signing.ts';
import { transportError } from './transport-error.ts';

export interface CallerOptions {
  baseUrl: string;
  apiKey: string;
  signing?: Signing | undefined;
  clock: Clock;
  /** Is told of each answer how far CardPlusPay's clock was ahead of ours, in milliseconds, where it says its time. */
  onClock?: ((aheadMs: number) => void) | undefined;
  /** One request and what came of it; over HTTP unless a test stands in between. */
  exchange?: typeof overHttp;
}

/** When a purchase may start and must be over, ms epoch. */
export interface PurchaseWindow {
  /** No try starts after it. */
  tryUntil: number;
  /** Counts over all tries: whatever is on its way then is broken off. */
  deadline: number;
}

export interface Call {
  method: 'GET' | 'POST';
  /** Below the base URL, with its query. */
  path: string;
  body?: object | undefined;
  dispatcher: Dispatcher;
  /** For a purchase; without it the limits are those of a read. */
  window?: PurchaseWindow | undefined;
}

export type Caller = ReturnType<typeof createCaller>;

const READ_LIMITS = { headersMs: 10_000, bodyMs: 10_000, totalMs: 15_000 };

/**
 * Makes one request at a time of what a call says: address, key, signature, limits. Tries once.
 * Throws a TypeError for a base URL that is not safe, and for a key that no header can carry.
 */
export function createCaller(options: CallerOptions) {
  const { baseUrl, apiKey, signing, clock, exchange = overHttp } = options;
  const { origin, pathname } = checkedUrl(baseUrl, apiKey);
  const signingKey = signing && readSigningKey(signing.keyPem);

  const context = ({ retryAfter }: Exchanged): AnswerContext => ({
    apiKey,
    retryAfterMs: retryAfterMs(retryAfter, clock.now()),
  });

  async function request(call: Call, signature: Record<string, string>): Promise<Exchanged> {
    const exchanged = await exchanging(call, signature);
    const at = Date.parse(exchanged.date ?? '');
    if (!Number.isNaN(at)) options.onClock?.(at - clock.now());
    return exchanged;
  }

  const exchanging = (call: Call, signature: Record<string, string>): Promise<Exchanged> =>
    exchange(call.dispatcher, {
      origin,
      path: joined(pathname, call.path),
      method: call.method,
      headers: {
        'X-API-Key': apiKey,
        Accept: 'application/json',
        ...(call.body && { 'Content-Type': 'application/json' }),
        ...signature,
      },
      body: call.body && JSON.stringify(call.body),
      limits: limitsOf(call.window, clock.now()),
      objection: () => call.window && lateness(call.window, clock.now()),
    });

  /** A challenge holds for one request, so each try has its own. */
  async function signatureFor(reads: Dispatcher): Promise<Record<string, string>> {
    if (signing === undefined || signingKey === undefined) return {};
    const path = signing.challengePath;
    try {
      const exchanged = await request({ method: 'GET', path, dispatcher: reads }, {});
      const raw = completeAnswer(exchanged);
      return signatureHeaders(signingKey, readChallenge(raw, context(exchanged)));
    } catch (error) {
      throw notSent(error);
    }
  }

  /** The answer, or the error for there being none. */
  function completeAnswer(exchanged: Exchanged) {
    if (exchanged.failure !== undefined || exchanged.answer === undefined) throw transportError(exchanged, apiKey);
    return exchanged.answer;
  }

  return {
    /** `reads`: where a challenge is fetched. Throws CardPlusPayError `not_sent`. */
    async send(call: Call, reads: Dispatcher): Promise<Exchanged> {
      const late = call.window && lateness(call.window, clock.now());
      if (late) throw late;
      return request(call, await signatureFor(reads));
    },
    completeAnswer,
    context,
  };
}

function checkedUrl(baseUrl: string, apiKey: string): URL {
  if (!isSafeUrl(baseUrl)) throw new TypeError('CardPlusPay: the base URL must be https: (http: on loopback only)');
  if (!/^[\x21-\x7e]+$/.test(apiKey))
    throw new TypeError('CardPlusPay: the API key is empty or has characters that no key has');
  return new URL(baseUrl);
}

function joined(base: string, path: string): string {
  return `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}

function limitsOf(window: PurchaseWindow | undefined, now: number): Exchange['limits'] {
  if (window === undefined) return READ_LIMITS;
  const left = Math.max(0, window.deadline - now);
  return { headersMs: left, bodyMs: left, totalMs: left };
}

/** A process that was frozen, or a connection that took its time: too late to start a purchase. */
function lateness({ tryUntil, deadline }: PurchaseWindow, now: number) {
  return now > tryUntil || now >= deadline
    ? new CardPlusPayError('too_late', 'not_sent', 'the time to start the purchase is over')
    : undefined;
}

/** Whatever became of the challenge, the request that it was for never left. */
function notSent(error: unknown): unknown {
  return error instanceof CardPlusPayError
    ? new CardPlusPayError(error.code, 'not_sent', 'no challenge to sign', error)
    : error;
}
