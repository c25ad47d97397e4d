import { errors } from 'undici';
import { describe, expect, test } from 'vitest';
import type { RawAnswer } from '../../src/cardpluspay/types.ts';
import {
  attemptAt,
  CODE,
  errorWithCode,
  failureOf,
  KEY,
  orderData,
  type Reply,
  refusal,
  scriptedVendor,
  success,
} from './scripted-vendor.ts';

const REQUEST = { itemCode: 'ACME-5', quantity: 1 };
const bought: Reply = { status: 200, body: success(orderData) };
const tooMany: Reply = { status: 429, body: refusal('Too many requests') };

function purchase(replies: Reply[], limits = {}) {
  const vendor = scriptedVendor();
  for (const reply of replies) {
    vendor.answer('POST', '/orders', reply);
  }
  const { attempt, sealed } = attemptAt(vendor.clock.now(), limits);
  return { ...vendor, attempt, sealed, buy: () => vendor.client.createOrder(REQUEST, attempt) };
}

test('a purchase sends item and quantity and nothing else, and its answer is sealed as it came', async () => {
  const { buy, requests, sealed } = purchase([bought]);
  expect(await buy()).toMatchObject({ orderId: 123, charged: '4.9', codes: [{ code: CODE }] });
  expect(requests()).toHaveLength(1);
  expect(requests()[0]).toMatchObject({
    body: '{"item_code":"ACME-5","quantity":1}',
    headers: { 'X-API-Key': KEY, Accept: 'application/json', 'Content-Type': 'application/json' },
  });
  const body = Buffer.from(JSON.stringify(success(orderData)));
  expect(sealed).toEqual([{ status: 200, body, complete: true }]);
});

const ENVELOPE = refusal('No');
/** Rule 2, line by line: what comes, what it means, and whether it may be tried again. */
const rule2: [string, Reply, string, string, boolean][] = [
  [
    '400 insufficient balance',
    { status: 400, body: refusal('Insufficient balance') },
    'insufficient_balance',
    'refused',
    false,
  ],
  ['400 out of stock', { status: 400, body: refusal('Out of stock') }, 'out_of_stock', 'refused', false],
  ['400 anything else', { status: 400, body: ENVELOPE }, 'invalid', 'refused', false],
  ['401', { status: 401, body: ENVELOPE }, 'unauthorized', 'refused', false],
  ['401 of signing', { status: 401, body: refusal('X-API-Signature missing') }, 'signing_wanted', 'refused', false],
  ['403', { status: 403, body: ENVELOPE }, 'unauthorized', 'refused', false],
  ['404', { status: 404, body: ENVELOPE }, 'not_found', 'refused', false],
  ['422', { status: 422, body: ENVELOPE }, 'invalid', 'refused', false],
  ['429', tooMany, 'rate_limited', 'refused', true],
  ...[400, 401, 403, 404, 422, 429].flatMap((status): (typeof rule2)[number][] => {
    const code = status === 429 ? 'rate_limited' : [401, 403].includes(status) ? 'unauthorized' : 'unreadable';
    return [
      [`${status} without an envelope`, { status, body: '<html>' }, code, 'unknown', false],
      [`${status} with success: true`, { status, body: success({}) }, code, 'unknown', false],
      [`${status} with half an envelope`, { status, body: '{"success":false,' }, code, 'unknown', false],
    ];
  }),
  ['408', { status: 408, body: ENVELOPE }, 'timeout', 'unknown', false],
  ['409', { status: 409, body: ENVELOPE }, 'unexpected', 'unknown', false],
  ['402', { status: 402, body: ENVELOPE }, 'unexpected', 'unknown', false],
  ['500', { status: 500, body: ENVELOPE }, 'server', 'unknown', false],
  ['502', { status: 502, body: '<html>' }, 'server', 'unknown', false],
  [
    '503 with Retry-After',
    { status: 503, body: ENVELOPE, headers: { 'retry-after': '1' } },
    'server',
    'unknown',
    false,
  ],
  ['301', { status: 301, headers: { location: '/v2/orders' } }, 'unexpected', 'unknown', false],
  ['307', { status: 307, headers: { location: '/v2/orders' } }, 'unexpected', 'unknown', false],
  ['200 with success: false', { status: 200, body: refusal('Out of stock') }, 'unexpected', 'unknown', false],
  ['200 unreadable', { status: 200, body: `{"codes": "${CODE}` }, 'unreadable', 'unknown', false],
  [
    '200 without an order id',
    { status: 200, body: success({ ...orderData, order_id: null }) },
    'unreadable',
    'unknown',
    false,
  ],
  ['204', { status: 204 }, 'unreadable', 'unknown', false],
  ['200 that is too long', { status: 200, body: Buffer.alloc(9 * 1024 * 1024, 0x20) }, 'unreadable', 'unknown', false],
  ...['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'].map((code): (typeof rule2)[number] => [
    code,
    { status: 0, error: errorWithCode(code) },
    'network',
    'not_sent',
    true,
  ]),
  ['a connect time-out', { status: 0, error: new errors.ConnectTimeoutError() }, 'timeout', 'not_sent', true],
  [
    'all addresses refused',
    {
      status: 0,
      error: new AggregateError([errorWithCode('ECONNREFUSED'), errorWithCode('ENETUNREACH')]),
    },
    'network',
    'not_sent',
    true,
  ],
  [
    'one of the addresses timed out',
    {
      status: 0,
      error: new AggregateError([errorWithCode('ECONNREFUSED'), errorWithCode('ETIMEDOUT')]),
    },
    'network',
    'unknown',
    false,
  ],
  ...['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'EPROTO', 'CERT_HAS_EXPIRED', 'ENOTCONN'].map(
    (code): (typeof rule2)[number] => [
      code,
      { status: 0, error: errorWithCode(code, { syscall: 'connect' }) },
      'network',
      'unknown',
      false,
    ],
  ),
  ['ETIMEDOUT', { status: 0, error: errorWithCode('ETIMEDOUT', { syscall: 'connect' }) }, 'timeout', 'unknown', false],
  ['a time-out of the headers', { status: 0, error: new errors.HeadersTimeoutError() }, 'timeout', 'unknown', false],
  ['a time-out of the body', { status: 0, error: new errors.BodyTimeoutError() }, 'timeout', 'unknown', false],
  [
    'an answer that is no HTTP',
    {
      status: 0,
      error: errorWithCode('HPE_INVALID_CONSTANT', { data: `${CODE}${KEY}` }),
    },
    'network',
    'unknown',
    false,
  ],
];

describe('rule 2 of the design', () => {
  test.each(rule2)('%s', async (_, reply, code, outcome, again) => {
    const { buy, requests, sealed } = purchase([reply, bought]);
    if (again) {
      expect((await buy()).orderId).toBe(123);
      expect(requests()).toHaveLength(2);
    } else {
      const error = await failureOf(buy());
      expect(error).toMatchObject({ code, outcome });
      expect(requests()).toHaveLength(1);
    }
    const answered = reply.error ? [] : [reply.status];
    expect(sealed.map(({ status }) => status)).toEqual(again ? [...answered, 200] : answered);
  });

  test.each(rule2.filter(([, , , , again]) => again))(
    '%s is what it is when the time for tries is over',
    async (_, reply, code, outcome) => {
      const { buy, requests } = purchase([reply, bought], { tryForMs: 100 });
      expect(await failureOf(buy())).toMatchObject({ code, outcome });
      expect(requests()).toHaveLength(1);
    },
  );
});

describe('tries', () => {
  test('a Retry-After that ends in time is waited for', async () => {
    const { buy, clock } = purchase([{ ...tooMany, headers: { 'retry-after': '9' } }, bought]);
    expect((await buy()).orderId).toBe(123);
    expect(clock.sleeps).toEqual([9000]);
  });

  test('a Retry-After beyond the time for tries ends the purchase as refused', async () => {
    const { buy, clock, requests } = purchase([{ ...tooMany, headers: { 'retry-after': '11' } }, bought]);
    const facts = { code: 'rate_limited', outcome: 'refused', retryAfterMs: 11_000 };
    expect(await failureOf(buy())).toMatchObject(facts);
    expect(clock.sleeps).toEqual([]);
    expect(requests()).toHaveLength(1);
  });

  test('every answer is sealed, also the 429 before the one that counts', async () => {
    const { buy, sealed } = purchase([tooMany, { status: 500, body: 'boom' }]);
    expect(await failureOf(buy())).toMatchObject({ outcome: 'unknown', code: 'server' });
    expect(sealed.map(({ status }) => status)).toEqual([429, 500]);
  });

  test('no try starts after its time, however often it is refused', async () => {
    const { buy, clock, attempt } = purchase(Array(20).fill(tooMany));
    expect(await failureOf(buy())).toMatchObject({ code: 'rate_limited', outcome: 'refused' });
    expect(clock.now()).toBeLessThanOrEqual(attempt.tryUntil);
  });

  test('a process that slept too long sends nothing', async () => {
    const { buy, clock, requests } = purchase([bought]);
    clock.time += 10_001;
    expect(await failureOf(buy())).toMatchObject({ code: 'too_late', outcome: 'not_sent' });
    expect(requests()).toHaveLength(0);
  });

  test('a process that froze between two tries sends no second one', async () => {
    const { buy, clock, requests } = purchase([tooMany, bought]);
    clock.sleep = async () => {
      clock.time += 3_600_000;
    };
    expect(await failureOf(buy())).toMatchObject({ code: 'too_late', outcome: 'not_sent' });
    expect(requests()).toHaveLength(1);
  });

  test('nothing is sent once the deadline has come, whatever the time for tries', async () => {
    const { buy, requests } = purchase([bought], { lastsMs: 0 });
    expect(await failureOf(buy())).toMatchObject({ code: 'too_late', outcome: 'not_sent' });
    expect(requests()).toHaveLength(0);
  });
});

describe('sealing', () => {
  test('comes before reading: an order is not told of while its answer is not sealed', async () => {
    const { client, attempt } = purchase([bought]);
    const steps: string[] = [];
    let open = () => {};
    const seal = async (_: RawAnswer) => {
      steps.push('sealing');
      await new Promise<void>((resolve) => {
        open = resolve;
      });
      steps.push('sealed');
    };
    const order = client.createOrder(REQUEST, { ...attempt, seal }).then(() => steps.push('told'));
    await expect.poll(() => steps).toEqual(['sealing']);
    open();
    await order;
    expect(steps).toEqual(['sealing', 'sealed', 'told']);
  });

  test('that fails leaves the outcome unknown and is not tried again', async () => {
    for (const reply of [bought, tooMany]) {
      const { client, attempt, requests } = purchase([reply, bought]);
      const cause = new Error('the disk is full');
      const seal = () => Promise.reject(cause);
      const error = await failureOf(client.createOrder(REQUEST, { ...attempt, seal }));
      expect(error).toMatchObject({ code: 'not_sealed', outcome: 'unknown', cause });
      expect(requests()).toHaveLength(1);
    }
  });

  test('keeps the first 8 MiB of an answer that is too long', async () => {
    const { buy, sealed } = purchase([{ status: 200, body: Buffer.alloc(9 * 1024 * 1024, 0x20) }]);
    expect(await failureOf(buy())).toMatchObject({ code: 'unreadable', outcome: 'unknown' });
    expect(sealed).toMatchObject([{ status: 200, complete: false }]);
    expect(sealed[0]?.body.length).toBe(8 * 1024 * 1024);
  });
});

test.each([0, 101, 1.5, Number.NaN])('a quantity of %s is refused before anything is sent', async (quantity) => {
  const { client, attempt, requests } = purchase([bought]);
  const error = await failureOf(client.createOrder({ ...REQUEST, quantity }, attempt));
  expect(error).toMatchObject({ code: 'invalid', outcome: 'not_sent' });
  expect(requests()).toHaveLength(0);
});
