import type { Clock } from '../../lib/index.ts';
import { isGivingDrawn } from '../claim/claim.ts';
import type { EntryBook } from '../entries.ts';
import type { Campaign, Part } from '../model/campaign.ts';
import { dueFor, entriesIn } from '../model/entry.ts';
import { entering, offeredAgainFrom } from '../model/state-machine.ts';
import type { CampaignBook } from '../repository.ts';
import type { Reserving } from '../reserve.ts';
import { blockedFor, isBlocked } from './blocked.ts';

interface Parts {
  book: CampaignBook;
  entries: EntryBook;
  reserving: Pick<Reserving, 'settle'>;
  clock: Clock;
}

/** Ends what is over, and leaves to people what cannot go on by itself. */
export function createConcludingCampaigns(parts: Parts) {
  const { book, entries, reserving, clock } = parts;

  const counted = ({ id }: Campaign, state: Parameters<typeof entriesIn>[1]) =>
    entries.count(entriesIn(id, state));

  async function move(
    seen: Campaign,
    state: Campaign['state'],
    why: 'time_over' | 'all_given' | 'too_late' | 'blocked',
    detail?: string,
    changes: Pick<Partial<Campaign>, 'parts'> = {},
  ): Promise<Campaign> {
    const campaign = await book.revise(seen.id, (current) => {
      if (current.state !== seen.state) return current;
      const step = { at: clock.now(), by: 'cardigan', why, ...(detail && { detail }) };
      return entering(current, state, step, changes);
    });
    await reserving.settle(campaign);
    return campaign;
  }

  /** What is over by the clock, for want of a person's word. */
  async function expire(campaign: Campaign): Promise<Campaign> {
    const { state, expiresAt, approval } = campaign;
    const ends = state === 'planned' ? expiresAt : approval?.endsAt;
    const waits = state === 'planned' || state === 'awaiting_approval';
    if (!waits || clock.now() < (ends ?? Number.POSITIVE_INFINITY)) return campaign;
    return state === 'planned' ? takeBack(campaign) : move(campaign, 'expired', 'too_late');
  }

  /** What was offered once more and taken by nobody is as it was before: its rest can be offered again. */
  async function takeBack(campaign: Campaign): Promise<Campaign> {
    const from = offeredAgainFrom(campaign);
    if (from === 'ended') return move(campaign, 'ended', 'too_late');
    if (from !== 'halted') return move(campaign, 'expired', 'too_late');
    // Its prices are those of the offer by now: nothing goes on by them before they are confirmed.
    const blocked = blockedFor('price_rose', clock.now());
    const parts = campaign.parts.map((part) => ({ ...part, blocked }));
    return move(campaign, 'halted', 'too_late', undefined, { parts });
  }

  /** Why nothing can go on by itself: of every card that somebody waits for, one that a person has to see to. */
  async function stuckBy({ id, parts, buysAtStart, pools = [] }: Campaign) {
    let found: Part | undefined;
    for (const [index, part] of parts.entries()) {
      const isWanted = (await entries.count(dueFor(id, index))) > 0;
      if (!isWanted && !(buysAtStart && pools.length === 0)) continue;
      const isStuck = isBlocked(part, clock.now()) && part.blocked?.retryAt === undefined;
      if (!isStuck) return undefined;
      found ??= part;
    }
    return found?.blocked?.why;
  }

  async function halt(campaign: Campaign): Promise<Campaign> {
    const why = campaign.flying ? undefined : await stuckBy(campaign);
    return why === undefined ? campaign : move(campaign, 'halted', 'blocked', why);
  }

  async function isAllTaken(campaign: Campaign): Promise<boolean> {
    const { kind, places, draw, endsAt } = campaign;
    const now = clock.now();
    const [due, ordered, failed, won] = await Promise.all([
      counted(campaign, 'due'),
      counted(campaign, 'ordered'),
      counted(campaign, 'failed'),
      counted(campaign, 'won'),
    ]);
    if (kind === 'bulk') return due === 0 && !campaign.flying;
    if (kind === 'giveaway') {
      const isDrawn = draw?.drawn !== undefined;
      const isExhausted =
        isDrawn && (draw.reached >= (draw.drawn?.entrants ?? 0) || due + ordered >= places);
      return isExhausted && won === 0;
    }
    // Whoever pressed in time is drawn first, and gets a card.
    if (draw && (!draw.drawn || isGivingDrawn(campaign))) return false;
    // Whoever had a place and has left the server has used it up.
    return due + ordered + failed >= places || (endsAt !== undefined && now >= endsAt);
  }

  /** Nothing more is taken; what was promised is still given. */
  async function close(campaign: Campaign): Promise<Campaign> {
    if (campaign.state !== 'running' || !(await isAllTaken(campaign))) return campaign;
    const isOver = campaign.endsAt !== undefined && clock.now() >= campaign.endsAt;
    return move(campaign, 'closing', isOver ? 'time_over' : 'all_given');
  }

  async function end(campaign: Campaign): Promise<Campaign> {
    // Whoever was to get a card of an order that nobody is certain of may yet be to get another.
    const isDone = campaign.state === 'closing' && !campaign.flying && !campaign.unclear;
    if (!isDone || (await counted(campaign, 'due')) > 0) return campaign;
    return move(campaign, 'ended', 'all_given');
  }

  return {
    expire,
    async tick(campaign: Campaign): Promise<Campaign> {
      const { state } = campaign;
      const halted = state === 'running' || state === 'closing' ? await halt(campaign) : campaign;
      return end(await close(halted));
    },
  };
}

export type ConcludingCampaigns = ReturnType<typeof createConcludingCampaigns>;
