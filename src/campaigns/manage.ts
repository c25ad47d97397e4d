import { type Member, Problem } from '../lib/index.ts';
import { rejectingVoice, signatureOf } from '../policy/index.ts';
import { takeToSteering } from './claim/sides.ts';
import type { CampaignsContext } from './context.ts';
import { replaceWinner, unclaimedWinners } from './draw/draw.ts';
import { campaignViewerOf, requireOpen, requireOpenCampaign, requireOverseen } from './lookup.ts';
import { type Campaign, offered, type Part, type State, unblocked } from './model/campaign.ts';
import { dueFor, entriesIn } from './model/entry.ts';
import { type CampaignAction, decidable, mayEnd, steeringActions } from './model/permissions.ts';
import { goesByApproval, notedCampaign, offeredAgainFrom, transitionCampaign } from './model/state-machine.ts';
import { price, quoteEndsAt, totalOf } from './plan/plan.ts';
import { sendAgain, settleAllFound } from './run/orders.ts';
import { freeReserved, settleReserved } from './run/reserve.ts';

// What people do with a campaign between its confirmation and its end. Each throws a Problem when it is not open to them.

export function pause(ctx: CampaignsContext, id: string, member: Member): Promise<Campaign> {
  return act(ctx, id, member, 'pause', (campaign, taken) =>
    transitionCampaign(campaign, 'paused', { ...taken, why: 'paused' }),
  );
}

/** Also after something was in the way: it is tried again. */
export function goOn(ctx: CampaignsContext, id: string, member: Member): Promise<Campaign> {
  return act(ctx, id, member, 'go_on', (campaign, taken) => {
    const parts = campaign.parts.map(unblocked);
    // One that could not be started has nothing set aside yet: it starts as if its time had come just now.
    const state = campaign.reserved ? 'running' : 'scheduled';
    return transitionCampaign(campaign, state, { ...taken, why: 'went_on' }, { parts });
  });
}

export function endEarly(ctx: CampaignsContext, id: string, member: Member): Promise<Campaign> {
  return act(ctx, id, member, 'end_early', (campaign, taken) =>
    notedCampaign(campaign, { ...taken, why: 'ended_early' }, { endsAt: taken.at }),
  );
}

/** What may be changed about a campaign that was confirmed: nothing that costs more. */
interface Edit {
  readonly message?: string | undefined;
  readonly endsAt?: number | undefined;
}

export function edit(ctx: CampaignsContext, id: string, member: Member, { message, endsAt }: Edit) {
  return act(ctx, id, member, 'edit', (campaign, taken) => {
    const gift = message === undefined ? campaign.gift : withWords(campaign, message);
    const time = endsAt === undefined ? {} : { endsAt: endFor(campaign, endsAt, taken.at) };
    return notedCampaign(withoutVotes(campaign), { ...taken, why: 'edited' }, { gift, ...time });
  });
}

/** Whoever has said yes to what was asked for says so again to what it is by now. */
function withoutVotes(campaign: Campaign): Campaign {
  const { state, approval } = campaign;
  return state === 'awaiting_approval' && approval ? { ...campaign, approval: { ...approval, votes: [] } } : campaign;
}

/** One that repeats does not come again: the next one is called off first, lest a crash leave it. */
export async function cancel(ctx: CampaignsContext, id: string, member: Member): Promise<Campaign> {
  const seen = await requireOverseen(ctx, id, member);
  requireOpen(ctx, seen, await campaignViewerOf(ctx, seen, member), 'cancel');
  await callOffNext(ctx, id, member);
  return act(ctx, id, member, 'cancel', (campaign, taken) => {
    const step = { ...taken, why: 'called_off' as const };
    const state = stateWhenCancelled(campaign);
    return transitionCampaign(campaign, state, step, { endsAt: taken.at });
  });
}

/** Offers the rest of it at the price of now, to be confirmed like the first time. */
export function reprice(ctx: CampaignsContext, id: string, member: Member): Promise<Campaign> {
  return offerRest(ctx, id, member, 'reprice');
}

/**
 * Of a bulk send: for whoever could get none before and can now. What could not be sent by direct message is tried once
 * more; where that is all, nothing is offered, and the campaign is given back as it was.
 */
export async function tryAgain(ctx: CampaignsContext, id: string, member: Member) {
  const seen = await requireOpenCampaign(ctx, id, member, 'retry');
  // Cards that turned up late are theirs already.
  await settleAllFound(ctx, seen);
  await reviveFailed(ctx, seen);
  const isSending = await sendAgain(ctx, seen);
  const isAllGiven = (await remaining(ctx, seen)).length === 0;
  return isSending && isAllGiven ? seen : offerRest(ctx, id, member, 'retry');
}

/** The winners of whom one may be replaced: those who have not claimed yet. */
export async function replaceable(ctx: CampaignsContext, id: string, member: Member) {
  const campaign = await requireOpenCampaign(ctx, id, member, 'replace');
  return { campaign, winners: await unclaimedWinners(ctx, campaign) };
}

/** A winner who has not claimed gives way to the next of the draw, by the hand of whoever runs it. */
export async function replace(ctx: CampaignsContext, id: string, member: Member, user: string) {
  const campaign = await requireOpenCampaign(ctx, id, member, 'replace');
  await takeToSteering(ctx, campaign, member.user);
  return replaceWinner(ctx, campaign, user, member);
}

async function act(
  ctx: CampaignsContext,
  id: string,
  member: Member,
  action: CampaignAction,
  make: (campaign: Campaign, step: { at: number; by: string; for?: string }) => Campaign,
): Promise<Campaign> {
  const seen = await requireOverseen(ctx, id, member);
  const viewer = await campaignViewerOf(ctx, seen, member);
  requireOpen(ctx, seen, viewer, action);
  // What was approved is changed in the name of an approver.
  const voice = action === 'edit' && goesByApproval(seen) ? rejectingVoice(decidable(seen, viewer), viewer) : undefined;
  const signature = signatureOf(viewer, voice);
  if (steeringActions.includes(action)) await takeToSteering(ctx, seen, member.user);
  const next = await ctx.campaigns.revise(id, (campaign) => {
    requireOpen(ctx, campaign, viewer, action);
    return make(campaign, { at: ctx.clock.now(), ...signature });
  });
  await settleReserved(ctx, next);
  return next;
}

/**
 * Cards that were claimed or won are still given, unless something is in the way: only the rest is freed. What had ended
 * before its rest was offered once more has ended still.
 */
function stateWhenCancelled(campaign: Campaign): State {
  const { kind, state, draw } = campaign;
  if (state === 'planned' && offeredAgainFrom(campaign) === 'ended') return 'ended';
  const isPromised = kind === 'drop' || (kind === 'giveaway' && draw?.drawn !== undefined);
  return isPromised && (state === 'running' || state === 'paused') ? 'closing' : 'cancelled';
}

async function callOffNext(ctx: CampaignsContext, id: string, { user: by }: Member) {
  const next = await ctx.campaigns.follower(id);
  if (!next) return;
  await ctx.campaigns.revise(next.id, (campaign) =>
    campaign.state === 'scheduled'
      ? transitionCampaign(campaign, 'cancelled', { at: ctx.clock.now(), by, why: 'called_off' })
      : campaign,
  );
}

async function offerRest(
  ctx: CampaignsContext,
  id: string,
  member: Member,
  action: 'reprice' | 'retry',
): Promise<Campaign> {
  const seen = await requireOpenCampaign(ctx, id, member, action);
  const rest = await remaining(ctx, seen);
  if (rest.length === 0) throw new Problem('nothing_to_retry', { reference: seen.reference });
  const { parts: now } = await price(ctx, rest, member, id);
  const prices = new Map(now.map((part) => [part.itemCode, part]));
  // Entries name a card by its place: those of which none is left stay as they were.
  const parts = seen.parts.map((part) => prices.get(part.itemCode) ?? unblocked(part));
  const charged = totalOf(now);
  const expiresAt = await quoteEndsAt(ctx, seen.guild);
  const next = await act(ctx, id, member, action, (campaign, taken) => {
    const { approval: _, reserved: __, ...before } = campaign;
    const step = { ...taken, why: 'tried_again' as const, offered: offered(now, charged) };
    return transitionCampaign(before, 'planned', step, { parts, charged, expiresAt });
  });
  // Were this left out by a crash, too much would stay set aside until its end, and never too little.
  await freeReserved(ctx, seen);
  return next;
}

/** So many of each card are still to be given. */
async function remaining({ entries }: CampaignsContext, campaign: Campaign): Promise<Part[]> {
  const { kind, id, places } = campaign;
  const left = await Promise.all(
    campaign.parts.map(async (part, index) => {
      const due = await entries.count(dueFor(id, index));
      const given = kind === 'bulk' ? 0 : places - (await entries.count(entriesIn(id, 'ordered')));
      return { ...unblocked(part), quantity: kind === 'bulk' ? due : given };
    }),
  );
  return left.filter(({ quantity }) => quantity > 0);
}

/** Throws a Problem. */
function endFor(campaign: Campaign, endsAt: number, now: number): number {
  const { reference, state } = campaign;
  if (!mayEnd(campaign)) throw new Problem('campaign_moved', { reference, state });
  if (endsAt <= Math.max(now, campaign.startsAt ?? now)) throw new Problem('ends_too_early', {});
  return endsAt;
}

function withWords({ gift: { message: _, ...gift } }: Campaign, message: string) {
  const words = message.trim();
  return words ? { ...gift, message: words } : gift;
}

/** Of those of a bulk send who could get no card, whoever is here by now is to get one. Throws `members_not_told`. */
async function reviveFailed({ entries, directory }: CampaignsContext, { id, guild }: Campaign) {
  for await (const { user } of entries.walk(entriesIn(id, 'failed'))) {
    const found = await directory.find(guild, user);
    if (found === 'unknown') throw new Problem('members_not_told', {});
    if (found === 'none') continue;
    await entries.revise(id, user, (entry) => {
      const { why: _, ...rest } = entry;
      return entry.state === 'failed' ? { ...rest, state: 'due' } : entry;
    });
  }
}
