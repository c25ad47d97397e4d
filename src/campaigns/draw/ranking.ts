import { createHash } from 'node:crypto';

/**
 * A draw that anybody can repeat (docs/fair-draw.md). What is hashed here is published, and people's own scripts hash the
 * same: changing one byte of it makes every earlier draw look wrong.
 */

/** What is published of the seed when the draw is announced: SHA-256 of the seed's text, as hexadecimal characters. */
export function seedHash(seed: string): string {
  return createHash('sha256').update(seed).digest('hex');
}

/** Each entrant once, by the number that their id is. */
export function orderEntrants(ids: Iterable<string>): string[] {
  return [...new Set(ids)].sort(byNumber);
}

/** Ids have no leading zeros: the longer one is greater, and of the same length text sorts as numbers do. */
function byNumber(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}

/** SHA-256 over the ids, each followed by a line feed; in the order of `orderEntrants`. */
export function entrantsHash(orderedIds: readonly string[]): string {
  const hash = createHash('sha256');
  for (const id of orderedIds) hash.update(`${id}\n`);
  return hash.digest('hex');
}

const DIGEST_BYTES = 32;

/**
 * All entrants in the order in which places go to them: by the SHA-256 of "seed:hash of the entrants:id", lowest first.
 * `ids` may come in any order. The digests stand in one buffer, for there may be 100,000.
 */
export function ranking(seed: string, hash: string, ids: Iterable<string>): string[] {
  const entrants = [...new Set(ids)];
  const digests = Buffer.alloc(entrants.length * DIGEST_BYTES);
  entrants.forEach((id, i) => {
    createHash('sha256')
      .update(`${seed}:${hash}:${id}`)
      .digest()
      .copy(digests, i * DIGEST_BYTES);
  });
  const compare = (a: number, b: number) => {
    const [from, other] = [a * DIGEST_BYTES, b * DIGEST_BYTES];
    return digests.compare(digests, other, other + DIGEST_BYTES, from, from + DIGEST_BYTES);
  };
  return Array.from(Uint32Array.from(entrants.keys()).sort(compare), (i) => entrants[i] as string);
}

/** Somebody, and their place in the ranking, from 1. */
export interface Placed {
  readonly user: string;
  readonly place: number;
}
