import { createHash } from 'node:crypto';
import {
  type DrawFile,
  drawFile,
  entrantsHash,
  type GaveWay,
  orderEntrants,
  type Placed,
  ranking,
} from '../../src/campaigns/draw/proof.ts';

interface How {
  readonly entrants: number;
  readonly places: number;
  /** For each, one who was drawn gave way: the first in the ranking, the third, the fifth and so on. */
  readonly out: readonly GaveWay['why'][];
  readonly seed?: string;
}

export const anEntrant = (number: number): string => String(10n ** 17n + BigInt(number) * 7919n);

/** The file of a draw that went by the rules. */
export function aDraw({ entrants: count, places, out, seed = seedOf('a draw') }: How): DrawFile {
  const entrants = orderEntrants(Array.from({ length: count }, (_, i) => anEntrant(i)));
  const ranked = ranking(seed, entrantsHash(entrants), entrants);
  const gaveWay: GaveWay[] = [];
  for (const [i, why] of out.entries()) {
    const place = 2 * i + 1;
    const user = ranked[place - 1];
    const drawn = winnersOf(ranked, places, new Set(gaveWay.map((each) => each.user)));
    if (user && drawn.some((each) => each.user === user)) gaveWay.push({ user, place, why });
  }
  const winners = winnersOf(ranked, places, new Set(gaveWay.map((each) => each.user)));
  return drawFile({ campaign: 'K7Q2M9', seed, entrants, places, winners, gaveWay });
}

function seedOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The first so many of the ranking who did not give way: the next takes a place that became free, never an earlier one. */
export function winnersOf(ranked: readonly string[], places: number, gaveWay: ReadonlySet<string>): Placed[] {
  return ranked
    .values()
    .map((user, i) => ({ user, place: i + 1 }))
    .filter(({ user }) => !gaveWay.has(user))
    .take(places)
    .toArray();
}
