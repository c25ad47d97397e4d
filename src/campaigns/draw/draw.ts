import { z } from 'zod';
import { type Clock, type Directory, type Log, type Member, Problem } from '../../lib/index.ts';
import type { Records } from '../../store/index.ts';
import { drawsAt } from '../claim/claim.ts';
import type { Admitting } from '../claim/eligibility.ts';
import type { EntryBook } from '../entries.ts';
import type { Campaign } from '../model/campaign.ts';
import { type Entry, type EntryReason, entriesIn } from '../model/entry.ts';
import type { DrawShown } from '../model/ports.ts';
import { recorded } from '../model/state-machine.ts';
import type { CampaignBook } from '../repository.ts';
import { type DrawFile, drawFileText } from './proof.ts';
import { entrantsHash, orderEntrants, ranking } from './ranking.ts';
import { drawResult, holding } from './result.ts';

/** Who is in a draw, fixed when it is drawn: in the order in which their hash was made. */
export const entrantsSchema = z.object({
  version: z.int().min(1),
  campaign: z.string(),
  entrants: z.array(z.string()),
});
export type Entrants = z.infer<typeof entrantsSchema>;

interface Parts {
  book: CampaignBook;
  entries: EntryBook;
  records: Records<Entrants>;
  admitting: Pick<Admitting, 'lackedBy'>;
  directory: Pick<Directory, 'find'>;
  seedOf(campaign: string): string;
  clock: Clock;
  log: Log;
}

/** A press that Discord delivered in time may still be on its way to the store. */
const SETTLES_MS = 3_000;

const isKnown = (at: number | undefined) => at !== undefined;

/** When a campaign's draw is to be made; undefined for one that has none, or has been drawn. */
export function drawDueAt(campaign: Campaign): number | undefined {
  if (!campaign.draw || campaign.draw.drawn || campaign.startedAt === undefined) return undefined;
  const { kind, endsAt } = campaign;
  // A drop that is ended before its draw is drawn then: whoever pressed took part.
  const ends = [endsAt, kind === 'drop' ? drawsAt(campaign) : undefined].filter(isKnown);
  const at = ends.length > 0 ? Math.min(...ends) : undefined;
  return at === undefined ? undefined : at + SETTLES_MS;
}

/** Draws who gets a card, and the next one for whoever gives way. Each step may be repeated after a crash. */
export function createDrawing(parts: Parts) {
  const { book, entries, records, admitting, directory, seedOf, clock, log } = parts;

  /** The first to write them down fixes them: nobody joins afterwards. */
  async function fix(campaign: string): Promise<string[]> {
    const known = await records.get(campaign);
    if (known) return known.entrants;
    const users: string[] = [];
    for await (const { user } of entries.walk(entriesIn(campaign, 'entered'))) users.push(user);
    const entrants = orderEntrants(users);
    const written = await records.write(
      campaign,
      { campaign, entrants },
      { seen: 0, tags: [], holds: [] },
    );
    return written.ok ? entrants : fix(campaign);
  }

  async function rankingOf(campaign: Campaign): Promise<string[]> {
    const { drawn } = campaign.draw ?? {};
    if (!drawn) return [];
    return ranking(drawn.seed, drawn.entrantsHash, await fix(campaign.id));
  }

  async function draw(id: string): Promise<Campaign> {
    const entrants = await fix(id);
    const seed = seedOf(id);
    const campaign = await book.revise(id, (current) => {
      if (!current.draw || current.draw.drawn) return current;
      const at = clock.now();
      const drawn = { at, seed, entrantsHash: entrantsHash(entrants), entrants: entrants.length };
      const step = { at, by: 'cardigan', why: 'drawn' as const };
      return recorded(current, step, { draw: { ...current.draw, drawn } });
    });
    log.info({ campaign: id, entrants: entrants.length }, 'a draw was made');
    return campaign;
  }

  /** Whoever is not there any more, or may not have one by now, gives way. */
  async function whyNot(
    campaign: Campaign,
    user: string,
  ): Promise<EntryReason | 'unknown' | undefined> {
    if (campaign.kind === 'drop') return undefined;
    const found = await directory.find(campaign.guild, user);
    if (found === 'unknown') return 'unknown';
    if (found === 'none') return 'gone';
    return (await admitting.lackedBy(campaign, found)).length > 0 ? 'not_eligible' : undefined;
  }

  /** By how far down the ranking places were given, so that this is the same once more. */
  async function award(campaign: Campaign, user: string, rank: number): Promise<boolean> {
    const why = await whyNot(campaign, user);
    if (why === 'unknown') return false;
    const isDrop = campaign.kind === 'drop';
    const until = clock.now() + (campaign.claimWithinMs ?? 0);
    await entries.revise(campaign.id, user, (entry) => {
      if (entry.state !== 'entered') return entry;
      if (why) return { ...entry, state: 'lapsed', rank, why };
      return isDrop
        ? { ...entry, state: 'due', rank, slot: rank - 1 }
        : { ...entry, state: 'won', rank, until };
    });
    return true;
  }

  async function placesGiven({ id }: Campaign): Promise<number> {
    const lists = holding.map((state) => entriesIn(id, state));
    const counts = await Promise.all(lists.map((list) => entries.count(list)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Gives the places that are free to the next of the ranking; who was passed over is never asked again. */
  async function fill(campaign: Campaign): Promise<Campaign> {
    const order = await rankingOf(campaign);
    let current = campaign;
    while ((current.draw?.reached ?? 0) < order.length) {
      const reached = current.draw?.reached ?? 0;
      if ((await placesGiven(current)) >= current.places) break;
      if (!(await award(current, order[reached] ?? '', reached + 1))) break;
      current = await book.revise(campaign.id, (now) =>
        now.draw?.reached === reached
          ? { ...now, draw: { ...now.draw, reached: reached + 1 } }
          : now,
      );
    }
    return current;
  }

  const giveWay = (entry: Entry, why: EntryReason) =>
    entries.revise(entry.campaign, entry.user, (now) =>
      now.state === 'won' && now.until === entry.until ? { ...now, state: 'lapsed', why } : now,
    );

  /** Winners whose time to claim is over. */
  async function lapse({ id }: Campaign): Promise<void> {
    for await (const entry of entries.walk(entriesIn(id, 'won'))) {
      if (clock.now() >= (entry.until ?? 0)) await giveWay(entry, 'unclaimed');
    }
  }

  /** All that it takes to repeat a draw; undefined before it is made. */
  async function resultOf(campaign: Campaign): Promise<DrawFile | undefined> {
    const { drawn, reached = 0 } = campaign.draw ?? {};
    if (!drawn) return undefined;
    const ranked = await rankingOf(campaign);
    const places: (Entry | undefined)[] = [];
    for (const user of ranked.slice(0, reached)) places.push(await entries.get(campaign.id, user));
    return drawResult(campaign, drawn.seed, ranked, places);
  }

  /** Winners who have not claimed yet, in the order of the draw. */
  async function unclaimed({ id }: Campaign): Promise<Entry[]> {
    const won: Entry[] = [];
    for await (const entry of entries.walk(entriesIn(id, 'won'))) won.push(entry);
    return won.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  }

  return {
    ...{ resultOf, unclaimed },
    /** Draws when it is time to, takes places from who did not claim in time, and gives them on. */
    async tick(campaign: Campaign): Promise<Campaign> {
      const dueAt = drawDueAt(campaign);
      const isDue = dueAt !== undefined && clock.now() >= dueAt;
      const current = isDue ? await draw(campaign.id) : campaign;
      if (!current.draw?.drawn) return current;
      await lapse(current);
      return fill(current);
    },
    /** Whoever runs it takes a place from a winner who has not claimed yet. Throws a Problem. */
    async replace(campaign: Campaign, user: string, member: Member): Promise<Campaign> {
      const entry = await entries.get(campaign.id, user);
      const gone = entry?.state === 'won' ? await giveWay(entry, 'replaced') : undefined;
      if (gone?.state !== 'lapsed')
        throw new Problem('not_to_replace', { reference: campaign.reference });
      const step = { at: clock.now(), by: member.user, why: 'replaced' as const, detail: user };
      return fill(await book.revise(campaign.id, (current) => recorded(current, step)));
    },
  };
}

export type Drawing = ReturnType<typeof createDrawing>;

/** What came of a campaign's draw; undefined before it. */
export const createShowingDraws =
  ({ drawing }: { drawing: Pick<Drawing, 'resultOf'> }) =>
  async (campaign: Campaign): Promise<DrawShown | undefined> => {
    const file = await drawing.resultOf(campaign);
    return file && { winners: file.winners.map(({ user }) => user), file: drawFileText(file) };
  };
