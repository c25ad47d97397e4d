import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newOrderId, newReference, readReference } from '../../../src/orders/model/ids.ts';
import { createRandom } from '../desk.ts';

const time = fc.integer({ min: 0, max: Date.UTC(2999, 0) });

describe('names of orders', () => {
  it('an id sorts by time and has 16 characters', () => {
    fc.assert(
      fc.property(time, time, fc.integer(), (earlier, later, seed) => {
        const random = createRandom(seed);
        const ids = [newOrderId(earlier, random), newOrderId(later, random)] as const;
        for (const id of ids) expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
        if (earlier !== later) expect(ids[0] < ids[1]).toBe(earlier < later);
      }),
    );
  });

  it('a reference has six characters that cannot be mistaken for each other, all of them used', () => {
    const random = createRandom();
    const references = Array.from({ length: 500 }, () => newReference(random));
    for (const reference of references) expect(reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/);
    expect(new Set(references.join('')).size).toBe(32);
    expect(new Set(references).size).toBe(500);
  });

  it.each([
    ['K7Q2M9', 'K7Q2M9'],
    ['k7q2m9', 'K7Q2M9'],
    [' k7q 2m9\n', 'K7Q2M9'],
    ['`K7Q-2M9`', 'K7Q2M9'],
    ['olIOLi', '011011'],
    ['Ｋ７Ｑ２Ｍ９', 'K7Q2M9'],
  ])('a reference is read as people type it: %j', (typed, reference) => {
    expect(readReference(typed)).toBe(reference);
  });

  it('a reference survives being read, in capitals and in small letters', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const reference = newReference(createRandom(seed));
        expect(readReference(reference)).toBe(reference);
        expect(readReference(reference.toLowerCase())).toBe(reference);
      }),
    );
  });

  it.each(['', 'K7Q2M', 'K7Q2M99', 'K7Q2MU', 'K7Q2Mß', '', '😀'.repeat(6)])(
    'what can be no reference is none: %j',
    (typed) => {
      expect(readReference(typed)).toBeUndefined();
    },
  );
});
