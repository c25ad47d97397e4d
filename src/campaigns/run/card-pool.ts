import { isGiven, isPool, type Order } from '../../orders/index.ts';
import { unlessUnreadable } from '../../store/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign } from '../model/campaign.ts';
import { dueFor, type Entry } from '../model/entry.ts';
import { isBlocked } from './blocked.ts';

/** Cards of a drop that are bought at its start, and given as they are claimed. Undefined for what cannot be read. */
const poolsOf = ({ orders }: CampaignsContext, { pools = [] }: Campaign): Promise<(Order | undefined)[]> =>
  Promise.all(pools.map((pool) => unlessUnreadable(() => orders.commissioned(pool), undefined)));

/** Those of its pools that cannot be read: nobody knows how many cards are in them, or whose. */
export async function unreadablePools(ctx: CampaignsContext, campaign: Campaign): Promise<string[]> {
  const orders = await poolsOf(ctx, campaign);
  return (campaign.pools ?? []).filter((_, index) => orders[index] === undefined);
}

const isReadable = (order: Order | undefined): order is Order => order !== undefined;

/** Of what was bought, everything has somebody. */
const isSoldOut = (orders: readonly Order[]): boolean =>
  orders.every(({ quote, cards }) => cards.length >= quote.quantity && cards.every(isGiven));

/** How many are to be bought now. Of a drop that takes nobody more: for those who have claimed. */
export async function countToBuy(ctx: CampaignsContext, campaign: Campaign): Promise<number> {
  const { id, buysAtStart, places, parts, state, endsAt } = campaign;
  const now = ctx.clock.now();
  const [card] = parts;
  if (!buysAtStart || !card || isBlocked(card, now)) return 0;
  const orders = await poolsOf(ctx, campaign);
  // It may be what is wanted.
  if (!orders.every(isReadable)) return 0;
  const left = orders.reduce((rest, { quote }) => rest - quote.quantity, places);
  if (left <= 0) return 0;
  if (state === 'running' && now < (endsAt ?? Number.POSITIVE_INFINITY)) return left;
  return isSoldOut(orders) ? Math.min(left, await ctx.entries.count(dueFor(id, 0))) : 0;
}

/** The first number that none of its pools has; one that a crash kept from being noted is found by it. */
export async function nextPool(ctx: CampaignsContext, campaign: Campaign): Promise<number> {
  const orders = await poolsOf(ctx, campaign);
  const taken = new Set(orders.map((order) => order?.campaign?.pool));
  let number = 0;
  while (taken.has(number)) number++;
  return number;
}

async function claimOne(ctx: CampaignsContext, { id, pools = [] }: Campaign, { user }: Entry) {
  for (const pool of pools) {
    const given = await unlessUnreadable(() => ctx.orders.assign(pool, user), undefined);
    if (!given) continue;
    await ctx.entries.reviseIn(id, user, 'due', { state: 'ordered', order: given.id });
    return true;
  }
  return false;
}

/** `none`: there are no more for now. `unclear`: nobody knows whether an order of them was bought. */
export async function claimFromPool(
  ctx: CampaignsContext,
  campaign: Campaign,
  people: readonly Entry[],
): Promise<'all' | 'none' | 'unclear'> {
  let isAnyUnread = false;
  for (const entry of people) {
    if (await claimOne(ctx, campaign, entry)) continue;
    const orders = await poolsOf(ctx, campaign);
    // Theirs may be in one that cannot be read: whoever comes after them may still get one.
    isAnyUnread = !orders.every(isReadable);
    if (isAnyUnread) continue;
    const isUnclear = orders.some((order) => order && ['not_found', 'needs_review', 'closed'].includes(order.status));
    return isUnclear ? 'unclear' : 'none';
  }
  if (isAnyUnread) return 'unclear';
  return 'all';
}

/** What nobody claimed is on hand for the server; also of an order that a crash has kept from being noted. */
export async function putPoolOnHand({ orders }: CampaignsContext, { id }: Campaign): Promise<void> {
  for await (const order of orders.ofCampaign(id)) if (isPool(order)) await orders.putOnHand(order.id);
}
