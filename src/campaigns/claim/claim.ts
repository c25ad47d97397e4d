import { type Clock, Problem } from '../../lib/index.ts';
import type { EntryBook, NewEntry } from '../entries.ts';
import type { Campaign } from '../model/campaign.ts';
import type { Entry } from '../model/entry.ts';
import { isOver } from '../model/state-machine.ts';
import type { CampaignBook } from '../repository.ts';
import type { Admitting, Presser } from './eligibility.ts';
import { createSlots } from './slot-allocator.ts';

interface Parts {
  book: CampaignBook;
  entries: EntryBook;
  admitting: Admitting;
  clock: Clock;
}

/** Until when all who press have the same chance; undefined where the first ones get the cards. */
export function drawsAt({ startedAt, drawSeconds }: Campaign): number | undefined {
  if (startedAt === undefined || drawSeconds === undefined) return undefined;
  return startedAt + drawSeconds * 1000;
}

/** It was closed because every card had somebody, and not by its time or by a person. */
function isAllGiven({ kind, history }: Campaign): boolean {
  const closed = history.find(({ state }) => state === 'closing');
  return kind === 'drop' && closed?.why === 'all_given';
}

/** It closed because nobody was left to wait for: whoever has claimed by then is given theirs. */
function isOneOfTheLast(campaign: Campaign): boolean {
  const closed = campaign.history.find(({ state }) => state === 'closing');
  return isAllGiven(campaign) || (campaign.kind === 'giveaway' && closed?.by === 'cardigan');
}

/** Of a drop that was drawn: not all who were drawn have their places yet. */
export function isGivingDrawn({ kind, places, draw }: Campaign): boolean {
  if (kind !== 'drop' || !draw?.drawn) return false;
  return draw.reached < Math.min(draw.drawn.entrants, places);
}

/** Presses on the messages of drops and giveaways. */
export function createClaiming({ book, entries, admitting, clock }: Parts) {
  const slots = createSlots({ entries });

  /** It may have closed between the look and the write: then nobody waits for this card any more, and its end not for it. */
  async function inTime(entry: Entry): Promise<Entry> {
    if (entry.state !== 'due') return entry;
    const campaign = await book.get(entry.campaign);
    const isOpen = !campaign || !(campaign.state === 'closing' || isOver(campaign.state));
    if (isOpen || isOneOfTheLast(campaign)) return entry;
    const now = await entries.revise(entry.campaign, entry.user, (current) =>
      current.state === 'due' ? { ...current, state: 'failed', why: 'called_off' } : current,
    );
    // Whoever was given it meanwhile has it.
    if (now?.state !== 'failed') return now ?? entry;
    throw new Problem('campaign_over', { reference: campaign.reference });
  }

  async function running(id: string, member: Presser, kind: Campaign['kind']): Promise<Campaign> {
    const campaign = await book.get(id);
    if (!campaign || campaign.guild !== member.guild || campaign.kind !== kind)
      throw new Problem('campaign_unknown', {});
    return campaign;
  }

  /** Also while purchases wait: whoever has a place keeps it. */
  function requireGoing(campaign: Campaign): void {
    const { state, reference } = campaign;
    if (state === 'paused') throw new Problem('campaign_paused', { reference });
    if (state === 'running' || state === 'halted') return;
    throw new Problem(isAllGiven(campaign) ? 'all_claimed' : 'campaign_over', { reference });
  }

  function requireOpen(campaign: Campaign): void {
    requireGoing(campaign);
    const { reference, endsAt = Number.POSITIVE_INFINITY } = campaign;
    if (clock.now() >= endsAt) throw new Problem('campaign_over', { reference });
  }

  const newEntry = (campaign: Campaign, { user }: Presser): NewEntry => ({
    ...{ campaign: campaign.id, user, state: 'entered', at: clock.now(), part: 0 },
  });

  async function enter(campaign: Campaign, member: Presser): Promise<Entry> {
    const put = await entries.put(newEntry(campaign, member));
    if (put.ok) return put.entry;
    const again = await entries.revise(campaign.id, member.user, (entry) =>
      entry.state === 'left' ? { ...entry, state: 'entered', at: clock.now() } : entry,
    );
    if (!again) throw new Error('an entry that is taken and not there');
    return again;
  }

  /** Theirs from an earlier press, a place, or one in the draw. Throws a Problem that tells why there is none. */
  async function claimDrop(campaign: Campaign, member: Presser): Promise<Entry> {
    const known = await entries.get(campaign.id, member.user);
    if (known && known.state !== 'entered') return known;
    const { reference } = campaign;
    const drawAt = drawsAt(campaign);
    const isDrawing = drawAt !== undefined && !campaign.draw?.drawn;
    if (known && isDrawing) return known;
    // Where somebody was not drawn, there were more people than cards.
    if (known && !isGivingDrawn(campaign)) throw new Problem('not_drawn', { reference });
    requireOpen(campaign);
    // Nobody takes a place before all who were drawn have theirs.
    if ((isDrawing && clock.now() >= drawAt) || isGivingDrawn(campaign))
      throw new Problem('being_drawn', { reference });
    if (!slots.isFull(campaign)) await admitting.require(campaign, member);
    if (isDrawing) return enter(campaign, member);
    return inTime(await take(campaign, newEntry(campaign, member)));
  }

  async function take(campaign: Campaign, entry: NewEntry): Promise<Entry> {
    const taken = await slots.take(campaign, entry);
    if (!taken) throw new Problem('all_claimed', { reference: campaign.reference });
    return taken;
  }

  return {
    claimDrop: async (id: string, member: Presser) =>
      claimDrop(await running(id, member, 'drop'), member),

    /** The same press again is no second entry. */
    async enterGiveaway(id: string, member: Presser): Promise<Entry> {
      const campaign = await running(id, member, 'giveaway');
      requireOpen(campaign);
      if (campaign.draw?.drawn)
        throw new Problem('campaign_over', { reference: campaign.reference });
      await admitting.require(campaign, member);
      return enter(campaign, member);
    },

    async leaveGiveaway(id: string, member: Presser): Promise<Entry | undefined> {
      const campaign = await running(id, member, 'giveaway');
      if (campaign.draw?.drawn)
        throw new Problem('campaign_over', { reference: campaign.reference });
      return entries.revise(id, member.user, (entry) =>
        entry.state === 'entered' ? { ...entry, state: 'left', at: clock.now() } : entry,
      );
    },

    /** A winner takes what they won. */
    async claimWon(id: string, member: Presser): Promise<Entry> {
      const campaign = await running(id, member, 'giveaway');
      const { reference } = campaign;
      const known = await entries.get(id, member.user);
      if (known?.state !== 'won') return taken(known, reference);
      // Not while it is paused: their time runs, and the card is bought later.
      if (campaign.state !== 'paused') requireGoing(campaign);
      const entry = await entries.revise(id, member.user, (current) =>
        current.state === 'won' && clock.now() < (current.until ?? 0)
          ? { ...current, state: 'due' }
          : current,
      );
      return inTime(taken(entry, reference));
    },
  };
}

/** What somebody has taken of what they won. Throws a Problem where that is nothing. */
function taken(entry: Entry | undefined, reference: string): Entry {
  if (!entry || entry.state === 'entered' || entry.state === 'left')
    throw new Problem('not_drawn', { reference });
  if (entry.state === 'won' || entry.state === 'lapsed')
    throw new Problem('claimed_too_late', { reference });
  return entry;
}

export type Claiming = ReturnType<typeof createClaiming>;
