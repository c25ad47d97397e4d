import type { Member } from '../lib/index.ts';
import { type Listed, MOST_WAITING } from '../orders/index.ts';
import { askedAt, endedBy, rejectingVoice, type Standing, signatureOf, withVote } from '../policy/index.ts';
import { isLater } from './confirm.ts';
import type { CampaignsContext } from './context.ts';
import { campaignViewerOf, recipientsAmong, requireCampaign, requireOpen } from './lookup.ts';
import type { Campaign } from './model/campaign.ts';
import {
  type CampaignAction,
  type CampaignViewer,
  decidable,
  decidingVoice,
  openCampaignActions,
} from './model/permissions.ts';
import { begunCampaign, type CampaignStepTaken, notedCampaign, transitionCampaign } from './model/state-machine.ts';
import { approvalStanding } from './plan/judge.ts';
import { settleReserved } from './run/reserve.ts';

/** An approver says yes, to the whole of it at once; begun once that makes as many as it takes. */
export async function approve(ctx: CampaignsContext, id: string, member: Member) {
  const { campaign: seen, viewer } = await waiting(ctx, id, member, 'approve');
  await ctx.orders.requirePurchasesOpen();
  const standing = await approvalStanding(ctx, seen);
  if (!standing.ok) return endWait(ctx, id, viewer, endedBy(seen, standing));
  return ctx.campaigns.revise(id, (campaign) => {
    requireOpen(ctx, campaign, viewer, 'approve');
    return approved(campaign, viewer, standing, ctx.clock.now());
  });
}

export async function reject(ctx: CampaignsContext, id: string, member: Member, reason: string) {
  const { campaign, viewer } = await waiting(ctx, id, member, 'reject');
  const signature = signatureOf(viewer, rejectingVoice(decidable(campaign, viewer), viewer));
  return endWait(ctx, id, viewer, { ...signature, why: 'rejected', detail: reason.trim() });
}

async function waiting(ctx: CampaignsContext, id: string, member: Member, action: 'approve' | 'reject') {
  const campaign = await requireCampaign(ctx, id, member);
  const viewer = await campaignViewerOf(ctx, campaign, member);
  requireOpen(ctx, campaign, viewer, action);
  return { campaign, viewer };
}

/** With one approval more. Without a place in the budgets it waits for its time, which may be now. */
function approved(campaign: Campaign, viewer: CampaignViewer, standing: Standing, at: number) {
  const asked = decidable(campaign, viewer);
  const { approval, signature, isComplete } = withVote(asked, viewer, standing, at);
  const step = { at, ...signature };
  if (!isComplete) return notedCampaign(campaign, { ...step, why: 'approved_one' }, { approval });
  const last = { ...step, why: 'approved' as const };
  return campaign.reserved && !isLater(campaign, at)
    ? begunCampaign(campaign, last, { approval })
    : transitionCampaign(campaign, 'scheduled', last, { approval });
}

async function endWait(
  ctx: CampaignsContext,
  id: string,
  viewer: CampaignViewer,
  step: Omit<CampaignStepTaken, 'at'>,
): Promise<Campaign> {
  const campaign = await ctx.campaigns.revise(id, (current) => {
    requireOpen(ctx, current, viewer, 'reject');
    return transitionCampaign(current, 'rejected', { at: ctx.clock.now(), ...step });
  });
  await settleReserved(ctx, campaign);
  return campaign;
}

/** A campaign that waits for somebody, as they may decide about it. */
export interface WaitingCampaign extends Listed {
  readonly campaign: Campaign;
  readonly actions: readonly CampaignAction[];
}

/** Campaigns that wait for a member to decide, by themselves or as a delegate; none for who decides nothing. */
export async function awaiting(ctx: CampaignsContext, member: Member): Promise<WaitingCampaign[]> {
  const { user, guild } = member;
  const voices = await ctx.rules.voicesOf(member);
  if (voices.length === 0) return [];
  const found: WaitingCampaign[] = [];
  for await (const campaign of ctx.campaigns.awaiting(guild)) {
    const recipients = await recipientsAmong(ctx, campaign, [user, ...voices]);
    const viewer = { user, voices, recipients };
    const actions = openCampaignActions(campaign, viewer, ctx.clock.now());
    if (!actions.includes('reject')) continue;
    const voice = decidingVoice(campaign, viewer);
    found.push({ campaign, actions, voice, askedAt: askedAt(campaign) });
    if (found.length > MOST_WAITING) found.shift();
  }
  return found;
}
