import type { Clock } from '../../lib/index.ts';
import { HIGHEST_QUANTITY, isGiven, isPool, type Order, type Orders } from '../../orders/index.ts';
import type { EntryBook } from '../entries.ts';
import type { Campaign } from '../model/campaign.ts';
import { dueFor, type Entry } from '../model/entry.ts';
import { isBlocked } from './blocked.ts';

interface Parts {
  entries: Pick<EntryBook, 'revise' | 'count'>;
  orders: Pick<Orders, 'commissioned' | 'assign' | 'assignRest' | 'ofCampaign'>;
  clock: Clock;
}

/** Cards of a drop that are bought at its start, and given as they are claimed. */
export function createStock({ entries, orders, clock }: Parts) {
  const poolsOf = ({ pools = [] }: Campaign): Promise<Order[]> =>
    Promise.all(pools.map((pool) => orders.commissioned(pool)));

  /** Of what was bought, everything has somebody. */
  const isSoldOut = (orders: readonly Order[]): boolean =>
    orders.every(({ quote, cards }) => cards.length >= quote.quantity && cards.every(isGiven));

  async function assignOne({ id, pools = [] }: Campaign, { user }: Entry): Promise<boolean> {
    for (const pool of pools) {
      const given = await orders.assign(pool, user);
      if (!given) continue;
      await entries.revise(id, user, (entry) =>
        entry.state === 'due' ? { ...entry, state: 'ordered', order: given.id } : entry,
      );
      return true;
    }
    return false;
  }

  return {
    /** How many are to be bought now. Of a drop that takes nobody more: for those who have claimed. */
    async wanted(campaign: Campaign): Promise<number> {
      const { id, buysAtStart, places, pools = [], parts, state, endsAt } = campaign;
      const left = places - pools.length * HIGHEST_QUANTITY;
      const [card] = parts;
      if (!buysAtStart || left <= 0 || !card || isBlocked(card, clock.now())) return 0;
      if (state === 'running' && clock.now() < (endsAt ?? Number.POSITIVE_INFINITY)) return left;
      const isSold = isSoldOut(await poolsOf(campaign));
      return isSold ? Math.min(left, await entries.count(dueFor(id, 0))) : 0;
    },

    /** `none`: there are no more for now. `unclear`: nobody knows whether an order of them was bought. */
    async assign(
      campaign: Campaign,
      people: readonly Entry[],
    ): Promise<'all' | 'none' | 'unclear'> {
      for (const entry of people) {
        if (await assignOne(campaign, entry)) continue;
        const orders = await poolsOf(campaign);
        const isUnclear = orders.some(({ status }) =>
          ['not_found', 'needs_review', 'closed'].includes(status),
        );
        return isUnclear ? 'unclear' : 'none';
      }
      return 'all';
    },

    /** Also of an order that a crash has kept from being noted. */
    async giveRest({ id, requester }: Campaign): Promise<void> {
      for await (const order of orders.ofCampaign(id))
        if (isPool(order)) await orders.assignRest(order.id, requester);
    },
  };
}
