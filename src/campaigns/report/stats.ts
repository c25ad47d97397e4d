import { add, type Money, money } from '../../lib/index.ts';
import {
  endedWithNothing,
  isFinal,
  isGiven,
  type Order,
  type Orders,
  type Status,
} from '../../orders/index.ts';
import type { EntryBook } from '../entries.ts';
import type { Campaign } from '../model/campaign.ts';
import { type EntryState, entriesIn } from '../model/entry.ts';
import { isOver } from '../model/state-machine.ts';

/** People, by what has become of their places. */
const counted = ['entered', 'won', 'due', 'ordered', 'failed', 'lapsed'] as const;
type Counted = Extract<EntryState, (typeof counted)[number]>;

/** Cards, by what has become of their orders. */
interface Cards {
  /** In their recipients' hands. */
  readonly sent: number;
  /** Here, and no direct message has brought them to their recipients, who have to fetch them. */
  readonly waiting: number;
  /** Being bought, or on their way to their recipients. */
  readonly onWay: number;
  /** Bought, and claimed by nobody yet. */
  readonly pool: number;
  /** Of orders of which nobody knows yet, or for certain, whether they were bought. */
  readonly unclear: number;
  readonly charged: Money;
}

/** How far a campaign has come. */
export type Tally = Readonly<Record<Counted, number>> & Cards & { readonly openOrders: number };

interface Parts {
  entries: Pick<EntryBook, 'count'>;
  orders: Pick<Orders, 'ofCampaign' | 'countOfCampaign'>;
}

interface Memory {
  readonly ended: Set<string>;
  sum: Cards;
}

/** Counts; orders that have ended are read once, and remembered until the campaign is over. */
export function createTally({ entries, orders }: Parts) {
  const memories = new Map<string, Memory>();

  async function people({ id }: Campaign): Promise<Record<Counted, number>> {
    const counts = await Promise.all(counted.map((state) => entries.count(entriesIn(id, state))));
    return Object.fromEntries(counted.map((state, index) => [state, counts[index] ?? 0])) as Record<
      Counted,
      number
    >;
  }

  async function openOrders(id: string): Promise<Order[]> {
    const open: Order[] = [];
    for await (const order of orders.ofCampaign(id, 'open')) open.push(order);
    return open;
  }

  /** The newest come first, so that no more is read than has ended since. */
  async function remember(id: string, memory: Memory, open: number): Promise<void> {
    const count = await orders.countOfCampaign(id);
    const areAllKnown = () => memory.ended.size + open >= count;
    if (areAllKnown()) return;
    for await (const order of orders.ofCampaign(id)) {
      if (memory.ended.has(order.id) || !isFinal(order.status)) continue;
      memory.ended.add(order.id);
      memory.sum = plus(memory.sum, cardsOf(order));
      if (areAllKnown()) return;
    }
  }

  /** With the orders that have not ended. */
  async function look(campaign: Campaign): Promise<{ tally: Tally; open: readonly Order[] }> {
    const { id, state, charged } = campaign;
    const none = nothing(charged.currency);
    const memory = memories.get(id) ?? { ended: new Set<string>(), sum: none };
    const open = await openOrders(id);
    await remember(id, memory, open.length);
    if (isOver(state)) memories.delete(id);
    else memories.set(id, memory);
    // One may have ended between the two looks.
    const still = open.filter((order) => !memory.ended.has(order.id));
    const cards = still.map(cardsOf).reduce(plus, memory.sum);
    const tally = { ...(await people(campaign)), ...cards, openOrders: still.length };
    return { tally, open: still };
  }

  return { look, of: async (campaign: Campaign): Promise<Tally> => (await look(campaign)).tally };
}

export type Tallies = ReturnType<typeof createTally>;

const nothing = (currency: string): Cards => ({
  ...{ sent: 0, waiting: 0, onWay: 0, pool: 0, unclear: 0 },
  charged: money('0', currency),
});

function plus(a: Cards, b: Cards): Cards {
  return {
    sent: a.sent + b.sent,
    waiting: a.waiting + b.waiting,
    onWay: a.onWay + b.onWay,
    pool: a.pool + b.pool,
    unclear: a.unclear + b.unclear,
    // What CardPlusPay charges in another currency is no part of this sum.
    charged: a.charged.currency === b.charged.currency ? add(a.charged, b.charged) : a.charged,
  };
}

const unclear: readonly Status[] = ['unconfirmed', 'not_found', 'needs_review', 'closed'];
const arriving: readonly Status[] = ['approved', 'buying', 'bought', 'held'];

/** What an order adds: each of its cards once. */
export function cardsOf(order: Order): Cards {
  const { status, quote, cards, remote } = order;
  const { quantity, charged } = quote;
  const none = nothing(charged.currency);
  // Its people count by their places.
  if (endedWithNothing(order)) return none;
  const paid = remote ? { charged: remote.charged } : {};
  if (unclear.includes(status)) {
    const sent = cards.filter((card) => card.deliveredAt !== undefined).length;
    return { ...none, ...paid, sent, unclear: Math.max(0, quantity - sent) };
  }
  const given = cards.filter(isGiven);
  const sent = given.filter((card) => card.deliveredAt !== undefined).length;
  const waiting = given.filter((card) => !card.deliveredAt && card.posted).length;
  const pool = cards.length - given.length;
  const rest = Math.max(0, quantity - sent - waiting - pool);
  return { ...none, ...paid, sent, waiting, pool, onWay: arriving.includes(status) ? rest : 0 };
}
