import type { Clock, Log } from '../../lib/index.ts';
import { type Message, type Place, type Posting, syncMessage } from '../../outbox/index.ts';
import type { Rules } from '../../policy/index.ts';
import { type Records, walk } from '../../store/index.ts';
import { createShowingDraws, type Drawing } from '../draw/draw.ts';
import type { EntryBook } from '../entries.ts';
import type { Campaign } from '../model/campaign.ts';
import type { CampaignBoard, CampaignContent } from '../model/ports.ts';
import type { Tallies } from '../report/stats.ts';
import type { CampaignBook } from '../repository.ts';
import { createCallingPeople } from './call-winners.ts';
import { atFirst, createCampaignContents, type Look, listOf, pingsOf, saysOf } from './content.ts';
import { enteredBy, newsOf, toldBy } from './news.ts';
import {
  type CampaignAbout,
  type CampaignMessage,
  messageKey,
  messageTags,
  OPEN,
  openOf,
  SLOW,
} from './record.ts';

/** A message that changes all the time is edited at most so often, and looked at less often where that reads many orders. */
const RESTS_MS = 2_000;
const RESTS_FOR_ORDER_MS = 200;
const LONGEST_REST_MS = 30_000;
/** Cards of a campaign that is over wait for people who have all the time they want. */
const SLOW_EVERY_MS = 10 * 60_000;

interface Parts {
  records: Records<CampaignMessage>;
  book: CampaignBook;
  entries: EntryBook;
  tally: Tallies;
  drawing: Pick<Drawing, 'resultOf'>;
  rules: Pick<Rules, 'termsOf'>;
  board: CampaignBoard;
  /** Nothing more is written once it is aborted. */
  stopping: AbortSignal;
  clock: Clock;
  log: Log;
}

/** All that is said of campaigns: which messages there are to be follows from the campaigns, so that no crash can lose one. */
export function createCampaignMessages(parts: Parts) {
  const { records, book, entries, tally, board, stopping, clock, log } = parts;
  const drawnOf = createShowingDraws(parts);
  const contents = createCampaignContents({ ...parts, drawnOf });
  const people = createCallingPeople({ records, entries });
  const outbox = { records, open: OPEN, tagsOf: messageTags, clock, log };
  /** By campaign: until when it need not be looked at, unless it takes a step. */
  const looked = new Map<string, { steps: number; until: number }>();
  /** Kicked, and not looked at since. */
  const kicked = new Set<string>();
  const under = new Map<string, Promise<void>>();
  let slowAt = Number.NEGATIVE_INFINITY;

  async function told({ campaign, news }: Extract<CampaignContent, { kind: 'word' }>) {
    const now = toldBy(news.since);
    await book.revise(campaign.id, (current) =>
      current.told === now ? current : { ...current, told: now },
    );
  }

  async function post(content: CampaignContent, how: Posting): Promise<Place | undefined> {
    if (!how.mayBeOut) return board.post(content, how);
    const posted = await board.post(atFirst(content), how);
    // It may have said something else then.
    if (posted && content.kind !== 'word') await board.edit(posted, content);
    return posted;
  }

  function messageOf(content: CampaignContent): Message {
    const list = listOf(content);
    const inFull = () => contents.inFull(content);
    return {
      ...{ says: saysOf(content), list },
      isLasting: list === OPEN,
      ...(content.kind === 'main' && { restsMs: RESTS_MS }),
      async post({ isFirst, ...how }) {
        const pings = isFirst && pingsOf(content);
        const place = await post(await inFull(), { ...how, pings });
        if (place && content.kind === 'word') await told(content);
        return place;
      },
      edit: async (place) => board.edit(place, await inFull()),
    };
  }

  /** What there is to be of a campaign, but for whom it calls. */
  function wantedOf(campaign: Campaign): CampaignAbout[] {
    const { state, startedAt } = campaign;
    const news = newsOf(campaign, clock.now());
    return [
      ...(state === 'awaiting_approval'
        ? [{ kind: 'approval' as const, since: enteredBy(campaign) }]
        : []),
      ...(startedAt === undefined ? [] : [{ kind: 'main' as const }]),
      ...(news ? [{ kind: 'word' as const, since: news.since }] : []),
    ];
  }

  async function recordOf(campaign: string, about: CampaignAbout): Promise<CampaignMessage> {
    const key = messageKey(campaign, about);
    const known = await records.get(key);
    if (known) return known;
    const next = { key, campaign, about, tries: 0, nextAt: clock.now() };
    const guard = { seen: 0, tags: messageTags(next, OPEN), holds: [] };
    const written = await records.write(key, next, guard);
    // Somebody else may write it first.
    return written.ok ? { ...next, version: written.version } : recordOf(campaign, about);
  }

  /** Gives when the first of those is due that had to wait. */
  async function bringAll(look: Look): Promise<number> {
    const { campaign } = look;
    const calls = await people.of(campaign, look, clock.now());
    const brought = new Set<string>();
    let dueAt = Number.POSITIVE_INFINITY;
    const bring = async (record: CampaignMessage) => {
      if (brought.has(record.key) || stopping.aborted) return;
      brought.add(record.key);
      if (clock.now() < record.nextAt) dueAt = Math.min(dueAt, record.nextAt);
      await syncMessage(outbox, record, async () => {
        const content = await contents.of(record, look);
        return content && messageOf(content);
      });
    };
    // All are on record before one is written: what is over and says so is not looked at again.
    const wanted: CampaignMessage[] = [];
    for (const about of [...wantedOf(campaign), ...calls])
      wanted.push(await recordOf(campaign.id, about));
    for (const record of wanted) await bring(record);
    for await (const record of walk(records, openOf(campaign.id))) await bring(record);
    return dueAt;
  }

  async function look(id: string): Promise<void> {
    const campaign = await book.get(id);
    if (!campaign || hasNothingToSay(campaign)) return void kicked.delete(id);
    const steps = campaign.history.length;
    const last = looked.get(id);
    if (last?.steps === steps && clock.now() < last.until) return;
    kicked.delete(id);
    const found = await tally.look(campaign);
    const rests = RESTS_MS + RESTS_FOR_ORDER_MS * found.tally.openOrders;
    const until = clock.now() + Math.min(LONGEST_REST_MS, rests);
    const dueAt = await bringAll({ campaign, ...found });
    looked.set(id, { steps, until: Math.min(until, dueAt) });
  }

  /** One at a time for each campaign. What goes wrong is logged, and taken up in the next round. */
  function lookInTurn(id: string): void {
    if (stopping.aborted) return;
    const looking = (under.get(id) ?? Promise.resolve())
      .then(() => look(id))
      .catch((err: unknown) => log.warn({ campaign: id, err }, 'its messages are left for later'))
      .finally(() => {
        if (under.get(id) === looking) under.delete(id);
      });
    under.set(id, looking);
  }

  /** Those that may have something to say. */
  async function toLookAt(): Promise<Set<string>> {
    const ids = new Set(kicked);
    for await (const { id } of book.active()) ids.add(id);
    for await (const { campaign, nextAt } of walk(records, OPEN)) {
      if (clock.now() >= nextAt) ids.add(campaign);
    }
    if (clock.now() < slowAt + SLOW_EVERY_MS) return ids;
    slowAt = clock.now();
    for await (const { campaign } of walk(records, SLOW)) ids.add(campaign);
    return ids;
  }

  return {
    /** Has its messages made true at once, in the background; where they just were, soon. */
    kick(id: string): void {
      kicked.add(id);
      lookInTurn(id);
    },
    /** To be called every few seconds. Does not wait for Discord. */
    async round(): Promise<void> {
      const ids = await toLookAt();
      for (const id of looked.keys()) if (!ids.has(id)) looked.delete(id);
      for (const id of ids) if (!under.has(id)) lookInTurn(id);
    },
    /** Resolves once what is under way is written. */
    settled: () => Promise.allSettled(under.values()),
  };
}

export type CampaignMessages = ReturnType<typeof createCampaignMessages>;

/** Shown to nobody but whoever plans it. */
const hasNothingToSay = ({ state, startedAt }: Campaign) =>
  state === 'planned' && startedAt === undefined;
