import { add, money } from '../../lib/index.ts';
import { endedWithNothing, isFinal, isGiven, type Order, type Status } from '../../orders/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign } from '../model/campaign.ts';
import { type CardCounts, countedStates, type OrderCounts, type Stats } from '../model/entry.ts';
import { isOver } from '../model/state-machine.ts';

/** What counting a campaign takes of the context. */
interface StatsContext extends Pick<CampaignsContext, 'entries'> {
  orders: Pick<CampaignsContext['orders'], 'ofCampaign' | 'countOfCampaign'>;
  memory: Pick<CampaignsContext['memory'], 'counted'>;
}

/** How far a campaign has come. */
export const statsOf = async (ctx: StatsContext, campaign: Campaign): Promise<Stats> =>
  (await statsWithOrders(ctx, campaign)).tally;

/**
 * With its orders that have not ended. Those that have are read once, and remembered until the campaign is over: a campaign
 * may have hundreds.
 */
export async function statsWithOrders(
  ctx: StatsContext,
  campaign: Campaign,
): Promise<{ tally: Stats; open: readonly Order[] }> {
  const { id, state, charged } = campaign;
  const { counted } = ctx.memory;
  const open: Order[] = [];
  for await (const order of ctx.orders.ofCampaign(id, 'open')) open.push(order);
  // One that had ended, and turned up after all, is counted anew.
  if (open.some((order) => counted.get(id)?.ended.has(order.id))) counted.delete(id);
  const known = counted.get(id) ?? { ended: new Set<string>(), sum: nothing(charged.currency) };
  await countEnded(ctx, id, known, open.length);
  if (isOver(state)) counted.delete(id);
  else counted.set(id, known);
  // One may have ended between the two looks.
  const still = open.filter((order) => !known.ended.has(order.id));
  const cards = still.map(cardCountsOf).reduce(plus, known.sum);
  const people = await ctx.entries.countIn(id, countedStates);
  const tally = { ...people, ...cards, openOrders: still.length };
  return { tally, open: still };
}

/** The newest come first, so that no more is read than has ended since. */
async function countEnded({ orders }: StatsContext, id: string, known: OrderCounts, open: number) {
  const count = await orders.countOfCampaign(id);
  const areAllKnown = () => known.ended.size + open >= count;
  if (areAllKnown()) return;
  for await (const order of orders.ofCampaign(id)) {
    if (known.ended.has(order.id) || !isFinal(order.status)) continue;
    known.ended.add(order.id);
    known.sum = plus(known.sum, cardCountsOf(order));
    if (areAllKnown()) return;
  }
}

const NO_CARDS = { sent: 0, waiting: 0, onWay: 0, pool: 0, unclear: 0 };
const nothing = (currency: string): CardCounts => ({ ...NO_CARDS, charged: money('0', currency) });

function plus(a: CardCounts, b: CardCounts): CardCounts {
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
function cardCountsOf(order: Order): CardCounts {
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
