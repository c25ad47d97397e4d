import type { CampaignsContext } from '../context.ts';
import type { Campaign } from '../model/campaign.ts';
import type { Entry, EntryReason } from '../model/entry.ts';
import type { DrawShown } from '../model/ports.ts';
import { holding, rankingOf } from './draw.ts';
import { type DrawFile, drawFile, drawFileText, type GaveWay } from './proof.ts';

/** Why somebody who was drawn has no card, as the file of the draw says it. */
const reasonWords: Record<EntryReason | 'left', GaveWay['why']> = {
  // Only of bulk sends, which have no draw.
  not_found: 'left',
  left: 'left',
  gone: 'left',
  not_eligible: 'not_eligible',
  unclaimed: 'not_claimed',
  replaced: 'replaced',
  called_off: 'replaced',
};

/** All that it takes to repeat a draw; undefined before it is made. */
export async function drawFileOf(
  ctx: CampaignsContext,
  campaign: Campaign,
): Promise<DrawFile | undefined> {
  const { id, places, draw } = campaign;
  if (!draw?.drawn) return undefined;
  const ranked = await rankingOf(ctx, campaign);
  // Of those that the ranking has been gone down to: what became of them.
  const outcomes: ReturnType<typeof outcomeOf>[] = [];
  for (const [at, user] of ranked.slice(0, draw.reached).entries())
    outcomes.push(outcomeOf(user, at + 1, await ctx.entries.get(id, user)));
  return drawFile({
    campaign: id,
    seed: draw.drawn.seed,
    entrants: ranked,
    places,
    winners: outcomes.flatMap(({ winner }) => winner ?? []),
    gaveWay: outcomes.flatMap(({ gaveWay }) => gaveWay ?? []),
  });
}

/** Nothing yet of who is still entered. */
function outcomeOf(user: string, place: number, entry: Entry | undefined) {
  const { state, why = 'left' } = entry ?? { state: 'left' as const };
  if (holding.some((each) => each === state)) return { winner: { user, place } };
  return state === 'entered' ? {} : { gaveWay: { user, place, why: reasonWords[why] } };
}

/** What came of a campaign's draw, for everybody to read; undefined before it. */
export async function drawShown(
  ctx: CampaignsContext,
  campaign: Campaign,
): Promise<DrawShown | undefined> {
  const file = await drawFileOf(ctx, campaign);
  return file && { winners: file.winners.map(({ user }) => user), file: drawFileText(file) };
}
