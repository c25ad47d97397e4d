import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  packButtonId,
  packItem,
  packPage,
  parseButtonId,
  parseItem,
  parsePage,
} from '../../../src/views/kit/custom-id.ts';
import { buttonFor } from '../../../src/views/kit/message.ts';

const verb = fc.stringMatching(/^[a-z]{1,10}\.[a-z]{1,10}$/);
const itemCode = fc.string({ unit: 'binary', maxLength: 60 });

describe('what a button carries', () => {
  it('comes back from its id as it went in', () => {
    fc.assert(
      fc.property(verb, itemCode, (name, argument) => {
        const id = packButtonId(name, argument);
        if (id === undefined) throw new Error('it would have fitted');
        expect(parseButtonId(id)).toEqual({ verb: name, argument });
      }),
    );
  });

  it('is an item with its quantity, whatever its code looks like', () => {
    fc.assert(
      fc.property(itemCode, fc.integer({ min: 1, max: 100 }), (code, quantity) => {
        expect(parseItem(packItem(code, quantity))).toEqual({ itemCode: code, quantity });
      }),
    );
  });

  it('is a page of a list', () => {
    expect(parsePage(packPage('c0ffee', 3))).toEqual({ query: 'c0ffee', page: '3' });
  });

  it('fits the 100 characters that Discord allows, or there is no button', () => {
    expect(packButtonId('a', 'x'.repeat(98))).toHaveLength(100);
    expect(packButtonId('a', 'x'.repeat(99))).toBeUndefined();
    expect(buttonFor('product.buy', 'x'.repeat(100), 'Buy')).toBeUndefined();
  });

  it('may be a verb alone', () => {
    expect(parseButtonId('something-old')).toEqual({ verb: 'something-old', argument: '' });
  });
});
