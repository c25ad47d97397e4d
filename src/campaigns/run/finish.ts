import { isPool, missingCards } from '../../orders/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign, Part } from '../model/campaign.ts';
import { dueFor, entriesIn, entriesOf } from '../model/entry.ts';
import { isGivingDrawn, offeredAgainFrom, transitionCampaign } from '../model/state-machine.ts';
import { blockedFor, isBlocked } from './blocked.ts';
import { settleReserved } from './reserve.ts';

/** Ends what is over, and leaves to people what cannot go on by itself. */
export async function finish(ctx: CampaignsContext, campaign: Campaign): Promise<Campaign> {
  const { state } = campaign;
  const halted = state === 'running' || state === 'closing' ? await halt(ctx, campaign) : campaign;
  return end(ctx, await close(ctx, halted));
}

/** What is over by the clock, for want of a person's word. */
export async function expire(ctx: CampaignsContext, campaign: Campaign): Promise<Campaign> {
  const { state, expiresAt, approval } = campaign;
  const ends = state === 'planned' ? expiresAt : approval?.endsAt;
  const waits = state === 'planned' || state === 'awaiting_approval';
  if (!waits || ctx.clock.now() < (ends ?? Number.POSITIVE_INFINITY)) return campaign;
  return state === 'planned' ? takeBack(ctx, campaign) : move(ctx, campaign, 'expired', 'too_late');
}

/** An offer that was over before anybody took it: nothing is left of it, and of the places that people had in it. */
export async function forget({ campaigns, entries }: CampaignsContext, campaign: Campaign): Promise<void> {
  for await (const entry of entries.walk(entriesOf(campaign.id))) await entries.remove(entry);
  await campaigns.remove(campaign);
}

/** What was offered once more and taken by nobody is as it was before: its rest can be offered again. */
async function takeBack(ctx: CampaignsContext, campaign: Campaign): Promise<Campaign> {
  const from = offeredAgainFrom(campaign);
  if (from === 'ended') return move(ctx, campaign, 'ended', 'too_late');
  if (from !== 'halted') return move(ctx, campaign, 'expired', 'too_late');
  // Its prices are those of the offer by now: nothing goes on by them before they are confirmed.
  const blocked = blockedFor('price_rose', ctx.clock.now());
  const parts = campaign.parts.map((part) => ({ ...part, blocked }));
  return move(ctx, campaign, 'halted', 'too_late', { parts });
}

async function move(
  ctx: CampaignsContext,
  seen: Campaign,
  state: Campaign['state'],
  why: 'time_over' | 'all_given' | 'too_late' | 'blocked',
  { detail, ...changes }: Pick<Partial<Campaign>, 'parts'> & { detail?: string } = {},
): Promise<Campaign> {
  const campaign = await ctx.campaigns.revise(seen.id, (current) => {
    if (current.state !== seen.state) return current;
    const step = { at: ctx.clock.now(), by: 'cardigan', why, ...(detail && { detail }) };
    return transitionCampaign(current, state, step, changes);
  });
  await settleReserved(ctx, campaign);
  return campaign;
}

async function halt(ctx: CampaignsContext, campaign: Campaign): Promise<Campaign> {
  const detail = campaign.flying ? undefined : await stuckBy(ctx, campaign);
  return detail === undefined ? campaign : move(ctx, campaign, 'halted', 'blocked', { detail });
}

/** Why nothing can go on by itself: of every card that somebody waits for, one that a person has to see to. */
async function stuckBy(ctx: CampaignsContext, { id, parts, buysAtStart, pools = [] }: Campaign) {
  let found: Part | undefined;
  for (const [index, part] of parts.entries()) {
    const isWanted = (await ctx.entries.count(dueFor(id, index))) > 0;
    if (!isWanted && !(buysAtStart && pools.length === 0)) continue;
    const isStuck = isBlocked(part, ctx.clock.now()) && part.blocked?.retryAt === undefined;
    if (!isStuck) return undefined;
    found ??= part;
  }
  return found?.blocked?.why;
}

/** Nothing more is taken; what was promised is still given. */
async function close(ctx: CampaignsContext, campaign: Campaign): Promise<Campaign> {
  if (campaign.state !== 'running' || !(await isAllTaken(ctx, campaign))) return campaign;
  const isOver = campaign.endsAt !== undefined && ctx.clock.now() >= campaign.endsAt;
  return move(ctx, campaign, 'closing', isOver ? 'time_over' : 'all_given');
}

async function isAllTaken(ctx: CampaignsContext, campaign: Campaign): Promise<boolean> {
  const { id, kind, places, draw, endsAt } = campaign;
  const states = ['due', 'ordered', 'failed', 'won'] as const;
  const { due, ordered, failed, won } = await ctx.entries.countIn(id, states);
  if (kind === 'bulk') return due === 0 && !campaign.flying;
  if (kind === 'giveaway') {
    const isExhausted = draw?.drawn && (draw.reached >= draw.drawn.entrants || due + ordered >= places);
    return isExhausted === true && won === 0;
  }
  // Whoever pressed in time is drawn first, and gets a card.
  if (draw && (!draw.drawn || isGivingDrawn(campaign))) return false;
  // Whoever had a place and has left the server has used it up.
  return due + ordered + failed >= places || (endsAt !== undefined && ctx.clock.now() >= endsAt);
}

async function end(ctx: CampaignsContext, campaign: Campaign): Promise<Campaign> {
  // Whoever was to get a card of an order that nobody is certain of may yet be to get another.
  const isDone = campaign.state === 'closing' && !campaign.flying && !campaign.unclear;
  if (!isDone || (await ctx.entries.count(entriesIn(campaign.id, 'due'))) > 0) return campaign;
  if (await areCodesToCome(ctx, campaign)) return campaign;
  return move(ctx, campaign, 'ended', 'all_given');
}

/** Of cards that somebody is to get: CardPlusPay still owes codes, or people have yet to say that it does not. */
async function areCodesToCome({ orders }: CampaignsContext, { id }: Campaign): Promise<boolean> {
  for await (const order of orders.ofCampaign(id, 'open')) {
    const mayCome = order.status === 'bought' || order.status === 'needs_review';
    if (mayCome && !isPool(order) && missingCards(order) > 0) return true;
  }
  return false;
}
