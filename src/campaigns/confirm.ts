import { type Member, Problem } from '../lib/index.ts';
import { newApproval, requireFewRequests } from '../policy/index.ts';
import type { CampaignsContext } from './context.ts';
import { requireCampaign, requireOpen } from './lookup.ts';
import { putUpApproval } from './messages/messages.ts';
import type { Campaign } from './model/campaign.ts';
import { begunCampaign, transitionCampaign } from './model/state-machine.ts';
import { judge, requireNoRefusal } from './plan/judge.ts';
import { reserve, reserveBudgets } from './run/reserve.ts';

/** Its requester says yes: from then on cards are bought. */
export async function confirm(ctx: CampaignsContext, id: string, member: Member) {
  const seen = await requireCampaign(ctx, id, member);
  await ctx.orders.requirePurchasesOpen();
  const { viewer, place } = await granted(ctx, seen, member, 'confirm');
  return ctx.campaigns.revise(id, (campaign) => {
    requireOpen(ctx, campaign, viewer, 'confirm');
    const step = { at: ctx.clock.now(), by: member.user, why: 'confirmed' as const };
    return place
      ? begunCampaign(campaign, step, { reserved: place.reserved })
      : transitionCampaign(campaign, 'scheduled', step);
  });
}

/** Has others asked whether it may be. Nothing is promised that the bot may not write. */
export async function ask(ctx: CampaignsContext, id: string, member: Member): Promise<Campaign> {
  const seen = await requireCampaign(ctx, id, member);
  await ctx.orders.requirePurchasesOpen();
  const { approvalsChannel, approvalLastsMs } = await ctx.rules.termsOf(seen.guild);
  const channel = await ctx.board.approvalChannel(seen, approvalsChannel);
  if (channel === undefined) throw new Problem('no_approval_channel', {});
  const { guild, user } = member;
  // Of two that count at the same moment, one would not see the other.
  await ctx.memory.offering.serialise(`${guild}/${user}`, async () => {
    requireFewRequests(await ctx.campaigns.requests(guild, user));
    await putForward(ctx, seen, member, { channel, lastsMs: approvalLastsMs });
  });
  await putUpApproval(ctx, id);
  return ctx.campaigns.require(id);
}

async function putForward(
  ctx: CampaignsContext,
  seen: Campaign,
  member: Member,
  { channel, lastsMs }: { channel: string; lastsMs: number },
) {
  const { verdict, viewer, place } = await granted(ctx, seen, member, 'ask');
  await ctx.campaigns.revise(seen.id, (campaign) => {
    requireOpen(ctx, campaign, viewer, 'ask');
    const at = ctx.clock.now();
    const endsAt = at + lastsMs;
    const approval = newApproval(verdict, { channel, endsAt, effects: place?.effects ?? [] });
    const step = { at, by: member.user, why: 'approval_asked' as const };
    const reserved = place ? { reserved: place.reserved } : {};
    return transitionCampaign(campaign, 'awaiting_approval', step, { approval, ...reserved });
  });
}

/** It waits for its time: nothing is set aside before that, for the budget it counts against is that of its start. */
export function isLater({ startsAt }: Pick<Campaign, 'startsAt'>, now: number): boolean {
  return startsAt !== undefined && startsAt > now;
}

/** What the policy says now, with the campaign's amount set aside where it starts at once, or once it is approved. */
async function granted(ctx: CampaignsContext, campaign: Campaign, member: Member, action: 'confirm' | 'ask') {
  const verdict = await judge(ctx, campaign, member);
  const viewer = { user: member.user, isManager: member.isManager, verdict: verdict.kind };
  if (campaign.state === 'planned') requireNoRefusal(campaign, verdict);
  requireOpen(ctx, campaign, viewer, action);
  const later = isLater(campaign, ctx.clock.now());
  const setAside = action === 'ask' ? reserveBudgets : reserve;
  const place = later ? undefined : await setAside(ctx, campaign, member, verdict);
  return { verdict, viewer, place };
}
