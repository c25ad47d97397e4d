import type { Clock } from '../clock.ts';
import { times } from '../money.ts';
import type { Order, Status } from '../orders/order.ts';
import type { OrderLog } from '../orders/ports.ts';
import type { Purchasing } from '../orders/purchasing.ts';
import { HIGHEST_QUANTITY } from '../orders/quoting.ts';
import { Problem } from '../problem.ts';
import { blockedBy, blockedFor, isBlocked } from './blocking.ts';
import type { Campaign, Part } from './campaign.ts';
import type { CampaignBook } from './campaign-book.ts';
import type { Blocked } from './campaign-parts.ts';
import type { Entry } from './entry.ts';
import { dueFor } from './entry.ts';
import type { EntryBook } from './entry-book.ts';
import type { Directory } from './ports.ts';

interface Parts {
  book: CampaignBook;
  entries: EntryBook;
  purchasing: Pick<
    Purchasing,
    'commission' | 'commissioned' | 'carryOut' | 'assign' | 'assignRest'
  >;
  directory: Pick<Directory, 'find'>;
  /** Nothing more is begun once it is aborted. */
  stopping: AbortSignal;
  clock: Clock;
  log: OrderLog;
}

/** Who asks Discord about members, asks about so many at once. */
const LOOK_UPS = 5;

/** Nothing is known of what was charged yet, or nothing was tried: the next order for this card waits for it. */
const underWay: readonly Status[] = [
  'quoted',
  'awaiting_approval',
  'approved',
  'buying',
  'unconfirmed',
];
/** Ended with nothing charged: whoever was to get a card of it still is. */
const nothingCharged: readonly Status[] = [
  'cancelled',
  'expired',
  'rejected',
  'repriced',
  'failed',
];

/**
 * Buys the cards that people are to get out of a campaign: in as few orders as there can be, one at a time, for one that
 * waits for certainty must not be mistaken for the next. Whatever crashes, nobody gets two: an order holds the name of each
 * of its recipients in this campaign.
 */
export function createFulfilling(parts: Parts) {
  const { book, entries, purchasing, directory, stopping, clock, log } = parts;

  const gives = ({ state }: Campaign) => state === 'running' || state === 'closing';

  function block(id: string, part: number, make: (before?: Blocked) => Blocked) {
    return book.revise(id, (campaign) => ({
      ...campaign,
      parts: campaign.parts.map((each, index) =>
        index === part ? { ...each, blocked: make(each.blocked) } : each,
      ),
    }));
  }

  /** Of those who are to get this card: who is still a member. Who has left gets none. */
  async function present(campaign: Campaign, due: readonly Entry[]): Promise<Entry[] | 'unknown'> {
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
  }

  const failed = ({ campaign, user }: Entry) =>
    entries.revise(campaign, user, (entry) =>
      entry.state === 'due' ? { ...entry, state: 'failed', why: 'gone' } : entry,
    );

  async function markOrdered(order: Order): Promise<void> {
    const campaign = order.campaign?.id ?? '';
    for (const { user } of order.recipients) {
      await entries.revise(campaign, user, (entry) =>
        entry.state === 'due' ? { ...entry, state: 'ordered', order: order.id } : entry,
      );
    }
  }

  async function markDueAgain({ id, recipients, campaign }: Order): Promise<void> {
    for (const { user } of recipients) {
      await entries.revise(campaign?.id ?? '', user, (entry) => {
        if (entry.state !== 'ordered' || entry.order !== id) return entry;
        const { order: _, ...rest } = entry;
        return { ...rest, state: 'due' };
      });
    }
  }

  function commission(campaign: Campaign, part: Part, quantity: number, people: readonly Entry[]) {
    const { each, quantity: _, blocked: __, ...card } = part;
    const { id, charged, requester, guild, place, locale, gift, approval, reserved } = campaign;
    const { pools = [] } = campaign;
    if (!reserved) throw new Error(`campaign ${id} gives cards and has no place in the budgets`);
    return purchasing.commission({
      ...{ requester, guild, channel: place, locale, gift, reserved },
      ...(approval && { approval }),
      campaign: { id, charged, ...(people.length === 0 && { pool: pools.length }) },
      quote: { ...card, each, quantity, charged: times(each, quantity) },
      recipients: people.map(({ user, message }) => ({
        ...{ user, quantity: 1 },
        ...(message !== undefined && { message }),
      })),
    });
  }

  async function order(campaign: Campaign, part: number, people: readonly Entry[], count: number) {
    const card = campaign.parts[part];
    if (!card) throw new Error(`campaign ${campaign.id} has no card ${part}`);
    const made = await commission(campaign, card, count, people).catch((error: unknown) => {
      if (error instanceof Problem) return undefined;
      throw error;
    });
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

  /** What came of the order that was awaited. `false`: it is still under way. */
  async function land(campaign: Campaign, flying: NonNullable<Campaign['flying']>) {
    const known = await purchasing.commissioned(flying.order);
    // Whoever reconciles it moves it on.
    if (known.status === 'unconfirmed') return false;
    const flown = await purchasing.carryOut(flying.order);
    if (underWay.includes(flown.status)) return false;
    await markOrdered(flown);
    const isLost = nothingCharged.includes(flown.status);
    if (isLost) {
      await markDueAgain(flown);
      await block(campaign.id, flying.part, (before) => blockedBy(flown, clock.now(), before));
      log.warn(
        { campaign: campaign.id, order: flown.id, status: flown.status },
        'an order of a campaign ended with nothing charged',
      );
    }
    await book.revise(campaign.id, (current) => {
      if (current.flying?.order !== flown.id) return current;
      const { flying: _, pools, ...rest } = current;
      const left = pools?.filter((pool) => !isLost || pool !== flown.id);
      return { ...(isLost ? rest : unblocked(rest, flying.part)), ...(left && { pools: left }) };
    });
    return true;
  }

  /** Takes a card that was bought at the start; false when none is left. */
  async function assign(campaign: Campaign, { user }: Entry): Promise<boolean> {
    for (const pool of campaign.pools ?? []) {
      const given = await purchasing.assign(pool, user);
      if (!given) continue;
      await entries.revise(campaign.id, user, (entry) =>
        entry.state === 'due' ? { ...entry, state: 'ordered', order: pool } : entry,
      );
      return true;
    }
    return false;
  }

  /**
   * How many cards of a drop that buys at its start are still to be bought. Once nobody more may claim, only those that
   * were claimed: an order for the rest may have ended with nothing charged.
   */
  async function unbought({ id, buysAtStart, places, state, endsAt, pools = [] }: Campaign) {
    const left = buysAtStart ? places - pools.length * HIGHEST_QUANTITY : 0;
    const isOpen = state === 'running' && clock.now() < (endsAt ?? Number.POSITIVE_INFINITY);
    return left <= 0 || isOpen ? left : Math.min(left, await entries.count(dueFor(id, 0)));
  }

  /** One step; false when nothing more can be done now. */
  async function step(campaign: Campaign): Promise<boolean> {
    if (campaign.flying) return land(campaign, campaign.flying);
    const stock = await unbought(campaign);
    const [first] = campaign.parts;
    if (stock > 0 && first && !isBlocked(first, clock.now())) {
      await order(campaign, 0, [], Math.min(stock, HIGHEST_QUANTITY));
      return true;
    }
    for (const [part, card] of campaign.parts.entries()) {
      if (isBlocked(card, clock.now())) continue;
      const { entries: due } = await entries.page(dueFor(campaign.id, part), {
        limit: HIGHEST_QUANTITY,
      });
      if (due.length > 0) return give(campaign, part, due);
    }
    return false;
  }

  async function give(campaign: Campaign, part: number, due: readonly Entry[]): Promise<boolean> {
    const here = await present(campaign, due);
    if (here === 'unknown') {
      await block(campaign.id, part, (before) =>
        blockedFor('discord_unreachable', clock.now(), before),
      );
      return true;
    }
    if (campaign.buysAtStart) {
      for (const entry of here) if (!(await assign(campaign, entry))) return false;
    } else if (here.length > 0) await order(campaign, part, here, here.length);
    return true;
  }

  return {
    /** Goes on as far as it goes now. */
    async fulfil(id: string): Promise<void> {
      for (;;) {
        const campaign = await book.get(id);
        if (!campaign || !(gives(campaign) || campaign.flying)) return;
        if (stopping.aborted || !(await step(campaign))) return;
      }
    },
    /** What was bought and claimed by nobody belongs to whoever paid for it. */
    async giveRest({ pools = [], requester }: Campaign): Promise<void> {
      for (const pool of pools) await purchasing.assignRest(pool, requester);
    },
  };
}

export type Fulfilling = ReturnType<typeof createFulfilling>;

function unblocked(campaign: Omit<Campaign, 'flying' | 'pools'>, part: number) {
  const parts = campaign.parts.map((each, index) => {
    const { blocked: _, ...rest } = each;
    return index === part ? rest : each;
  });
  return { ...campaign, parts };
}
