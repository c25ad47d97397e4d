import { Problem, times } from '../../lib/index.ts';
import { endedWithNothing, isNotListed, isPool, type Order, type Status } from '../../orders/index.ts';
import { unlessUnreadable } from '../../store/index.ts';
import type { CampaignsContext } from '../context.ts';
import { type Campaign, unblocked, withPart } from '../model/campaign.ts';
import type { Entry } from '../model/entry.ts';
import { block } from './blocked.ts';
import { nextPool } from './card-pool.ts';

/** Nothing is known of what was charged yet, or nothing was tried: the next order for this card waits for it. */
const underWay: readonly Status[] = ['quoted', 'awaiting_approval', 'approved', 'buying', 'unconfirmed'];
/** Nobody knows whether it was bought: it is watched for a day, or people decide. */
const unclear: readonly Status[] = ['not_found', 'needs_review'];

/** For whom, and when they were asked about. */
interface Ordered {
  readonly people: readonly Entry[];
  readonly count: number;
  readonly seenAt: number;
}

/**
 * Orders so many of one of its cards, for these people or, for nobody, a pool; of fewer that are on hand, those first. It is
 * awaited from then on.
 */
export async function placeOrder(
  ctx: CampaignsContext,
  campaign: Campaign,
  part: number,
  { people, count: wanted, seenAt }: Ordered,
): Promise<void> {
  const count = await countNow(ctx, campaign, part, wanted);
  const pool = people.length === 0 ? await nextPool(ctx, campaign) : undefined;
  const what = commissionOf(campaign, part, people.slice(0, count), count, pool);
  const made = await commission(ctx, { ...what, seenAt });
  if (!made) return blockUntried(ctx, campaign, part, 'stopped');
  // One that an earlier process made for some of them is taken up before another is.
  await note(ctx, campaign, made, part);
}

/** An order is served from hand as a whole, or bought. */
async function countNow({ orders }: CampaignsContext, { guild, parts }: Campaign, number: number, wanted: number) {
  const part = parts[number];
  const onHand = part ? await orders.countOnHand({ guild, quote: part }) : 0;
  return onHand > 0 ? Math.min(onHand, wanted) : wanted;
}

/** It is awaited from then on. May be repeated. */
async function note(ctx: CampaignsContext, campaign: Campaign, order: Order, part: number): Promise<void> {
  await ctx.campaigns.revise(campaign.id, (current) => ({
    ...current,
    flying: { order: order.id, part },
    ...(isPool(order) && { pools: [...new Set([...(current.pools ?? []), order.id])] }),
  }));
  await markOrdered(ctx, order);
}

/** Where no order can be made; one that was made earlier is awaited all the same. */
export async function blockUntried(
  ctx: CampaignsContext,
  campaign: Campaign,
  part: number,
  why: 'stopped' | 'discord_unreachable',
): Promise<void> {
  await block(ctx, campaign.id, part, why);
  await noteUnnoted(ctx, campaign);
}

/**
 * Notes an order that an earlier process made and did not live to note, of a campaign that makes none now: once a day of
 * looking has ended it, it would be made anew. False where there is none.
 */
export async function noteUnnoted(ctx: CampaignsContext, campaign: Campaign): Promise<boolean> {
  for await (const order of ctx.orders.ofCampaign(campaign.id, 'open')) {
    const { id, status, remote, quote } = order;
    const isKnown = remote || campaign.unclear?.includes(id);
    const part = campaign.parts.findIndex(({ itemCode }) => itemCode === quote.itemCode);
    if (isKnown || part < 0 || ![...underWay, ...unclear].includes(status)) continue;
    await note(ctx, campaign, order, part);
    return true;
  }
  return false;
}

/** Undefined while purchases are stopped for the whole account. */
async function commission({ orders }: CampaignsContext, what: Parameters<CampaignsContext['orders']['commission']>[0]) {
  try {
    return await orders.commission(what);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

function commissionOf(
  campaign: Campaign,
  number: number,
  people: readonly Entry[],
  quantity: number,
  pool: number | undefined,
) {
  const { id, charged, requester, guild, place, locale, gift, approval, reserved } = campaign;
  const part = campaign.parts[number];
  if (!part) throw new Error(`campaign ${id} has no card ${number}`);
  if (!reserved) throw new Error(`campaign ${id} gives cards and has no place in the budgets`);
  const { each, quantity: _, blocked: __, ...card } = part;
  return {
    requester,
    guild,
    channel: place,
    locale,
    gift,
    reserved: { at: reserved.at, budgets: reserved.budgets },
    ...(approval && { approval }),
    campaign: { id, charged, ...(pool !== undefined && { pool }) },
    quote: { ...card, each, quantity, charged: times(each, quantity) },
    recipients: people.map(({ user, message }) => ({ user, quantity: 1, ...(message !== undefined && { message }) })),
  };
}

async function markOrdered(ctx: CampaignsContext, order: Order): Promise<void> {
  await reviseEach(ctx, order, (entry) =>
    entry.state === 'due' ? { ...entry, state: 'ordered', order: order.id } : entry,
  );
}

/** The places of those who are to get a card of it. One that cannot be read stays as it is, and keeps nobody from theirs. */
async function reviseEach(
  { entries }: CampaignsContext,
  { campaign, recipients }: Order,
  decide: (entry: Entry) => Entry,
): Promise<void> {
  for (const { user } of recipients)
    await unlessUnreadable(() => entries.revise(campaign?.id ?? '', user, decide), undefined);
}

/** Takes an order from those who were to get a card of it. */
async function release(ctx: CampaignsContext, order: Order, now: Pick<Entry, 'state' | 'why'>) {
  await reviseEach(ctx, order, (entry) => {
    if (entry.state !== 'ordered' || entry.order !== order.id) return entry;
    const { order: _, ...rest } = entry;
    return { ...rest, ...now };
  });
}

const markDueAgain = (ctx: CampaignsContext, order: Order) => release(ctx, order, { state: 'due' });

const isLost = (order: Order): boolean => endedWithNothing(order) && !isNotListed(order);

/** Whoever was to get a card of it still is; what kept it from being bought is on record. */
async function recordLoss(ctx: CampaignsContext, order: Order, part: number): Promise<void> {
  const { id, status, campaign, history } = order;
  const { why = 'too_late', detail } = history.at(-1) ?? {};
  await markDueAgain(ctx, order);
  await block(ctx, campaign?.id ?? '', part, why, detail);
  const text = 'an order of a campaign ended with nothing charged';
  ctx.log.warn({ campaign: campaign?.id, order: id, status }, text);
}

/** Of a bulk send, whose requester may try again. Elsewhere the place stays used, for the card may yet turn up. */
async function giveUp(ctx: CampaignsContext, { kind }: Campaign, order: Order): Promise<void> {
  if (kind === 'bulk' && isNotListed(order)) await release(ctx, order, { state: 'failed', why: 'not_found' });
}

/** What came of the order that was awaited, for those who are to get a card of it. `false`: it is still under way. */
export async function settleOrder(
  ctx: CampaignsContext,
  campaign: Campaign,
  flying: NonNullable<Campaign['flying']>,
): Promise<boolean> {
  const known = await ctx.orders.commissioned(flying.order);
  // Whoever reconciles it moves it on.
  if (known.status === 'unconfirmed') return false;
  const order = await ctx.orders.carryOut(flying.order);
  if (underWay.includes(order.status)) return false;
  await markOrdered(ctx, order);
  if (isLost(order)) await recordLoss(ctx, order, flying.part);
  await giveUp(ctx, campaign, order);
  await ctx.campaigns.revise(campaign.id, (current) => {
    if (current.flying?.order !== order.id) return current;
    const { flying: _, ...rest } = current;
    if (isLost(order)) return without(rest, order.id);
    const open = unclear.includes(order.status) ? [...(current.unclear ?? []), order.id] : [];
    return { ...withPart(rest, flying.part, unblocked), ...(open.length > 0 && { unclear: open }) };
  });
  return true;
}

/** Orders of which nobody knew whether they were bought: what is known by now. */
export async function settleUnclear(ctx: CampaignsContext, campaign: Campaign): Promise<void> {
  for (const each of campaign.unclear ?? []) {
    const order = await unlessUnreadable(() => ctx.orders.commissioned(each), undefined);
    // One that cannot be read is as unclear as it was.
    if (!order || unclear.includes(order.status)) continue;
    if (isLost(order)) await markDueAgain(ctx, order);
    await giveUp(ctx, campaign, order);
    await ctx.campaigns.revise(campaign.id, (current) => {
      const left = current.unclear?.filter((id) => id !== each) ?? [];
      const { unclear: _, ...rest } = isLost(order) ? without(current, each) : current;
      return left.length > 0 ? { ...rest, unclear: left } : rest;
    });
  }
}

/**
 * Of a bulk send: an order that a day of looking did not show, and that people have found after all. Whoever was to get a
 * card of it has theirs by it, and is offered no other one; once people say that it is not there, they may again. May be
 * repeated.
 */
export async function settleFound(ctx: CampaignsContext, order: Order): Promise<void> {
  const wasFound = order.history.some(({ why }) => why === 'review_reopened');
  const campaign = wasFound && order.campaign ? await ctx.campaigns.get(order.campaign.id) : undefined;
  if (campaign?.kind !== 'bulk') return;
  if (endedWithNothing(order)) return release(ctx, order, { state: 'failed', why: 'not_found' });
  await reviseEach(ctx, order, (entry) => {
    const { why: _, ...rest } = entry;
    const isWithout = entry.state === 'due' || (entry.state === 'failed' && entry.why === 'not_found');
    return isWithout ? { ...rest, state: 'ordered', order: order.id } : entry;
  });
}

/** All of them, of a campaign. */
export async function settleAllFound(ctx: CampaignsContext, { id }: Campaign): Promise<void> {
  for await (const order of ctx.orders.ofCampaign(id)) await settleFound(ctx, order);
}

/** As if the order had not been: its cards are bought anew. */
function without(campaign: Campaign, order: string): Campaign {
  const { pools } = campaign;
  return pools ? { ...campaign, pools: pools.filter((pool) => pool !== order) } : campaign;
}

/** Nobody waits for it: direct messages go out slowly. False where there is nothing to send. */
export async function sendAgain({ orders, log }: CampaignsContext, { id }: Campaign) {
  let isSending = false;
  for await (const order of orders.ofCampaign(id, 'open')) {
    isSending = true;
    orders.carryOut(order.id, 'anew').catch((err: unknown) => {
      log.error({ campaign: id, order: order.id, err }, 'its cards could not be sent once more');
    });
  }
  return isSending;
}
