import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codesIn, sealable, withLater } from '../../../src/orders/model/raw-answer.ts';
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

  it('holds no codes where nobody can read the answer, and keeps it as it came', () => {
    const sealed = sealable(rawAnswer(200, 'Thank you!', false));
    expect(codesIn(sealed, 1)).toEqual([]);
    expect(withLater(sealed, 1, [thin(1)])).toEqual({ ...sealed, later: [thin(1)] });
    expect(codesIn(withLater(undefined, 1, [thin(1)]), 1)).toEqual([late(1)]);
  });
});
