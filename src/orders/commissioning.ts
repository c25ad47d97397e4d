import type { Clock } from '../clock.ts';
import type { Flights } from './flights.ts';
import type { Gate } from './gate.ts';
import { passGate } from './gate.ts';
import type { RandomBytes } from './ids.ts';
import { newOrderId, newReference } from './ids.ts';
import type { OfCampaign, Order, Quote, Step } from './order.ts';
import type { NewOrder, OrderBook } from './order-book.ts';
import { isQuantity } from './quoting.ts';

/** A part of what a campaign buys: at most 100 cards of one kind, by what was shown when it was confirmed. */
export type Commission = Pick<
  Order,
  'guild' | 'channel' | 'requester' | 'locale' | 'recipients'
> & {
  readonly quote: Omit<Quote, 'balance' | 'expiresAt'>;
  readonly campaign: OfCampaign;
  readonly gift: NonNullable<Order['gift']>;
  /** When it was set aside for the whole campaign, and in which budgets: it counts in the same periods. */
  readonly reserved: NonNullable<Order['reserved']>;
  /** Of the whole campaign, with its votes. */
  readonly approval?: NonNullable<Order['approval']>;
  readonly reason?: string;
};

/** Orders of campaigns, each of which was decided about as a whole. */
export interface Commissioning {
  /**
   * Writes an order that is approved already. Where somebody gets their card by another order of the campaign, that order
   * is given back and none is made: whoever calls compares. Of each pool there is one as well.
   * Throws a Problem while purchases are stopped.
   */
  commission(commission: Commission): Promise<Order>;
  /**
   * Buys and delivers it as far as it goes now; joins whoever is at it. `anew`: what a closed inbox refused or Discord
   * did not want is tried once more.
   */
  carryOut(id: string, how?: 'anew'): Promise<Order>;
  /** An order of a campaign, as it is now. */
  commissioned(id: string): Promise<Order>;
}

interface Parts {
  book: Pick<OrderBook, 'get' | 'create'>;
  flights: Pick<Flights, 'fly'>;
  gate: Gate;
  clock: Clock;
  random: RandomBytes;
}

export function createCommissioning(parts: Parts): Commissioning {
  const { book, flights, gate, clock, random } = parts;

  function approved(commission: Commission): NewOrder {
    const now = clock.now();
    const asked: Step = { at: now, by: commission.requester, status: 'quoted', why: 'asked' };
    const decided: Step = { at: now, by: 'cardigan', status: 'approved', why: 'campaign' };
    return {
      ...commission,
      id: newOrderId(now, random),
      reference: newReference(random),
      quote: { ...commission.quote, expiresAt: now },
      status: 'approved',
      cards: [],
      approvedAt: now,
      history: [asked, decided],
    };
  }

  async function commissioned(id: string): Promise<Order> {
    const order = await book.get(id);
    if (!order) throw new Error(`no order has the id ${id}`);
    return order;
  }

  return {
    async commission(commission) {
      requireWhole(commission);
      await passGate(gate);
      return book.create(approved(commission), () => newReference(random));
    },
    async carryOut(id, how) {
      const { status } = await commissioned(id);
      // Of one that is past that, an earlier process may have sent some codes.
      return flights.fly(id, status === 'approved' ? 'first' : (how ?? 'again'));
    },
    commissioned,
  };
}

/** Whoever makes up a campaign's orders sees to it: anything else is a bug. */
function requireWhole({ quote, recipients, campaign }: Commission): void {
  const given = recipients.reduce((sum, { quantity }) => sum + quantity, 0);
  const known = campaign.pool === undefined ? quote.quantity : 0;
  if (!isQuantity(quote.quantity)) throw new RangeError('an order has from 1 to 100 cards');
  if (given !== known) throw new RangeError('an order has a card for each recipient');
}
