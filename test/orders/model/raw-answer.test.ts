import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codesIn, hasCodes, hasMore, hasOneOf, sealable, withLater } from '../../../src/orders/model/raw-answer.ts';
import { orderAnswer, rawAnswer } from '../vendor.ts';

const number = fc.nat(8);
const thin = (i: number) => ({ code: `code ${i}`, metadata: [] });
/** Without a PIN, because later answers show none. */
const late = (i: number) => ({ ...thin(i), lacks: 'never_shown' });
const rich = (i: number) => ({ code: `code ${i}`, metadata: [{ name: 'Pin', value: `pin ${i}` }] });
const answered = (numbers: readonly number[]) =>
  sealable(
    orderAnswer({
      orderId: 1,
      amount: '1',
      codes: numbers.map((i) => ({ code: `code ${i}`, pin: `pin ${i}` })),
    }),
  );

describe('what is sealed for an order', () => {
  it('holds every code once; the PIN that came with the purchase outlives all later answers', () => {
    const batches = fc.array(fc.array(number), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(number), batches, (bought, later) => {
        let sealed = answered(bought);
        for (const batch of later) sealed = withLater(sealed, 1, batch.map(thin));
        const first = [...new Set(bought)];
        const rest = [...new Set(later.flat())].filter((i) => !first.includes(i));
        expect(codesIn(sealed, 1)).toEqual([...first.map(rich), ...rest.map(late)]);
      }),
    );
  });

  it('keeps the first entry of a code even where a later one was sealed beside it', () => {
    expect(codesIn({ ...answered([1]), later: [thin(1), thin(2)] }, 1)).toEqual([rich(1), late(2)]);
  });

  it('keeps both PINs of a code that the answer names twice', () => {
    const codes = ['first', 'second'].map((pin) => ({ code: 'shared', pin }));
    const sealed = sealable(orderAnswer({ orderId: 1, amount: '1', codes }));
    expect(codesIn(sealed, 1)).toEqual([
      {
        code: 'shared',
        metadata: [
          { name: 'Pin', value: 'first' },
          { name: 'Pin', value: 'second' },
        ],
      },
    ]);
  });

  it('holds no codes of an order that is not the one it was bought as', () => {
    expect(codesIn({ ...answered([1]), later: [thin(2)] }, 2)).toEqual([late(2)]);
  });

  it.each([
    [
      'whatever its status and envelope',
      500,
      { success: false, data: { order_id: 1, codes: [{ code: 'code 1', metadata: { Pin: 'pin 1' } }] } },
    ],
    [
      'that names no order, for it came to our POST',
      200,
      { data: { codes: { code: 'code 1', metadata: [{ Pin: 'pin 1' }] } } },
    ],
  ])('holds the codes of an answer %s', (_, status, body) => {
    expect(codesIn(sealable(rawAnswer(status, body)), 1)).toEqual([rich(1)]);
  });

  it('takes no more codes than an order can have, from whichever answer, and knows of the rest', () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => thin(i));
    const sealed = sealable(rawAnswer(200, { success: true, data: { order_id: 1, codes: many(20_000) } }));
    expect(codesIn(sealed, 1)).toHaveLength(100);
    expect(hasMore(sealed)).toBe(true);
    expect(withLater(sealed, 1, [thin(30_000)]).later).toEqual([]);
    expect(withLater(undefined, 1, many(300)).later).toHaveLength(100);
    expect(hasMore(answered([1]))).toBe(false);
  });

  it('holds no codes where nobody can read the answer, and keeps it as it came', () => {
    const sealed = sealable(rawAnswer(200, 'Thank you!', false));
    expect(codesIn(sealed, 1)).toEqual([]);
    expect(withLater(sealed, 1, [thin(1)])).toEqual({ ...sealed, later: [thin(1)] });
    expect(codesIn(withLater(undefined, 1, [thin(1)]), 1)).toEqual([late(1)]);
  });
});

describe('an answer that comes when its attempt counts as over', () => {
  const codes = [{ code: 'SECRET-1', pin: 'PIN-1' }];

  it('and names no order is kept, and given to nobody: by then another may have what it is of', () => {
    const { body } = orderAnswer({ orderId: 1, amount: '1', codes });
    const text = Buffer.from(body).toString();
    const nameless = rawAnswer(200, text.replace('"order_id":1', '"order_id":null'));
    const sealed = sealable(nameless, { later: [] }, true);
    expect(codesIn(sealed, 7)).toEqual([]);
    expect(hasCodes(sealed)).toBe(true);
    expect(hasOneOf(sealed, ['SECRET-1'])).toBe(true);
    expect(codesIn(sealable(nameless), 7)).toHaveLength(1);
    // What names its order is that one's, whenever it comes.
    expect(codesIn(sealable(orderAnswer({ orderId: 1, amount: '1', codes }), sealed, true), 1)).toHaveLength(1);
  });
});
