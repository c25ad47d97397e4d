import { z } from 'zod';
import type { Placed } from './draw.ts';
import { entrantsHash, orderEntrants, seedHash } from './draw.ts';

const user = z.string().regex(/^[1-9]\d{0,19}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const place = z.int().min(1);

/** Why somebody who was drawn has no card. */
export const gaveWayReasons = ['left', 'not_eligible', 'not_claimed', 'replaced'] as const;

/** All that it takes to repeat a draw, published with its result. `npm run verify-draw` reads it, and so do others. */
export const drawFileSchema = z.object({
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

export interface Drawn {
  readonly campaign: string;
  readonly seed: string;
  readonly entrants: Iterable<string>;
  readonly places: number;
  readonly winners: readonly Placed[];
  readonly gaveWay: readonly GaveWay[];
}

/** The file of a draw that is over: it says the seed. */
export function drawFile({ campaign, seed, entrants, places, winners, gaveWay }: Drawn): DrawFile {
  const ordered = orderEntrants(entrants);
  return {
    ...{ version: 1, campaign, seedHash: seedHash(seed), seed },
    ...{ entrantsHash: entrantsHash(ordered), places },
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
