import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entrantsHash, orderEntrants, ranking, seedHash } from '../../../src/campaigns/draw/proof.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A seed that is the same on every run. */
const seedOf = (number: number) => sha256(`seed ${number}`);

const id = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String);
const ids = fc.array(id, { minLength: 2, maxLength: 30 });
const seed = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));

function draw(secret: string, entrants: readonly string[]): string[] {
  const ordered = orderEntrants(entrants);
  return ranking(secret, entrantsHash(ordered), ordered);
}

describe('a draw', () => {
  // Each literal comes from sha256sum, as in docs/fair-draw.md.
  it('is what sha256sum makes of it', () => {
    const secret = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff';
    const entrants = ['80351110224678912', '175928847299117063', '1123456789012345678'];
    expect(seedHash(secret)).toBe('2a8abfa8cb9906290437854193ca6bca41d4d4e26d1d454bd66a35158095e737');
    const hash = entrantsHash(entrants);
    expect(hash).toBe('af1234d53d1e93b58fe84c2f81bbdb28dbde177974ceb623644199a7ab5bca4b');
    expect(ranking(secret, hash, entrants)).toEqual(['175928847299117063', '1123456789012345678', '80351110224678912']);
  });

  it('has no entrants at all where nobody entered', () => {
    expect(entrantsHash([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(ranking(seedOf(1), entrantsHash([]), [])).toEqual([]);
  });

  it('ranks by the hash of seed, entrants and member, lowest first, each member once', () => {
    fc.assert(
      fc.property(seed, ids, (secret, entrants) => {
        const hash = entrantsHash(orderEntrants(entrants));
        const ranked = draw(secret, entrants);
        const hashes = ranked.map((user) => sha256(`${secret}:${hash}:${user}`));
        expect(hashes).toEqual([...hashes].sort());
        expect(new Set(ranked)).toEqual(new Set(entrants));
        expect(ranked).toHaveLength(new Set(entrants).size);
      }),
    );
  });

  it('orders members by the number that their id is', () => {
    fc.assert(
      fc.property(ids, (entrants) => {
        const numbers = [...new Set(entrants.map(BigInt))];
        numbers.sort((a, b) => (a < b ? -1 : 1));
        expect(orderEntrants(entrants)).toEqual(numbers.map(String));
      }),
    );
  });

  it('does not depend on who entered first, or twice', () => {
    const shuffled = ids.chain((entrants) =>
      fc.tuple(
        fc.constant(entrants),
        fc.shuffledSubarray([...entrants, ...entrants], { minLength: entrants.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(seed, shuffled, (secret, [entrants, again]) => {
        expect(orderEntrants(again)).toEqual(orderEntrants(entrants));
        expect(draw(secret, again)).toEqual(draw(secret, entrants));
        const hash = entrantsHash(orderEntrants(entrants));
        expect(ranking(secret, hash, again)).toEqual(draw(secret, entrants));
      }),
    );
  });

  it('has another hash with one entrant more', () => {
    fc.assert(
      fc.property(ids, id, (entrants, late) => {
        fc.pre(!entrants.includes(late));
        const hash = entrantsHash(orderEntrants(entrants));
        expect(entrantsHash(orderEntrants([...entrants, late]))).not.toBe(hash);
      }),
    );
  });

  it('is another one when a single digit of the seed differs', () => {
    const entrants = Array.from({ length: 50 }, (_, i) => String(10n ** 17n + BigInt(i)));
    const digit = fc.integer({ min: 0, max: 63 });
    fc.assert(
      fc.property(seed, digit, fc.integer({ min: 1, max: 15 }), (secret, at, by) => {
        const other = ((Number.parseInt(secret.charAt(at), 16) + by) % 16).toString(16);
        const changed = secret.slice(0, at) + other + secret.slice(at + 1);
        expect(seedHash(changed)).not.toBe(seedHash(secret));
        expect(draw(changed, entrants)).not.toEqual(draw(secret, entrants));
      }),
    );
  });

  it('gives every entrant the same chance of every place', () => {
    const entrants = Array.from({ length: 20 }, (_, i) => String(10n ** 17n + BigInt(i) * 7n));
    const rounds = 4000;
    const counts = entrants.map(() => new Map<string, number>());
    for (let i = 0; i < rounds; i++) {
      draw(seedOf(i), entrants).forEach((user, place) => {
        counts[place]?.set(user, (counts[place]?.get(user) ?? 0) + 1);
      });
    }
    const expected = rounds / entrants.length;
    const chiSquares = counts.map((count) =>
      entrants.reduce((sum, user) => sum + ((count.get(user) ?? 0) - expected) ** 2 / expected, 0),
    );
    // With 19 degrees of freedom, one fair place in 20,000 is above 52. The seeds are fixed: so is the outcome.
    expect(Math.max(...chiSquares)).toBeLessThan(52);
    // And nothing is distributed more evenly than chance does it.
    expect(Math.min(...chiSquares)).toBeGreaterThan(4);
  });
});
