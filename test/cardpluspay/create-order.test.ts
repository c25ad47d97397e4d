import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOrderAnswer } from '../../src/cardpluspay/create-order.ts';
import { failureOf, KEY, orderData, refusal, success } from './scripted-vendor.ts';

const raw = (body: unknown, status = 200, complete = true) => ({
  status,
  complete,
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const read = (data: object) => readOrderAnswer(raw(success({ ...orderData, ...data })));
const failure = (answer: ReturnType<typeof raw>, apiKey?: string) =>
  failureOf((async () => readOrderAnswer(answer, { apiKey }))());

test('the documented answer is read in full', () => {
  expect(readOrderAnswer(raw(success(orderData)))).toEqual({
    orderId: 123,
    orderNo: 'ORD-2026-001',
    status: 'completed',
    charged: '4.9',
    createdAt: '2026-03-07T21:42:27+02:00',
    totalDenomination: '5',
    denominationUnit: 'USD',
    codes: [
      {
        code: 'GIFT-3921-XKCD',
        itemCode: 'ACME-5',
        charged: '4.9',
        faceValue: { amount: '5', currency: 'USD' },
        metadata: [{ name: 'Pin', value: '7694269' }],
      },
    ],
  });
});

test('an order id and an amount are enough', () => {
  const order = readOrderAnswer(raw(success({ order_id: '77', amount: 0.85 })));
  expect(order).toEqual({ orderId: 77, charged: '0.85', codes: [] });
});

test('an amount is the same whether it comes as text or as a number', () => {
  fc.assert(
    fc.property(fc.nat(10_000_000), fc.nat(99), (whole, cents) => {
      const text = `${whole}.${String(cents).padStart(2, '0')}`;
      const asText = readOrderAnswer(raw(`{"success":true,"data":{"order_id":1,"amount":"${text}"}}`));
      const asNumber = readOrderAnswer(raw(`{"success":true,"data":{"order_id":1,"amount":${text}}}`));
      expect(asNumber.charged).toBe(asText.charged);
      expect(Number(asText.charged)).toBe(Number(text));
    }),
  );
});

test('a number with more digits than JavaScript keeps stays exact', () => {
  const body = `{"success":true,"data":{"order_id":1,"amount":12345678901234567.89,
    "codes":[{"code":12345678901234567890,"metadata":[{"Pin":90071992547409931}]}]}}`;
  expect(readOrderAnswer(raw(body))).toMatchObject({
    charged: '12345678901234567.89',
    codes: [{ code: '12345678901234567890', metadata: [{ name: 'Pin', value: '90071992547409931' }] }],
  });
});

describe('codes', () => {
  test.each([[undefined], [null], [[]]])('%j means that none is there yet', (codes) => {
    expect(read({ codes }).codes).toEqual([]);
  });

  test('an entry without a code is not there yet, and the others are', () => {
    const codes = [{ code: '' }, { code: null }, {}, null, { code: ' ' }, { code: 'A-1' }, 'B-2'];
    expect(read({ codes }).codes.map(({ code }) => code)).toEqual(['A-1', 'B-2']);
  });

  test('every entry of the metadata is kept, in order, numbers and nested values too', () => {
    const metadata = [{ Pin: 42, 'Serial no': 'S1' }, { Extra: { a: [1] } }, { Note: null }, 'call us'];
    expect(read({ codes: [{ code: 'A', metadata }] }).codes[0]?.metadata).toEqual([
      { name: 'Pin', value: '42' },
      { name: 'Serial no', value: 'S1' },
      { name: 'Extra', value: '{"a":[1]}' },
      { name: 'Note', value: '' },
      { name: '', value: 'call us' },
    ]);
  });

  test('metadata that is one object instead of a list is kept as well', () => {
    const codes = [
      { code: 'A', metadata: { Pin: '1' } },
      { code: 'B', metadata: null },
    ];
    expect(read({ codes }).codes.map((each) => each.metadata)).toEqual([[{ name: 'Pin', value: '1' }], []]);
  });

  test('a detail that nobody can read does not cost the code', () => {
    const codes = [{ code: 'A', denomination: 'five', charged_amount: {}, item_code: [] }];
    expect(read({ codes }).codes).toEqual([{ code: 'A', metadata: [] }]);
  });

  test('the face value takes its currency from the card, else from the order', () => {
    const codes = [
      { code: 'A', denomination: 5, currency: 'eur' },
      { code: 'B', denomination: '7.50' },
    ];
    expect(read({ codes }).codes.map((each) => each.faceValue)).toEqual([
      { amount: '5', currency: 'EUR' },
      { amount: '7.5', currency: 'USD' },
    ]);
  });
});

describe('an answer that cannot be read leaves the outcome unknown', () => {
  test.each([
    ['data.order_id', { order_id: undefined }],
    ['data.order_id', { order_id: 0 }],
    ['data.order_id', { order_id: -4 }],
    ['data.order_id', { order_id: 1.5 }],
    ['data.order_id', { order_id: 'ORD-1' }],
    ['data.order_id', { order_id: '90071992547409931' }],
    ['data.amount', { amount: undefined }],
    ['data.amount', { amount: 'free' }],
    ['data.amount', { amount: '-4.90' }],
    ['data.codes', { codes: 'GIFT-3921-XKCD' }],
  ])('it names %s: %#', async (field, data) => {
    const error = await failure(raw(success({ ...orderData, ...data })));
    expect(error).toMatchObject({ code: 'unreadable', outcome: 'unknown', status: 200 });
    expect(error.message).toContain(`${field} is missing or unreadable`);
  });

  test.each([
    ['no JSON', raw('<html>GIFT-3921-XKCD</html>')],
    ['nothing', raw('')],
    ['half of it', raw('{"success":true,"data":{"order_id":1,"codes":[{"code":"GIFT-3921-XKCD')],
    ['no envelope', raw(orderData)],
    ['no data', raw({ success: true, message: 'OK' })],
    ['broken characters', { ...raw(''), body: Buffer.from([0x22, 0xff, 0xfe, 0x22]) }],
    ['nesting without end', raw('['.repeat(200_000))],
    ['a whole order of a connection that broke', raw(success(orderData), 200, false)],
    ['a refusal of a connection that broke', raw(refusal('Out of stock'), 400, false)],
  ])('%s', async (_, answer) => {
    expect(await failure(answer)).toMatchObject({ code: 'unreadable', outcome: 'unknown' });
  });
});

test("CardPlusPay's words come along only when the key can be blotted out, short and in one line", async () => {
  const answer = raw(refusal(`Bad key ${KEY}\u202e\n\u0007${'x'.repeat(500)}`), 401);
  expect((await failure(answer, KEY)).detail).toMatch(/^Bad key \[key\] x{100,}…$/);
  expect((await failure(answer, KEY)).detail?.length).toBe(200);
  expect((await failure(answer)).detail).toBeUndefined();
});
