import { createHash } from 'node:crypto';
import { z } from 'zod';

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

const user = z.string().regex(/^[1-9]\d{0,19}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const place = z.int().min(1);

/** Why somebody who was drawn has no card. */
export const gaveWayReasons = ['left', 'not_eligible', 'not_claimed', 'replaced'] as const;

/** All that it takes to repeat a draw, published with its result. `npm run verify-draw` reads it, and so do others. */
const drawFileSchema = z.object({
  version: z.literal(1),
  campaign: z.string().regex(/^[0-9A-Z]{1,16}$/),
  seedHash: hash,
  seed: hash,
  entrantsHash: hash,
  /** How many were to win. */
  places: z.int().min(1),
  winners: z.array(z.object({ user, place })),
  gaveWay: z.array(z.object({ user, place, why: z.enum(gaveWayReasons) })),
  /** In the order in which they are hashed. The longest part is the last. */
  entrants: z.array(user),
});
export type DrawFile = z.infer<typeof drawFileSchema>;
export type GaveWay = DrawFile['gaveWay'][number];

/** What follows from the rest is left out. */
type Drawn = Pick<DrawFile, 'campaign' | 'seed' | 'places' | 'winners' | 'gaveWay'> & {
  readonly entrants: Iterable<string>;
};

/** The file of a draw that is over: it says the seed. */
export function drawFile({ campaign, seed, entrants, places, winners, gaveWay }: Drawn): DrawFile {
  const ordered = orderEntrants(entrants);
  return {
    version: 1,
    campaign,
    seedHash: seedHash(seed),
    seed,
    entrantsHash: entrantsHash(ordered),
    places,
    winners: winners.map((each) => ({ user: each.user, place: each.place })),
    gaveWay: gaveWay.map((each) => ({ user: each.user, place: each.place, why: each.why })),
    entrants: ordered,
  };
}

/** As it is attached: an entrant a line, so that people find themselves. 100,000 entrants take 3 MB. */
export function drawFileText(file: DrawFile): string {
  return `${JSON.stringify(file, undefined, 1)}\n`;
}

/** `wrong`: the path of the first thing that is missing or not as it should be; empty where the text is no JSON. */
export function readDrawFile(text: string): { file: DrawFile } | { wrong: string } {
  const read = parsed(text.replace(/^\uFEFF/, ''));
  if (read === undefined) return { wrong: '' };
  const { data, error } = drawFileSchema.safeParse(read.json);
  return data ? { file: data } : { wrong: error.issues[0]?.path.join('.') || 'version' };
}

function parsed(text: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** What is wrong with a draw; `place` counts from 1 in the ranking. */
export type DrawProblem =
  | { readonly code: 'seed_differs'; readonly is: string }
  | { readonly code: 'published_differs'; readonly is: string }
  | { readonly code: 'out_of_order' }
  | { readonly code: 'entrants_differ'; readonly is: string }
  | { readonly code: 'not_entered'; readonly user: string }
  | { readonly code: 'listed_twice'; readonly user: string }
  | {
      readonly code: 'wrong_place';
      readonly user: string;
      readonly says: number;
      readonly is: number;
    }
  | { readonly code: 'skipped'; readonly user: string; readonly place: number }
  | { readonly code: 'too_many_winners'; readonly winners: number; readonly places: number };

/**
 * All that does not hold, nothing for a draw that is as it should be. `published`: the hash that was announced before
 * anybody could know the seed; without it, the seed proves nothing.
 */
export function checkDraw(file: DrawFile, published?: string): DrawProblem[] {
  return [...seedProblems(file, published), ...entrantProblems(file), ...placeProblems(file)];
}

type Problems = Generator<DrawProblem, void, undefined>;

function* seedProblems(file: DrawFile, published: string | undefined): Problems {
  const is = seedHash(file.seed);
  if (is !== file.seedHash) yield { code: 'seed_differs', is };
  if (published !== undefined && is !== published) yield { code: 'published_differs', is };
}

/** The list is hashed as it stands, for that is what everybody else would hash. */
function* entrantProblems({ entrants, entrantsHash: said }: DrawFile): Problems {
  const ordered = orderEntrants(entrants);
  const isOrdered = ordered.length === entrants.length && ordered.every((user, i) => user === entrants[i]);
  if (!isOrdered) yield { code: 'out_of_order' };
  const is = entrantsHash(entrants);
  if (is !== said) yield { code: 'entrants_differ', is };
}

function* placeProblems({ seed, entrantsHash: hash, entrants, ...file }: DrawFile): Problems {
  const ranked = ranking(seed, hash, entrants);
  const placeOf = new Map(ranked.map((user, i) => [user, i + 1]));
  const { winners, gaveWay, places } = file;
  const listed = new Set<string>();
  let last = 0;
  for (const { user, place: says } of [...winners, ...gaveWay]) {
    const is = placeOf.get(user);
    if (is === undefined) yield { code: 'not_entered', user };
    else if (is !== says) yield { code: 'wrong_place', user, says, is };
    if (listed.has(user)) yield { code: 'listed_twice', user };
    listed.add(user);
    last = Math.max(last, is ?? 0);
  }
  for (const [i, user] of ranked.slice(0, last).entries())
    if (!listed.has(user)) yield { code: 'skipped', user, place: i + 1 };
  if (winners.length > places) yield { code: 'too_many_winners', winners: winners.length, places };
}
