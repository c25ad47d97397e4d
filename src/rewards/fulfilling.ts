import type { Clock } from '../clock.ts';
import type { Order, Status } from '../orders/order.ts';
import { endedWithNothing } from '../orders/order-holds.ts';
import type { OrderLog } from '../orders/ports.ts';
import type { Purchasing } from '../orders/purchasing.ts';
import { HIGHEST_QUANTITY } from '../orders/quoting.ts';
import { blockedBy, blockedFor, isBlocked } from './blocking.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignBook } from './campaign-book.ts';
import type { Blocked } from './campaign-parts.ts';
import { createCommissions } from './commissions.ts';
import type { Entry } from './entry.ts';
import { dueFor } from './entry.ts';
import type { EntryBook } from './entry-book.ts';
import type { Directory } from './ports.ts';
import { createPresence } from './presence.ts';
import { createStock } from './stock.ts';

interface Parts {
  book: CampaignBook;
  entries: EntryBook;
  purchasing: Pick<
    Purchasing,
    'commission' | 'commissioned' | 'carryOut' | 'assign' | 'assignRest' | 'ofCampaign'
  >;
  directory: Pick<Directory, 'find'>;
  /** Nothing more is begun once it is aborted. */
  stopping: AbortSignal;
  clock: Clock;
  log: OrderLog;
}

/** Nothing is known of what was charged yet, or nothing was tried: the next order for this card waits for it. */
const underWay: readonly Status[] = [
  'quoted',
  'awaiting_approval',
  'approved',
  'buying',
  'unconfirmed',
];
/** Nobody knows whether it was bought: it is watched for a day, or people decide. */
const unclear: readonly Status[] = ['not_found', 'needs_review'];

/**
 * Buys the cards that people are to get out of a campaign: in as few orders as there can be, one at a time, for one that
 * waits for certainty must not be mistaken for the next. Whatever crashes, nobody gets two: an order holds the name of each
 * of its recipients in this campaign.
 */
export function createFulfilling(parts: Parts) {
  const { book, entries, purchasing, stopping, clock, log } = parts;
  const present = createPresence(parts);
  const { commission, markOrdered, markDueAgain, markFailed } = createCommissions(parts);
  const stock = createStock(parts);

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

  /** Whoever was to get a card of it still is; what kept it from being bought is on record. */
  async function lost(flown: Order, part: number): Promise<void> {
    const { id, status, campaign } = flown;
    await markDueAgain(flown);
    await block(campaign?.id ?? '', part, (before) => blockedBy(flown, clock.now(), before));
    log.warn(
      { campaign: campaign?.id, order: id, status },
      'an order of a campaign ended with nothing charged',
    );
  }

  /** Of a bulk send, whose requester may try again. Elsewhere the place stays used, for the card may yet turn up. */
  async function giveUp({ kind }: Campaign, order: Order): Promise<void> {
    if (kind === 'bulk' && isNotListed(order)) await markFailed(order);
  }

  /** What came of the order that was awaited. `false`: it is still under way. */
  async function land(campaign: Campaign, flying: NonNullable<Campaign['flying']>) {
    const known = await purchasing.commissioned(flying.order);
    // Whoever reconciles it moves it on.
    if (known.status === 'unconfirmed') return false;
    const flown = await purchasing.carryOut(flying.order);
    if (underWay.includes(flown.status)) return false;
    await markOrdered(flown);
    const isLost = endedWithNothing(flown) && !isNotListed(flown);
    if (isLost) await lost(flown, flying.part);
    await giveUp(campaign, flown);
    await book.revise(campaign.id, (current) => {
      if (current.flying?.order !== flown.id) return current;
      const { flying: _, ...rest } = current;
      if (isLost) return without(rest, flown.id);
      const open = unclear.includes(flown.status) ? [...(current.unclear ?? []), flown.id] : [];
      return { ...unblocked(rest, flying.part), ...(open.length > 0 && { unclear: open }) };
    });
    return true;
  }

  /** Orders of which nobody knew whether they were bought: what is known by now. */
  async function clearUp(campaign: Campaign): Promise<void> {
    const { id, unclear: open = [] } = campaign;
    for (const each of open) {
      const known = await purchasing.commissioned(each);
      if (unclear.includes(known.status)) continue;
      const isLost = endedWithNothing(known) && !isNotListed(known);
      if (isLost) await markDueAgain(known);
      await giveUp(campaign, known);
      await book.revise(id, (current) => {
        const left = current.unclear?.filter((order) => order !== each) ?? [];
        const next = isLost ? without(current, each) : current;
        const { unclear: _, ...rest } = next;
        return left.length > 0 ? { ...rest, unclear: left } : rest;
      });
    }
  }

  /** One step; false when nothing more can be done now. */
  async function step(campaign: Campaign): Promise<boolean> {
    if (campaign.flying) return land(campaign, campaign.flying);
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
      if (known?.unclear) await clearUp(known);
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

/** A day of looking did not show it: whether it is bought once more is up to a person. */
const isNotListed = ({ status, history }: Order): boolean =>
  status === 'closed' && history.some(({ why }) => why === 'not_listed');

/** As if the order had not been: its cards are bought anew. */
function without(campaign: Campaign, order: string): Campaign {
  const { pools } = campaign;
  return pools ? { ...campaign, pools: pools.filter((pool) => pool !== order) } : campaign;
}

function unblocked(campaign: Campaign, part: number): Campaign {
  const parts = campaign.parts.map((each, index) => {
    const { blocked: _, ...rest } = each;
    return index === part ? rest : each;
  });
  return { ...campaign, parts };
}
