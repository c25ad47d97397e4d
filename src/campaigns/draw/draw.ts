import { type Member, Problem } from '../../lib/index.ts';
import { unlessUnreadable } from '../../store/index.ts';
import { lackedBy } from '../claim/eligibility.ts';
import { peopleBehind } from '../claim/sides.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign } from '../model/campaign.ts';
import { type Entry, type EntryReason, entriesIn } from '../model/entry.ts';
import { drawsAt, notedCampaign } from '../model/state-machine.ts';
import { drawFile, drawFileText, entrantsHash, type GaveWay, orderEntrants, type Placed, ranking } from './proof.ts';

/** A press that Discord delivered in time may still be on its way to the store. */
const SETTLES_MS = 3_000;

/** When a campaign's draw is to be made; undefined for one that has none, or has been drawn. */
function drawDueAt(campaign: Campaign): number | undefined {
  if (!campaign.draw || campaign.draw.drawn || campaign.startedAt === undefined) return undefined;
  // Where nobody could read who has won, or claim: until it was moved, or ended.
  if (campaign.lostPlace) return undefined;
  const { kind, endsAt } = campaign;
  // A drop that is ended before its draw is drawn then: whoever pressed took part.
  const drawAt = kind === 'drop' ? drawsAt(campaign) : undefined;
  const ends = [endsAt, drawAt].filter((at) => at !== undefined);
  return ends.length > 0 ? Math.min(...ends) + SETTLES_MS : undefined;
}

/**
 * Draws who gets a card when it is time to, takes places from who did not claim in time, and gives them on to the next. Each
 * step may be repeated after a crash.
 */
export async function draw(ctx: CampaignsContext, campaign: Campaign): Promise<Campaign> {
  const dueAt = drawDueAt(campaign);
  const isDue = dueAt !== undefined && ctx.clock.now() >= dueAt;
  const current = isDue ? await makeDraw(ctx, campaign.id) : campaign;
  if (!current.draw?.drawn) return current;
  await lapse(ctx, current);
  return fill(ctx, current);
}

async function makeDraw(ctx: CampaignsContext, id: string): Promise<Campaign> {
  const entrants = await fixEntrants(ctx, id);
  const seed = ctx.seedOf(id);
  const campaign = await ctx.campaigns.revise(id, (current) => {
    if (!current.draw || current.draw.drawn) return current;
    const at = ctx.clock.now();
    const drawn = { at, seed, entrantsHash: entrantsHash(entrants), entrants: entrants.length };
    const step = { at, by: 'cardigan', why: 'drawn' as const };
    return notedCampaign(current, step, { draw: { ...current.draw, drawn } });
  });
  ctx.log.info({ campaign: id, entrants: entrants.length }, 'a draw was made');
  return campaign;
}

/** The first to write them down fixes them: nobody joins afterwards. */
async function fixEntrants(ctx: CampaignsContext, campaign: string): Promise<string[]> {
  const known = await ctx.draws.get(campaign);
  if (known) return known.entrants;
  const users: string[] = [];
  for await (const { user } of ctx.entries.walk(entriesIn(campaign, 'entered'))) users.push(user);
  const entrants = orderEntrants(users);
  const guard = { seen: 0, tags: [], holds: [] };
  const written = await ctx.draws.write(campaign, { campaign, entrants }, guard);
  return written.ok ? entrants : fixEntrants(ctx, campaign);
}

/** All entrants of a draw that was made, in the order in which places go to them. */
async function rankingOf(ctx: CampaignsContext, campaign: Campaign): Promise<string[]> {
  const { drawn } = campaign.draw ?? {};
  if (!drawn) return [];
  return ranking(drawn.seed, drawn.entrantsHash, await fixEntrants(ctx, campaign.id));
}

/** Winners whose time to claim is over. */
async function lapse(ctx: CampaignsContext, { id }: Campaign): Promise<void> {
  for await (const entry of ctx.entries.walk(entriesIn(id, 'won'))) {
    if (ctx.clock.now() >= (entry.until ?? 0)) await giveWay(ctx, entry, 'unclaimed');
  }
}

const giveWay = ({ entries }: CampaignsContext, entry: Entry, why: EntryReason) =>
  entries.revise(entry.campaign, entry.user, (now) =>
    now.state === 'won' && now.until === entry.until ? { ...now, state: 'lapsed', why } : now,
  );

/** Gives the places that are free to the next of the ranking; who was passed over is never asked again. */
async function fill(ctx: CampaignsContext, campaign: Campaign): Promise<Campaign> {
  const order = await rankingOf(ctx, campaign);
  let current = campaign;
  while ((current.draw?.reached ?? 0) < order.length) {
    const reached = current.draw?.reached ?? 0;
    if ((await placesGiven(ctx, current)) >= current.places) break;
    if (!(await award(ctx, current, order[reached] ?? '', reached + 1))) break;
    current = await ctx.campaigns.revise(campaign.id, (now) =>
      now.draw?.reached === reached ? { ...now, draw: { ...now.draw, reached: reached + 1 } } : now,
    );
  }
  return current;
}

/** Those who have one of the places. */
const holding = ['won', 'due', 'ordered'] as const;

/**
 * How many of the places are somebody's. Of a drop also those of people who were to get a card and left: their place is
 * used up, for each place is one person's, by their rank.
 */
async function placesGiven({ entries }: CampaignsContext, { id, kind }: Campaign): Promise<number> {
  const { won, due, ordered, failed } = await entries.countIn(id, [...holding, 'failed']);
  return won + due + ordered + (kind === 'drop' ? failed : 0);
}

/** By how far down the ranking places were given, so that this is the same once more. False while nobody can tell. */
async function award(ctx: CampaignsContext, campaign: Campaign, user: string, rank: number) {
  const why = await whyNot(ctx, campaign, user);
  if (why === 'unknown') return false;
  const until = ctx.clock.now() + (campaign.claimWithinMs ?? 0);
  const isDrop = campaign.kind === 'drop';
  const place: Partial<Entry> = isDrop ? { state: 'due', slot: rank - 1 } : { state: 'won', until };
  const outcome: Partial<Entry> = why ? { state: 'lapsed', why } : place;
  // A place that cannot be read keeps nobody from theirs who comes after it.
  const given = () => ctx.entries.reviseIn(campaign.id, user, 'entered', { rank, ...outcome });
  await unlessUnreadable(given, undefined);
  return true;
}

/** Whoever is not there any more, or may not have one by now, gives way. */
async function whyNot(ctx: CampaignsContext, campaign: Campaign, user: string) {
  if (campaign.kind === 'drop') return undefined;
  if (peopleBehind(campaign).includes(user)) return 'not_eligible';
  const found = await ctx.directory.find(campaign.guild, user);
  if (found === 'unknown') return 'unknown';
  if (found === 'none') return 'gone';
  return (await lackedBy(ctx, campaign, found)).length > 0 ? 'not_eligible' : undefined;
}

/** Winners who have not claimed yet, in the order of the draw. */
export async function unclaimedWinners({ entries }: CampaignsContext, { id }: Campaign) {
  const won: Entry[] = [];
  for await (const entry of entries.walk(entriesIn(id, 'won'))) won.push(entry);
  return won.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
}

/** Whoever runs it takes a place from a winner who has not claimed yet. Throws `not_to_replace`. */
export async function replaceWinner(
  ctx: CampaignsContext,
  campaign: Campaign,
  user: string,
  member: Member,
): Promise<Campaign> {
  const entry = await ctx.entries.get(campaign.id, user);
  const gone = entry?.state === 'won' ? await giveWay(ctx, entry, 'replaced') : undefined;
  if (gone?.state !== 'lapsed') throw new Problem('not_to_replace', { reference: campaign.reference });
  const step = { at: ctx.clock.now(), by: member.user, why: 'replaced' as const, detail: user };
  const noted = await ctx.campaigns.revise(campaign.id, (now) => notedCampaign(now, step));
  return fill(ctx, noted);
}

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
export async function drawFileOf(ctx: CampaignsContext, campaign: Campaign) {
  const { id, places, draw } = campaign;
  if (!draw?.drawn) return undefined;
  const ranked = await rankingOf(ctx, campaign);
  // Of those that the ranking has been gone down to: what became of them.
  const winners: Placed[] = [];
  const gaveWay: GaveWay[] = [];
  for (const [at, user] of ranked.slice(0, draw.reached).entries()) {
    const entry = await unlessUnreadable(() => ctx.entries.get(id, user), 'unreadable' as const);
    if (entry === 'unreadable') continue;
    const { state, why = 'left' } = entry ?? { state: 'left' };
    const place = at + 1;
    if (holding.some((each) => each === state)) winners.push({ user, place });
    // Nothing yet of who is still entered.
    else if (state !== 'entered') gaveWay.push({ user, place, why: reasonWords[why] });
  }
  return drawFile({ campaign: id, seed: draw.drawn.seed, entrants: ranked, places, winners, gaveWay });
}

/** What came of a campaign's draw, for everybody to read; undefined before it. */
export async function drawShown(ctx: CampaignsContext, campaign: Campaign) {
  const file = await drawFileOf(ctx, campaign);
  return file && { winners: file.winners.map(({ user }) => user), file: drawFileText(file) };
}
