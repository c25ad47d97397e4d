import { dayOf, type Member, money, Problem } from '../../lib/index.ts';
import { dayKey, type Held, isDayKey, policyRefusal, type Verdict } from '../../policy/index.ts';
import { unlessUnreadable } from '../../store/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign } from '../model/campaign.ts';
import { isOver, isUndecided } from '../model/state-machine.ts';
import { spendView } from '../plan/judge.ts';

/**
 * Takes a campaign's place in the budgets of its guild and in the operator's day: what its orders have not drawn yet is set
 * aside under its own id. An order that is bought on a later day counts in that day. Throws `policy_refuses`, and
 * `over_day_cap`: what is set aside by then is given back when it expires.
 */
export async function reserve(ctx: CampaignsContext, campaign: Campaign, member: Member, verdict: Verdict) {
  const { reserved, effects } = await takePlace(ctx, campaign, member, verdict, 'purchase');
  const at = ctx.clock.now();
  const { ledger, caps } = ctx;
  const { id, charged } = campaign;
  const day = { key: dayKey(dayOf(at)), cap: caps.day };
  if (await ledger.reserve(day, id, charged.amount, isStill(ctx, campaign)))
    return { reserved: { ...reserved, day: day.key }, effects };
  const left = money(await ledger.left(day, id), charged.currency);
  throw new Problem('over_day_cap', { charged, cap: money(caps.day, charged.currency), left });
}

/** What asking for an approval sets aside: nothing of the operator's day. Throws `policy_refuses`. */
export const reserveBudgets = (ctx: CampaignsContext, campaign: Campaign, member: Member, verdict: Verdict) =>
  takePlace(ctx, campaign, member, verdict, 'request');

async function takePlace(
  ctx: CampaignsContext,
  campaign: Campaign,
  member: Member,
  verdict: Verdict,
  what: 'request' | 'purchase',
) {
  const { reference, charged } = campaign;
  const reservation = await ctx.rules.reserve(spendView(campaign), member, verdict, isStill(ctx, campaign), what);
  if (!reservation.ok) throw policyRefusal({ reference, currency: charged.currency }, reservation.verdict);
  const { at, budgets, effects } = reservation;
  return { reserved: { at, budgets: [...budgets] }, effects: [...effects] };
}

/** What the last approval of a campaign that begins with it sets aside. Gives the day's key. Throws where it does not fit. */
export async function reserveApproved(ctx: CampaignsContext, campaign: Campaign, at: number): Promise<string> {
  await ctx.orders.requireRoomToApprove(campaign, at, isStill(ctx, campaign));
  return dayKey(dayOf(at));
}

const isStill =
  ({ campaigns }: CampaignsContext, { id, state }: Campaign) =>
  async (): Promise<boolean> =>
    (await campaigns.get(id))?.state === state;

/** Gives back all that is set aside for it; in a budget that cannot be read, once it can. May be repeated. */
export async function freeReserved(
  { ledger }: CampaignsContext,
  { id, reserved }: Pick<Campaign, 'id' | 'reserved'>,
): Promise<void> {
  const { budgets = [], day } = reserved ?? {};
  for (const key of [...budgets, ...(day === undefined ? [] : [day])])
    await unlessUnreadable(() => ledger.free({ key, order: id }), undefined);
}

/** Gives back what is set aside for a campaign that gives no more. May be repeated. */
export async function settleReserved(ctx: CampaignsContext, campaign: Campaign): Promise<void> {
  if (isOver(campaign.state)) await freeReserved(ctx, campaign);
}

/** Of these holds: gives back what a crash has left set aside, and what was for an offer, of an order or a campaign, that is gone. */
export async function settleLeftovers(ctx: CampaignsContext, holds: AsyncGenerator<Held, void>): Promise<void> {
  for await (const hold of holds) {
    await unlessUnreadable(() => settleLeftover(ctx, hold), undefined);
  }
}

/** The record of an order that cannot be read is no sign that it is gone. */
async function settleLeftover({ campaigns, orders, ledger }: CampaignsContext, hold: Held): Promise<void> {
  const campaign = await campaigns.get(hold.order);
  const isLeft = campaign ? isOver(campaign.state) : (await orders.guildOf(hold.order)) === undefined;
  if (isLeft) await ledger.free(hold);
  else if (hold.isRequest && campaign && !isUndecided(campaign.state)) await ledger.decided(hold);
}

/** At a start: a process died between setting an approved one aside and writing that it is approved, or it is from before asking set nothing aside. */
export async function freeUndecided({ campaigns, ledger }: CampaignsContext): Promise<void> {
  for await (const hold of ledger.holds()) {
    if (!isDayKey(hold.key)) continue;
    await unlessUnreadable(async () => {
      const campaign = await campaigns.get(hold.order);
      if (campaign?.state === 'awaiting_approval') await ledger.free(hold);
    }, undefined);
  }
}
