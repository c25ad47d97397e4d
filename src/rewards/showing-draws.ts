import type { Campaign } from './campaign.ts';
import type { GaveWay } from './draw-file.ts';
import { drawFile, drawFileText } from './draw-file.ts';
import type { Drawing } from './drawing.ts';
import type { Entry, EntryReason, EntryState } from './entry.ts';
import { entriesIn } from './entry.ts';
import type { EntryBook } from './entry-book.ts';
import type { DrawShown } from './ports.ts';

interface Parts {
  entries: Pick<EntryBook, 'walk'>;
  drawing: Pick<Drawing, 'entrantsOf'>;
}

/** Everybody who was reached by the draw is in one of these. */
const reached: readonly EntryState[] = ['won', 'due', 'ordered', 'failed', 'lapsed'];

const whyGaveWay: Record<EntryReason, GaveWay['why']> = {
  gone: 'left',
  not_eligible: 'not_eligible',
  unclaimed: 'not_claimed',
  called_off: 'not_claimed',
  replaced: 'replaced',
};

type Ranked = Entry & { readonly rank: number };
const isRanked = (entry: Entry): entry is Ranked => entry.rank !== undefined;
const hasGivenWay = ({ state }: Entry) => state === 'lapsed' || state === 'failed';

/** What came of a campaign's draw; undefined before it. */
export function createShowingDraws({ entries, drawing }: Parts) {
  async function rankedOf(id: string): Promise<Ranked[]> {
    const all: Ranked[] = [];
    for (const state of reached) {
      for await (const entry of entries.walk(entriesIn(id, state))) {
        if (isRanked(entry)) all.push(entry);
      }
    }
    return all.toSorted((a, b) => a.rank - b.rank);
  }

  return async ({ id, draw, places }: Campaign): Promise<DrawShown | undefined> => {
    if (!draw?.drawn) return undefined;
    const ranked = await rankedOf(id);
    const winners = ranked.filter((entry) => !hasGivenWay(entry));
    const file = drawFile({
      ...{ campaign: id, seed: draw.drawn.seed, places },
      entrants: await drawing.entrantsOf(id),
      winners: winners.map(({ user, rank: place }) => ({ user, place })),
      gaveWay: ranked
        .filter(hasGivenWay)
        .map(({ user, rank: place, why = 'gone' }) => ({ user, place, why: whyGaveWay[why] })),
    });
    return { winners: winners.map(({ user }) => user), file: drawFileText(file) };
  };
}
