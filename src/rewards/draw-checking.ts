import { entrantsHash, orderEntrants, ranking, seedHash } from './draw.ts';
import type { DrawFile } from './draw-file.ts';

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
  const { winners, places } = file;
  return [
    ...seedProblems(file, published),
    ...entrantProblems(file),
    ...placeProblems(file),
    ...(winners.length > places
      ? [{ code: 'too_many_winners' as const, winners: winners.length, places }]
      : []),
  ];
}

function seedProblems(file: DrawFile, published: string | undefined): DrawProblem[] {
  const is = seedHash(file.seed);
  return [
    ...(is === file.seedHash ? [] : [{ code: 'seed_differs' as const, is }]),
    ...(published === undefined || is === published
      ? []
      : [{ code: 'published_differs' as const, is }]),
  ];
}

/** The list is hashed as it stands, for that is what everybody else would hash. */
function entrantProblems({ entrants, entrantsHash: said }: DrawFile): DrawProblem[] {
  const ordered = orderEntrants(entrants);
  const isOrdered =
    ordered.length === entrants.length && ordered.every((user, i) => user === entrants[i]);
  const is = entrantsHash(entrants);
  return [
    ...(isOrdered ? [] : [{ code: 'out_of_order' as const }]),
    ...(is === said ? [] : [{ code: 'entrants_differ' as const, is }]),
  ];
}

function placeProblems({ seed, entrantsHash: hash, entrants, ...file }: DrawFile): DrawProblem[] {
  const ranked = ranking(seed, hash, entrants);
  const placeOf = new Map(ranked.map((user, i) => [user, i + 1]));
  const listed = new Set<string>();
  const problems: DrawProblem[] = [];
  let last = 0;
  for (const { user, place: says } of [...file.winners, ...file.gaveWay]) {
    const is = placeOf.get(user);
    if (is === undefined) problems.push({ code: 'not_entered', user });
    else if (is !== says) problems.push({ code: 'wrong_place', user, says, is });
    if (listed.has(user)) problems.push({ code: 'listed_twice', user });
    listed.add(user);
    last = Math.max(last, is ?? 0);
  }
  const skipped = ranked
    .slice(0, last)
    .flatMap((user, i): DrawProblem[] =>
      listed.has(user) ? [] : [{ code: 'skipped', user, place: i + 1 }],
    );
  return [...problems, ...skipped];
}
