import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newOrderId, newReference } from '../../src/orders/ids.ts';
import { createRandom } from './desk.ts';

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
});
