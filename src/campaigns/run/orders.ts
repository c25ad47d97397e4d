import { type Clock, type Log, Problem, times } from '../../lib/index.ts';
import { endedWithNothing, type Order, type Orders, type Status } from '../../orders/index.ts';
import type { EntryBook } from '../entries.ts';
import type { Blocked, Campaign } from '../model/campaign.ts';
import type { Entry } from '../model/entry.ts';
import type { CampaignBook } from '../repository.ts';
import { blockedBy } from './blocked.ts';

interface Parts {
  book: Pick<CampaignBook, 'revise'>;
  orders: Pick<Orders, 'commissioned' | 'carryOut'>;
  commissions: Pick<
    ReturnType<typeof createCommissions>,
    'markOrdered' | 'markDueAgain' | 'markFailed'
  >;
  block(id: string, part: number, make: (before?: Blocked) => Blocked): Promise<void>;
  clock: Clock;
  log: Log;
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

/** What comes of the orders of a campaign, for those who are to get a card of them. */
export function createLanding({ book, orders, commissions, block, clock, log }: Parts) {
  const { markOrdered, markDueAgain, markFailed } = commissions;

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
    const known = await orders.commissioned(flying.order);
    // Whoever reconciles it moves it on.
    if (known.status === 'unconfirmed') return false;
    const flown = await orders.carryOut(flying.order);
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
      const known = await orders.commissioned(each);
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

  return { land, clearUp };
}

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

interface CommissionsParts {
  entries: Pick<EntryBook, 'revise'>;
  orders: Pick<Orders, 'commission'>;
}

/** Orders of a campaign, and the places of those who get a card of one. */
export function createCommissions({ entries, orders }: CommissionsParts) {
  function commissionOf(
    campaign: Campaign,
    number: number,
    people: readonly Entry[],
    quantity: number,
  ) {
    const { id, charged, requester, guild, place, locale, gift, approval, reserved } = campaign;
    const { pools = [] } = campaign;
    const part = campaign.parts[number];
    if (!part) throw new Error(`campaign ${id} has no card ${number}`);
    if (!reserved) throw new Error(`campaign ${id} gives cards and has no place in the budgets`);
    const { each, quantity: _, blocked: __, ...card } = part;
    return {
      ...{ requester, guild, channel: place, locale, gift },
      reserved: { at: reserved.at, budgets: reserved.budgets },
      ...(approval && { approval }),
      campaign: { id, charged, ...(people.length === 0 && { pool: pools.length }) },
      quote: { ...card, each, quantity, charged: times(each, quantity) },
      recipients: people.map(({ user, message }) => ({
        ...{ user, quantity: 1 },
        ...(message !== undefined && { message }),
      })),
    };
  }

  /** Those who were to get a card of it. */
  async function release({ id, campaign, recipients }: Order, make: (entry: Entry) => Entry) {
    for (const { user } of recipients) {
      await entries.revise(campaign?.id ?? '', user, (entry) => {
        if (entry.state !== 'ordered' || entry.order !== id) return entry;
        const { order: _, ...rest } = entry;
        return make(rest);
      });
    }
  }

  return {
    /** For these people or, for nobody, a pool. Undefined while purchases are stopped. */
    async commission(...what: Parameters<typeof commissionOf>): Promise<Order | undefined> {
      try {
        return await orders.commission(commissionOf(...what));
      } catch (error) {
        if (error instanceof Problem) return undefined;
        throw error;
      }
    },

    async markOrdered({ id, campaign, recipients }: Order): Promise<void> {
      for (const { user } of recipients) {
        await entries.revise(campaign?.id ?? '', user, (entry) =>
          entry.state === 'due' ? { ...entry, state: 'ordered', order: id } : entry,
        );
      }
    },

    markDueAgain: (order: Order) => release(order, (entry) => ({ ...entry, state: 'due' })),

    markFailed: (order: Order) =>
      release(order, (entry) => ({ ...entry, state: 'failed', why: 'not_found' })),
  };
}
