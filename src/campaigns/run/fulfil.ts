import type { Clock, Directory, Log } from '../../lib/index.ts';
import { HIGHEST_QUANTITY, type Orders } from '../../orders/index.ts';
import type { EntryBook } from '../entries.ts';
import type { Blocked, Campaign } from '../model/campaign.ts';
import { dueFor, type Entry } from '../model/entry.ts';
import type { CampaignBook } from '../repository.ts';
import { blockedFor, isBlocked } from './blocked.ts';
import { createStock } from './card-pool.ts';
import { createCommissions, createLanding } from './orders.ts';

interface Parts {
  book: CampaignBook;
  entries: EntryBook;
  orders: Pick<
    Orders,
    'commission' | 'commissioned' | 'carryOut' | 'assign' | 'assignRest' | 'ofCampaign'
  >;
  directory: Pick<Directory, 'find'>;
  /** Nothing more is begun once it is aborted. */
  stopping: AbortSignal;
  clock: Clock;
  log: Log;
}

/**
 * Buys the cards that people are to get out of a campaign: in as few orders as there can be, one at a time, for one that
 * waits for certainty must not be mistaken for the next. Whatever crashes, nobody gets two: an order holds the name of each
 * of its recipients in this campaign.
 */
export function createFulfilling(parts: Parts) {
  const { book, entries, stopping, clock } = parts;
  const present = createPresence(parts);
  const commissions = createCommissions(parts);
  const { commission, markOrdered } = commissions;
  const stock = createStock(parts);

  const landing = createLanding({ ...parts, commissions, block });

  const gives = ({ state }: Campaign) => state === 'running' || state === 'closing';

  async function block(id: string, part: number, make: (before?: Blocked) => Blocked) {
    await book.revise(id, (campaign) => ({
      ...campaign,
      parts: campaign.parts.map((each, index) =>
        index === part ? { ...each, blocked: make(each.blocked) } : each,
      ),
    }));
  }

  async function order(campaign: Campaign, part: number, people: readonly Entry[], count: number) {
    const made = await commission(campaign, part, people, count);
    // Purchases are stopped for the whole account.
    if (!made)
      return block(campaign.id, part, (before) => blockedFor('stopped', clock.now(), before));
    // One that an earlier process made for some of them is taken up before another is.
    await book.revise(campaign.id, (current) => ({
      ...current,
      flying: { order: made.id, part },
      ...(people.length === 0 && { pools: [...(current.pools ?? []), made.id] }),
    }));
    return markOrdered(made);
  }

  /** One step; false when nothing more can be done now. */
  async function step(campaign: Campaign): Promise<boolean> {
    if (campaign.flying) return landing.land(campaign, campaign.flying);
    const count = await stock.wanted(campaign);
    if (count > 0) {
      await order(campaign, 0, [], Math.min(count, HIGHEST_QUANTITY));
      return true;
    }
    for (const [part, card] of campaign.parts.entries()) {
      if (isBlocked(card, clock.now())) continue;
      const list = dueFor(campaign.id, part);
      const { entries: due } = await entries.page(list, { limit: HIGHEST_QUANTITY });
      if (due.length > 0) return give(campaign, part, due);
    }
    return false;
  }

  async function give(campaign: Campaign, part: number, due: readonly Entry[]): Promise<boolean> {
    const here = await present(campaign, due);
    const blocked = (why: string) =>
      block(campaign.id, part, (before) => blockedFor(why, clock.now(), before));
    if (here === 'unknown') await blocked('discord_unreachable');
    else if (!campaign.buysAtStart && here.length > 0)
      await order(campaign, part, here, here.length);
    else if (campaign.buysAtStart) {
      const given = await stock.assign(campaign, here);
      if (given === 'unclear') await blocked('unclear');
      return given !== 'none';
    }
    return true;
  }

  return {
    /** Goes on as far as it goes now. */
    async fulfil(id: string): Promise<void> {
      const known = await book.get(id);
      if (known?.unclear) await landing.clearUp(known);
      for (;;) {
        const campaign = await book.get(id);
        if (!campaign || !(gives(campaign) || campaign.flying)) return;
        if (stopping.aborted || !(await step(campaign))) return;
      }
    },
    /** Of one that gives no more: what was bought and claimed by nobody goes to whoever paid for it. */
    async leave(campaign: Campaign): Promise<void> {
      const { buysAtStart, pools, flying, unclear: open } = campaign;
      if (!buysAtStart || pools?.length === 0 || flying || open) return;
      await stock.giveRest(campaign);
      await book.revise(campaign.id, (current) => ({ ...current, pools: [] }));
    },
  };
}

export type Fulfilling = ReturnType<typeof createFulfilling>;

interface PresenceParts {
  entries: Pick<EntryBook, 'revise'>;
  directory: Pick<Directory, 'find'>;
}

/** Who asks Discord about members, asks about so many at once. */
const LOOK_UPS = 5;

/** Of those who are to get a card: who is still a member. Who has left gets none, and is not paid for. */
export function createPresence({ entries, directory }: PresenceParts) {
  const failed = ({ campaign, user }: Entry) =>
    entries.revise(campaign, user, (entry) =>
      entry.state === 'due' ? { ...entry, state: 'failed', why: 'gone' } : entry,
    );

  return async (campaign: Campaign, due: readonly Entry[]): Promise<Entry[] | 'unknown'> => {
    const here: Entry[] = [];
    for (let from = 0; from < due.length; from += LOOK_UPS) {
      const some = due.slice(from, from + LOOK_UPS);
      const found = await Promise.all(some.map(({ user }) => directory.find(campaign.guild, user)));
      if (found.includes('unknown')) return 'unknown';
      for (const [index, entry] of some.entries()) {
        if (found[index] === 'none') await failed(entry);
        else here.push(entry);
      }
    }
    return here;
  };
}
