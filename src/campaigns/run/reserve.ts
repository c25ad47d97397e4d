import { dayOf, type Member, money, Problem } from '../../lib/index.ts';
import { dayKey, policyRefusal, type Verdict } from '../../policy/index.ts';
import type { CampaignsContext } from '../context.ts';
import type { Campaign } from '../model/campaign.ts';
import { isOver } from '../model/state-machine.ts';
import { spendView } from '../plan/judge.ts';

/**
 * Takes a campaign's place in the budgets of its guild and in the operator's day: what its orders have not drawn yet is set
 * aside under its own id. An order that is bought on a later day counts in that day. Throws `policy_refuses`, and
 * `over_day_cap`: what is set aside by then is given back when it expires.
 */
export async function reserve(ctx: CampaignsContext, campaign: Campaign, member: Member, verdict: Verdict) {
  const { id, reference, charged, state } = campaign;
  const isWanted = async () => (await ctx.campaigns.get(id))?.state === state;
  const reservation = await ctx.rules.reserve(spendView(campaign), member, verdict, isWanted);
  if (!reservation.ok) throw policyRefusal({ reference, currency: charged.currency }, reservation.verdict);
  const { at, budgets, effects } = reservation;
  const day = await reserveDay(ctx, campaign, isWanted);
  return { reserved: { at, budgets: [...budgets], day }, effects: [...effects] };
}

/** Throws `over_day_cap`. Gives the day's key. */
async function reserveDay(
  { ledger, caps, clock }: CampaignsContext,
  { id, charged }: Campaign,
  isWanted: () => Promise<boolean>,
): Promise<string> {
  const day = { key: dayKey(dayOf(clock.now())), cap: caps.day };
  if (await ledger.reserve(day, id, charged.amount, isWanted)) return day.key;
  const left = money(await ledger.left(day, id), charged.currency);
  throw new Problem('over_day_cap', { charged, cap: money(caps.day, charged.currency), left });
}

/** Gives back all that is set aside for it. May be repeated. */
export async function freeReserved(
  { ledger }: CampaignsContext,
  { id, reserved }: Pick<Campaign, 'id' | 'reserved'>,
): Promise<void> {
  const { budgets = [], day } = reserved ?? {};
  for (const key of [...budgets, ...(day === undefined ? [] : [day])]) await ledger.free({ key, order: id });
}

/** Gives back what is set aside for a campaign that gives no more. May be repeated. */
export async function settleReserved(ctx: CampaignsContext, campaign: Campaign): Promise<void> {
  if (isOver(campaign.state)) await freeReserved(ctx, campaign);
}

/** Gives back what a crash has left set aside. */
export async function settleLeftovers({ campaigns, ledger }: CampaignsContext): Promise<void> {
  for await (const hold of ledger.holds()) {
    const campaign = await campaigns.get(hold.order);
    if (campaign && isOver(campaign.state)) await ledger.free(hold);
  }
}
