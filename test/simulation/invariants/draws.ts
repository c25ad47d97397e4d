import { entrantsHash, orderEntrants, ranking, seedHash } from '../../../src/campaigns/draw/proof.ts';
import type { Campaign } from '../../../src/campaigns/model/campaign.ts';
import type { Facts, Invariant } from '../facts.ts';

const rankedIn = ({ places }: Facts, id: string) =>
  [...places.values()].filter(({ campaign, rank }) => campaign === id && rank !== undefined);

/** A draw's numbers are hashed anew only where they changed. */
const rankings = new WeakMap<object, string[]>();

function rankingOf({ seed, entrantsHash: hash }: { seed: string; entrantsHash: string }, users: readonly string[]) {
  const known = rankings.get(users) ?? ranking(seed, hash, users);
  rankings.set(users, known);
  return known;
}

/** By the seed that was promised, among those who were in it when it was fixed. */
function drawnWrongly({ id, draw }: Campaign, { draws }: Facts): string[] {
  const { drawn } = draw ?? {};
  if (!draw || !drawn) return [];
  const fixed = draws.get(id);
  const isRight =
    fixed !== undefined &&
    seedHash(drawn.seed) === draw.seedHash &&
    entrantsHash(orderEntrants(fixed)) === drawn.entrantsHash &&
    fixed.length === drawn.entrants;
  return isRight ? [] : [`${id} was not drawn among those who were fixed`];
}

/** Places go down the ranking, to nobody who was not in the draw; nobody is passed over. */
function placedWrongly({ id, draw }: Campaign, facts: Facts): string[] {
  const placed = rankedIn(facts, id);
  const { drawn } = draw ?? {};
  if (!drawn) return placed.length === 0 ? [] : [`${id} has winners before it was drawn`];
  const order = rankingOf(drawn, facts.draws.get(id) ?? []);
  return placed
    .filter(({ user, rank = 0 }) => order[rank - 1] !== user)
    .map(({ user, rank }) => `${user} has place ${rank} in ${id}, which is not theirs`);
}

/** Whoever has a place in a draw was given it by the draw. */
function placedWithout({ id, draw }: Campaign, { places }: Facts): string[] {
  if (!draw) return [];
  return [...places.values()]
    .filter(({ campaign, state, rank, slot }) => {
      const hasPlace = ['won', 'due', 'ordered', 'failed'].includes(state);
      // In a drop that was drawn, the places that are left go to whoever comes.
      return campaign === id && hasPlace && rank === undefined && slot === undefined;
    })
    .map(({ user }) => `${user} has a place in ${id} without a draw`);
}

/** At any time no more have a place than there are cards. */
function tooMany({ id, places, draw }: Campaign, facts: Facts): string[] {
  if (!draw) return [];
  const taken = rankedIn(facts, id).filter(({ state }) => ['won', 'due', 'ordered'].includes(state));
  return taken.length > places ? [`${id} has ${places} places, and ${taken.length} have won`] : [];
}

/** A draw is what anybody can find out by its seed and its list, and gives no more places than there are. */
export const drawnFairly: Invariant = (facts) =>
  [...facts.campaigns.values()].flatMap((campaign) =>
    [drawnWrongly, placedWrongly, placedWithout, tooMany].flatMap((judge) => judge(campaign, facts)),
  );
