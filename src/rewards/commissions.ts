import { times } from '../money.ts';
import type { Order } from '../orders/order.ts';
import type { Purchasing } from '../orders/purchasing.ts';
import { Problem } from '../problem.ts';
import type { Campaign } from './campaign.ts';
import type { Entry } from './entry.ts';
import type { EntryBook } from './entry-book.ts';

interface Parts {
  entries: Pick<EntryBook, 'revise'>;
  purchasing: Pick<Purchasing, 'commission'>;
}

/** Orders of a campaign, and the places of those who get a card of one. */
export function createCommissions({ entries, purchasing }: Parts) {
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
        return await purchasing.commission(commissionOf(...what));
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
