import { inspect } from 'node:util';
import { type Dispatcher, MockAgent } from 'undici';
import { expect } from 'vitest';
import { createCardPlusPay } from '../../src/cardpluspay/client.ts';
import { CardPlusPayError } from '../../src/cardpluspay/error.ts';
import type { Signing } from '../../src/cardpluspay/signing.ts';
import type { RawAnswer } from '../../src/cardpluspay/types.ts';
import type { Clock } from '../../src/lib/clock.ts';

export const KEY = 'cpp_live_7hQzSecretKey0042';
/** Part of every code in these tests: it must never be in an error. */
export const CODE = 'GIFT-3921-XKCD';
const ORIGIN = 'https://vendor.test';

export interface FakeClock extends Clock {
  time: number;
  sleeps: number[];
}

/** Time that passes only by sleeping. */
export function fakeClock(time = 1_700_000_000_000): FakeClock {
  return {
    time,
    sleeps: [],
    now() {
      return this.time;
    },
    async sleep(ms) {
      this.sleeps.push(ms);
      this.time += ms;
    },
  };
}

export interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** An answer in the middle of which, or before which, this happens. */
  error?: Error;
}

/** A client whose vendor answers by a script, one reply a request; no network. */
export function scriptedVendor(options: { signing?: Signing } = {}) {
  const agent = new MockAgent({ enableCallHistory: true });
  agent.disableNetConnect();
  const clock = fakeClock();
  const client = createCardPlusPay({
    baseUrl: `${ORIGIN}/v1`,
    apiKey: KEY,
    clock,
    random: () => 1,
    ...options,
    dispatcher: agent,
    purchaseDispatcher: agent as Dispatcher,
  });
  return {
    client,
    clock,
    /** The next answer to `method path`. */
    answer(method: string, path: string, reply: Reply, times = 1): void {
      const interceptor = agent.get(ORIGIN).intercept({ method, path: `/v1${path}` });
      const { error, status, body = '', headers = {} } = reply;
      const scope = error ? interceptor.replyWithError(error) : interceptor.reply(status, bytesOf(body), { headers });
      scope.times(times);
    },
    requests: () => agent.getCallHistory()?.calls() ?? [],
  };
}

const bytesOf = (body: unknown) => (Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body));

export const success = (data: unknown) => ({ success: true, message: 'OK', data });
export const refusal = (message: string) => ({ success: false, message });

export const orderData = {
  type: 'bulk',
  brand: 'Acme',
  codes: [
    {
      code: CODE,
      currency: 'USD',
      item_code: 'ACME-5',
      denomination: '5.00',
      charged_amount: '4.90',
      denomination_unit: 'USD',
      metadata: [{ Pin: '7694269' }],
    },
  ],
  state: 'completed',
  status: 'completed',
  amount: '4.90',
  order_id: 123,
  order_no: 'ORD-2026-001',
  created_at: '2026-03-07T21:42:27+02:00',
  denomination_unit: 'USD',
  total_denomination: 5,
};

/** An attempt that starts now, and what it sealed. */
export function attemptAt(now: number, limits: { tryForMs?: number; lastsMs?: number } = {}) {
  const sealed: RawAnswer[] = [];
  const attempt = {
    tryUntil: now + (limits.tryForMs ?? 10_000),
    deadline: now + (limits.lastsMs ?? 60_000),
    async seal(answer: RawAnswer) {
      sealed.push(answer);
    },
  };
  return { attempt, sealed };
}

/** The error with which this fails; whatever it is, neither the key nor a code is anywhere in it. */
export async function failureOf(promise: Promise<unknown>): Promise<CardPlusPayError> {
  const error = await promise.then(
    (value) => expect.fail(`it succeeded with a ${typeof value}`),
    (reason: unknown) => reason,
  );
  const everything = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true });
  expect(everything).not.toContain(KEY);
  expect(everything).not.toContain(CODE);
  if (!(error instanceof CardPlusPayError)) throw error;
  return error;
}

export const errorWithCode = (code: string, more: object = {}) =>
  Object.assign(new Error(`failed, key ${KEY}`), { code, ...more });
