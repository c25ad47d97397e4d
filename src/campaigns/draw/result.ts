import type { Campaign } from '../model/campaign.ts';
import type { Entry, EntryReason } from '../model/entry.ts';
import { type DrawFile, drawFile, type GaveWay } from './proof.ts';

/** Those who have one of the places. */
export const holding = ['won', 'due', 'ordered'] as const;

/** Why somebody who was drawn has no card, as the file of the draw says it. */
const reasonWords: Record<EntryReason | 'left', GaveWay['why']> = {
  // Only of bulk sends, which have no draw.
  not_found: 'left',
  ...{ left: 'left', gone: 'left', not_eligible: 'not_eligible' },
  ...{ unclaimed: 'not_claimed', replaced: 'replaced', called_off: 'replaced' },
};

/** Of whoever the ranking has been gone down to: what became of them. Nothing yet of who is still entered. */
function outcomeOf(user: string, place: number, entry?: Entry) {
  const { state, why = 'left' } = entry ?? { state: 'left' as const };
  if (holding.some((each) => each === state)) return { winner: { user, place } };
  return state === 'entered' ? {} : { gaveWay: { user, place, why: reasonWords[why] } };
}

/** The file of a draw. `entries`: of those at the top of the ranking, as far as it was gone down. */
export function drawResult(
  { id, places }: Pick<Campaign, 'id' | 'places'>,
  seed: string,
  ranked: readonly string[],
  entries: readonly (Entry | undefined)[],
): DrawFile {
  const outcomes = entries.map((entry, at) => outcomeOf(ranked[at] ?? '', at + 1, entry));
  return drawFile({
    ...{ campaign: id, seed, entrants: ranked, places },
    winners: outcomes.flatMap(({ winner }) => winner ?? []),
    gaveWay: outcomes.flatMap(({ gaveWay }) => gaveWay ?? []),
  });
}
