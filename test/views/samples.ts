import fc from 'fast-check';
import type { Offer } from '../../src/catalog/shop.ts';
import type { Order, Status, Step } from '../../src/orders/model/order.ts';
import type { Code } from '../../src/orders/model/raw-answer.ts';
import type { Reason } from '../../src/orders/model/reasons.ts';

export const ALICE = '200000000000000001';
export const AT = Date.UTC(2026, 0, 5, 12);

export const usd = (amount: string) => ({ amount, currency: 'USD' });

/** An order of two Google Play cards by Alice, as it is when the quote was made. */
export function order(more: Partial<Order> = {}): Order {
  return {
    version: 1,
    id: '01K7Q2M900000000',
    reference: 'K7Q2M9',
    guild: '300000000000000001',
    channel: '400000000000000001',
    requester: ALICE,
    locale: 'en-US',
    reason: 'Friday quiz',
    quote: {
      itemCode: 'google-play-usd-5',
      name: 'Google Play 5 USD',
      brand: 'Google Play',
      quantity: 2,
      faceValue: usd('5'),
      each: usd('4.9'),
      charged: usd('9.8'),
      balance: usd('100.5'),
      expiresAt: AT + 15 * 60_000,
    },
    status: 'quoted',
    recipients: [{ user: ALICE, quantity: 2 }],
    cards: [],
    history: [step('quoted', 'asked', { by: ALICE })],
    ...more,
  };
}

export function step(status: Status, why?: Reason, more: Partial<Step> = {}): Step {
  return { at: AT, by: 'cardigan', status, ...(why && { why }), ...more };
}

/** The order once it has come to `status`; the last step says why. */
export function orderIn(status: Status, why?: Reason, more: Partial<Order> = {}, detail?: string) {
  const { history } = order();
  const last = step(status, why, detail === undefined ? {} : { detail });
  return order({ status, history: [...history, last], ...more });
}

export const remote = { orderId: 41, orderNo: 'ORD-2026-001', charged: usd('9.8') };

export function cards(count: number, deliveredAt?: number): Order['cards'] {
  return Array.from({ length: count }, (_, index) => ({
    fingerprint: `f${index}`,
    recipient: ALICE,
    parcel: 0,
    ...(deliveredAt !== undefined && { deliveredAt }),
  }));
}

export function offer(more: Partial<Offer> = {}): Offer {
  return {
    itemCode: 'google-play-usd-5',
    name: 'Google Play 5 USD',
    brand: 'Google Play',
    category: 'Apps',
    region: 'us',
    countryCodes: ['US', 'PR'],
    deliveryType: 'DIGITAL',
    charged: usd('4.9'),
    faceValue: usd('5'),
    ...more,
  };
}

const dangerous = fc.constantFrom(
  ...['**', '__', '~~', '||', '`', '```', '\\', '# ', '-# ', '> ', '- ', '\n', '\r\n', '\t', '"', ','],
  ...['<@1>', '<@&1>', '@everyone', '@here', '<#1>', '</buy:1>', '<t:0:R>', '<:a:1>', '<id:guide>'],
  ...['[here](https://evil.example)', 'https://evil.example', '<https://evil.example>', '\ud83d'],
  ...['😀', '👨‍👩‍👧', '\u202e', '\u2067', 'مرحبا', 'ünï', 'Card', '5 USD', ' ', '1. ', 'a_b*c'],
);

/** What people and vendors write at their worst: markup, mentions, other scripts, too much of it. */
export const nasty = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .array(fc.oneof({ weight: 3, arbitrary: dangerous }, fc.string({ unit: 'grapheme', maxLength: 20 })), {
        minLength: 1,
        maxLength: 60,
      })
      .map((parts) => parts.join('')),
  },
  // What escaping makes longest.
  fc.constantFrom('*', '`', '<', '\\', '😀').map((each) => each.repeat(300)),
);

/** As `nasty`, but text that survives UTF-8, as everything that came out of JSON in UTF-8 bytes does. */
export const nastyUtf8 = nasty.map((text) => text.toWellFormed());

export const amount = fc
  .tuple(fc.nat(99_999_999), fc.nat(9999), fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'))
  .map(([whole, part, currency]) => ({ amount: `${whole}.${part}1`, currency }));

export const code: fc.Arbitrary<Code> = fc.record(
  {
    code: fc.oneof(fc.stringMatching(/^[A-Z0-9]{4}(-[A-Z0-9]{4}){3}$/), nastyUtf8),
    faceValue: amount,
    metadata: fc.array(
      fc.record({
        name: fc.oneof(fc.constantFrom('Pin', 'Expiry', ''), nastyUtf8),
        value: fc.oneof(fc.stringMatching(/^[0-9]{4,8}$/), nastyUtf8, fc.constant('x'.repeat(5000))),
      }),
      { maxLength: 4 },
    ),
  },
  { requiredKeys: ['code', 'metadata'] },
);

/** Codes as an order holds them: no code twice. */
export const codes = (maxLength: number) =>
  fc.uniqueArray(code, { selector: (each) => each.code, minLength: 1, maxLength });

export const anyOffer: fc.Arbitrary<Offer> = fc.record(
  {
    itemCode: fc.oneof(nasty, fc.stringMatching(/^[a-z-]{1,110}$/)),
    name: nasty,
    brand: nasty,
    category: nasty,
    region: nasty,
    countryCodes: fc.array(nasty, { maxLength: 5 }),
    deliveryType: nasty,
    charged: amount,
    faceValue: amount,
  },
  { requiredKeys: ['itemCode', 'name', 'countryCodes', 'charged'] },
);

export const anyOrder = fc
  .record({
    itemCode: nasty,
    name: nasty,
    reason: nasty,
    each: amount,
    quantity: fc.integer({ min: 1, max: 100 }),
  })
  .map(({ itemCode, name, reason, each, quantity }) => {
    const { quote } = order();
    const { currency } = each;
    const same = { charged: { ...each }, balance: { amount: '999999999', currency } };
    return order({ reason, quote: { ...quote, itemCode, name, each, quantity, ...same } });
  });
