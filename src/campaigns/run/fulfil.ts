import { HIGHEST_QUANTITY, isGiven, isPool, type Order } from '../../orders/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign } from '../model/campaign.ts';
import { dueFor, type Entry } from '../model/entry.ts';
import { block, isBlocked } from './blocked.ts';
import { placeOrder, settleOrder, settleUnclear } from './orders.ts';

/**
 * Buys the cards that people are to get out of a campaign, as far as it goes now: in as few orders as there can be, one at a
 * time, for one that waits for certainty must not be mistaken for the next. Whatever crashes, nobody gets two: an order
 * holds the name of each of its recipients in this campaign.
 */
export async function fulfil(ctx: CampaignsContext, id: string): Promise<void> {
  const known = await ctx.campaigns.get(id);
  if (known?.unclear) await settleUnclear(ctx, known);
  for (;;) {
    const campaign = await ctx.campaigns.get(id);
    if (!campaign || !(gives(campaign) || campaign.flying)) return;
    if (ctx.stopping.signal.aborted || !(await step(ctx, campaign))) return;
  }
}

const gives = ({ state }: Campaign) => state === 'running' || state === 'closing';

/** One step; false when nothing more can be done now. */
async function step(ctx: CampaignsContext, campaign: Campaign): Promise<boolean> {
  if (campaign.flying) return settleOrder(ctx, campaign, campaign.flying);
  const count = await countToBuy(ctx, campaign);
  if (count > 0) {
    await placeOrder(ctx, campaign, 0, [], Math.min(count, HIGHEST_QUANTITY));
    return true;
  }
  for (const [part, card] of campaign.parts.entries()) {
    if (isBlocked(card, ctx.clock.now())) continue;
    const list = dueFor(campaign.id, part);
    const { entries: due } = await ctx.entries.page(list, { limit: HIGHEST_QUANTITY });
    if (due.length > 0) return give(ctx, campaign, part, due);
  }
  return false;
}

async function give(
  ctx: CampaignsContext,
  campaign: Campaign,
  part: number,
  due: readonly Entry[],
): Promise<boolean> {
  const here = await checkMembership(ctx, campaign, due);
  if (here === 'unknown') await block(ctx, campaign.id, part, 'discord_unreachable');
  else if (!campaign.buysAtStart && here.length > 0)
    await placeOrder(ctx, campaign, part, here, here.length);
  else if (campaign.buysAtStart) {
    const given = await claimFromPool(ctx, campaign, here);
    if (given === 'unclear') await block(ctx, campaign.id, part, 'unclear');
    return given !== 'none';
  }
  return true;
}

/** Who asks Discord about members, asks about so many at once. */
const LOOK_UPS = 5;

/** Of those who are to get a card: who is still a member. Who has left gets none, and is not paid for. */
async function checkMembership(
  { directory, entries }: CampaignsContext,
  { guild }: Campaign,
  due: readonly Entry[],
): Promise<Entry[] | 'unknown'> {
  const here: Entry[] = [];
  for (let from = 0; from < due.length; from += LOOK_UPS) {
    const some = due.slice(from, from + LOOK_UPS);
    const found = await Promise.all(some.map(({ user }) => directory.find(guild, user)));
    if (found.includes('unknown')) return 'unknown';
    for (const [index, entry] of some.entries()) {
      const { campaign, user } = entry;
      if (found[index] !== 'none') here.push(entry);
      else await entries.reviseIn(campaign, user, 'due', { state: 'failed', why: 'gone' });
    }
  }
  return here;
}

/** Of a campaign that gives no more: what was bought and claimed by nobody goes to whoever paid for it. */
export async function giveLeftovers(ctx: CampaignsContext, campaign: Campaign): Promise<void> {
  const { buysAtStart, pools, flying, unclear } = campaign;
  if (!buysAtStart || pools?.length === 0 || flying || unclear) return;
  await giveRestOfPool(ctx, campaign);
  await ctx.campaigns.revise(campaign.id, (current) => ({ ...current, pools: [] }));
}

/** Cards of a drop that are bought at its start, and given as they are claimed. */
const poolsOf = ({ orders }: CampaignsContext, { pools = [] }: Campaign): Promise<Order[]> =>
  Promise.all(pools.map((pool) => orders.commissioned(pool)));

/** Of what was bought, everything has somebody. */
const isSoldOut = (orders: readonly Order[]): boolean =>
  orders.every(({ quote, cards }) => cards.length >= quote.quantity && cards.every(isGiven));

/** How many are to be bought now. Of a drop that takes nobody more: for those who have claimed. */
async function countToBuy(ctx: CampaignsContext, campaign: Campaign): Promise<number> {
  const { id, buysAtStart, places, pools = [], parts, state, endsAt } = campaign;
  const now = ctx.clock.now();
  const left = places - pools.length * HIGHEST_QUANTITY;
  const [card] = parts;
  if (!buysAtStart || left <= 0 || !card || isBlocked(card, now)) return 0;
  if (state === 'running' && now < (endsAt ?? Number.POSITIVE_INFINITY)) return left;
  const isSold = isSoldOut(await poolsOf(ctx, campaign));
  return isSold ? Math.min(left, await ctx.entries.count(dueFor(id, 0))) : 0;
}

async function claimOne(ctx: CampaignsContext, { id, pools = [] }: Campaign, { user }: Entry) {
  for (const pool of pools) {
    const given = await ctx.orders.assign(pool, user);
    if (!given) continue;
    await ctx.entries.reviseIn(id, user, 'due', { state: 'ordered', order: given.id });
    return true;
  }
  return false;
}

/** `none`: there are no more for now. `unclear`: nobody knows whether an order of them was bought. */
async function claimFromPool(ctx: CampaignsContext, campaign: Campaign, people: readonly Entry[]) {
  for (const entry of people) {
    if (await claimOne(ctx, campaign, entry)) continue;
    const orders = await poolsOf(ctx, campaign);
    const isUnclear = orders.some(({ status }) =>
      ['not_found', 'needs_review', 'closed'].includes(status),
    );
    return isUnclear ? 'unclear' : 'none';
  }
  return 'all';
}

/** To whoever paid for it; also of an order that a crash has kept from being noted. */
async function giveRestOfPool({ orders }: CampaignsContext, { id, requester }: Campaign) {
  for await (const order of orders.ofCampaign(id))
    if (isPool(order)) await orders.assignRest(order.id, requester);
}
