import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readOrderAnswer } from '../../src/cardpluspay/create-order.ts';
import { readAnsweredCodes } from '../../src/cardpluspay/placed-order.ts';
import { MOST } from '../../src/cardpluspay/sizes.ts';
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

describe('an answer is read field by field', () => {
  const pinned = { code: 'A-1', metadata: [{ Pin: '1' }] };
  const read1 = { code: 'A-1', metadata: [{ name: 'Pin', value: '1' }] };

  test.each([[undefined], [null], ['free'], [''], ['-4.90'], ['1,47'], [{}], [[]], [true]])(
    'an amount of %j is none, and costs no code',
    (amount) => {
      expect(read({ amount, codes: [pinned] })).toMatchObject({ orderId: 123, charged: undefined, codes: [read1] });
    },
  );

  test.each([
    ['1,470.00', '1470'],
    ['5,000.00', '5000'],
    ['0', '0'],
    [0, '0'],
  ])('an amount of %j is %s', (amount, charged) => {
    expect(read({ amount }).charged).toBe(charged);
  });

  test.each([
    ['a single card', pinned, [read1]],
    ['an object of cards', { '0': pinned, '2': { code: 'A-2' } }, [read1, { code: 'A-2', metadata: [] }]],
    ['an object of texts', { '0': 'A-1', '1': 77 }, ['A-1', '77'].map((code) => ({ code, metadata: [] }))],
    ['a single text', 'GIFT-3921-XKCD', [{ code: 'GIFT-3921-XKCD', metadata: [] }]],
    ['a single number', 90071992, [{ code: '90071992', metadata: [] }]],
    ['a word', 'pending', []],
    ['a sentence', 'Your codes are on their way.', []],
    ['an object that says something', { message: 'pending', count: 1 }, []],
    ['nothing but true', true, []],
  ])('codes may be %s', (_, codes, expected) => {
    expect(read({ codes }).codes).toEqual(expected);
  });

  test.each([
    ['without its envelope', { ...orderData, codes: [pinned] }],
    ['with a success that is no boolean', { success: 'yes', data: { ...orderData, codes: [pinned] } }],
    ['with a success that says no', { success: false, data: { ...orderData, codes: pinned } }],
    ['without an order number', { success: true, data: { codes: { first: pinned } } }],
    ['with a number that is none', { success: true, data: { order_id: 'ORD-1', codes: [pinned], amount: {} } }],
  ])('its codes are found %s', (_, body) => {
    expect(readAnsweredCodes(raw(body, 500)).codes).toEqual([read1]);
  });

  test.each(['<html>', '', 'null', '[]', '7', '{"data":null}'])('%j has no codes', (body) => {
    expect(readAnsweredCodes(raw(body))).toEqual({ orderId: undefined, codes: [], isCut: false });
  });
});

describe('what is too long is cut, and said to be', () => {
  const codes = (count: number) => Array.from({ length: count }, (_, i) => ({ code: `C-${i}` }));

  test('an order number of 2 MB', () => {
    const order = read({ order_no: 'N'.repeat(2_000_000) });
    expect(order.orderNo).toHaveLength(MOST.orderNo);
    expect(order).toMatchObject({ cut: ['order_no'], codes: [{ code: 'GIFT-3921-XKCD' }] });
  });

  test('20,000 codes', () => {
    const order = read({ codes: codes(20_000) });
    expect(order.codes.map(({ code }) => code)).toEqual(codes(MOST.codes).map(({ code }) => code));
    expect(order.cut).toEqual(['codes']);
    expect(read({ codes: codes(MOST.codes) }).cut).toBeUndefined();
  });

  test('half a code is none, and its neighbours are kept', () => {
    const order = read({ codes: [{ code: 'X'.repeat(MOST.code + 1) }, { code: 'A' }] });
    expect(order).toMatchObject({ codes: [{ code: 'A' }], cut: ['code'] });
  });

  test('what comes beside a code', () => {
    const metadata = [{ Pin: '1' }, { Terms: 'x'.repeat(10_000) }, { ['n'.repeat(10_000)]: '2' }];
    const order = read({ codes: [{ code: 'A', metadata }] });
    expect(order.codes[0]?.metadata[0]).toEqual({ name: 'Pin', value: '1' });
    expect(order.codes[0]?.metadata.map(({ name, value }) => [name.length, value.length])).toEqual([
      [3, 1],
      [5, MOST.metadataValue],
      [MOST.metadataName, 1],
    ]);
    expect(order.cut).toEqual(['metadata']);
    const many = Array.from({ length: 5000 }, (_, i) => ({ [`n${i}`]: 'v' }));
    expect(read({ codes: [{ code: 'A', metadata: many }] }).codes[0]?.metadata).toHaveLength(MOST.metadata);
  });

  test('words', () => {
    const long = 'w'.repeat(100_000);
    const order = read({ status: long, created_at: long, item_code: long, codes: [{ code: 'A', item_code: long }] });
    expect(JSON.stringify(order).length).toBeLessThan(1000);
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
