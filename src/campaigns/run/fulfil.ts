import { HIGHEST_QUANTITY } from '../../orders/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign } from '../model/campaign.ts';
import { dueFor, type Entry } from '../model/entry.ts';
import { block, isBlocked, leaveToPeople } from './blocked.ts';
import { claimFromPool, countToBuy, putPoolOnHand, unreadablePools } from './card-pool.ts';
import { blockUntried, noteUnnoted, placeOrder, settleOrder, settleUnclear } from './orders.ts';

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
    if (!campaign || ctx.stopping.signal.aborted) return;
    const goesOn = gives(campaign) || campaign.flying;
    const isStep = goesOn ? await step(ctx, campaign) : await isTakenUp(ctx, campaign);
    if (!isStep) return;
  }
}

const gives = ({ state }: Campaign) => state === 'running' || state === 'closing';

/** Whether there was an order to await, of one that may give again. */
const isTakenUp = async (ctx: CampaignsContext, campaign: Campaign): Promise<boolean> =>
  (campaign.state === 'paused' || campaign.state === 'halted') && noteUnnoted(ctx, campaign);

/** One step; false when nothing more can be done now. */
async function step(ctx: CampaignsContext, campaign: Campaign): Promise<boolean> {
  if (campaign.flying) return settleOrder(ctx, campaign, campaign.flying);
  const count = await countToBuy(ctx, campaign);
  if (count > 0) {
    const seenAt = ctx.clock.now();
    await placeOrder(ctx, campaign, 0, { people: [], count: Math.min(count, HIGHEST_QUANTITY), seenAt });
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

async function give(ctx: CampaignsContext, campaign: Campaign, part: number, due: readonly Entry[]): Promise<boolean> {
  const seenAt = ctx.clock.now();
  const here = await checkMembership(ctx, campaign, due);
  if (here === 'unknown') await waitForDiscord(ctx, campaign, part, due);
  else if (!campaign.buysAtStart && here.length > 0)
    await placeOrder(ctx, campaign, part, { people: here, count: here.length, seenAt });
  else if (campaign.buysAtStart) {
    const given = await claimFromPool(ctx, campaign, here);
    if (given === 'unclear') await block(ctx, campaign.id, part, 'unclear');
    return given !== 'none';
  }
  return true;
}

/** Cards that are paid do not wait for Discord without end, with nobody told. */
const PAID_WAITS_MS = 24 * 60 * 60_000;
/** In a row. After a long pause one silence is no reason to trouble anybody. */
const TRIES = 5;

async function waitForDiscord(ctx: CampaignsContext, campaign: Campaign, part: number, due: readonly Entry[]) {
  await blockUntried(ctx, campaign, part, 'discord_unreachable');
  const since = Math.min(...due.map(({ at }) => at));
  if (campaign.buysAtStart && ctx.clock.now() - since >= PAID_WAITS_MS)
    await leaveToPeople(ctx, campaign.id, part, TRIES);
}

/** Of those who are to get a card: who is still a member. Who has left gets none, and is not paid for. */
async function checkMembership(
  { directory, entries }: CampaignsContext,
  { guild }: Campaign,
  due: readonly Entry[],
): Promise<Entry[] | 'unknown'> {
  const users = due.map(({ user }) => user);
  const found = await directory.findMany(guild, users);
  if (users.some((user) => (found.get(user) ?? 'unknown') === 'unknown')) return 'unknown';
  const here: Entry[] = [];
  for (const entry of due) {
    const { campaign, user } = entry;
    if (found.get(user) !== 'none') here.push(entry);
    else await entries.reviseIn(campaign, user, 'due', { state: 'failed', why: 'gone' });
  }
  return here;
}

/** Of a campaign that gives no more: what was bought and claimed by nobody is the server's. */
export async function releaseLeftovers(ctx: CampaignsContext, campaign: Campaign): Promise<void> {
  const { buysAtStart, pools, flying, unclear } = campaign;
  if (!buysAtStart || pools?.length === 0 || flying || unclear) return;
  await putPoolOnHand(ctx, campaign);
  // Until it can be read again.
  const left = await unreadablePools(ctx, campaign);
  if (left.length > 0 && left.length === pools?.length) return;
  await ctx.campaigns.revise(campaign.id, (current) => ({ ...current, pools: left }));
}
