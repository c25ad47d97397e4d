import type { Member } from '../lib/index.ts';
import { type Listed, MOST_WAITING } from '../orders/index.ts';
import { askedAt, endedBy, rejectingVoice, type Standing, signatureOf, withVote } from '../policy/index.ts';
import { takeToSteering } from './claim/sides.ts';
import { isLater } from './confirm.ts';
import type { CampaignsContext } from './context.ts';
import { campaignDeciderOf, campaignViewerOf, requireCampaign, requireOpen } from './lookup.ts';
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
import { reserveApproved, settleReserved } from './run/reserve.ts';

/**
 * An approver says yes, to the whole of it at once; begun once that makes as many as it takes, and then it has to fit into
 * the operator's day.
 */
export async function approve(ctx: CampaignsContext, id: string, member: Member): Promise<Campaign> {
  const { campaign: seen, viewer } = await waiting(ctx, id, member, 'approve');
  await ctx.orders.requirePurchasesOpen();
  const standing = await approvalStanding(ctx, seen);
  if (!standing.ok) return endWait(ctx, id, viewer, endedBy(seen, standing));
  // Of what is offered once more, people may have been in it before.
  const voice = decidingVoice(seen, viewer) ?? member.user;
  for (const user of new Set([member.user, voice])) await takeToSteering(ctx, seen, user);
  const at = ctx.clock.now();
  const begins = approved(seen, viewer, standing, at).state === 'running';
  const day = begins ? await reserveApproved(ctx, seen, at) : undefined;
  let isUnprepared = false;
  const next = await ctx.campaigns.revise(id, (campaign) => {
    requireOpen(ctx, campaign, viewer, 'approve');
    const voted = approved(campaign, viewer, standing, at, day);
    isUnprepared = voted.state === 'running' && day === undefined;
    return isUnprepared ? campaign : voted;
  });
  // Somebody else approved it at the same moment: with this one it begins, and has to fit.
  return isUnprepared ? approve(ctx, id, member) : next;
}

export async function reject(ctx: CampaignsContext, id: string, member: Member, reason: string) {
  const { campaign, viewer } = await waiting(ctx, id, member, 'reject');
  const signature = signatureOf(viewer, rejectingVoice(decidable(campaign, viewer), viewer));
  return endWait(ctx, id, viewer, { ...signature, why: 'rejected', detail: reason.trim() });
}

/** Throws the Problem with which `approve` would end for them as it stands now: they may not, or it is over. Only reads. */
export async function requireCampaignVoice(ctx: CampaignsContext, id: string, member: Member): Promise<void> {
  await waiting(ctx, id, member, 'approve');
}

async function waiting(ctx: CampaignsContext, id: string, member: Member, action: 'approve' | 'reject') {
  const campaign = await requireCampaign(ctx, id, member);
  const viewer = await campaignViewerOf(ctx, campaign, member);
  requireOpen(ctx, campaign, viewer, action);
  return { campaign, viewer };
}

/** With one approval more. Without a place in the budgets it waits for its time, which may be now. */
function approved(campaign: Campaign, viewer: CampaignViewer, standing: Standing, at: number, day?: string) {
  const asked = decidable(campaign, viewer);
  const { approval, signature, isComplete } = withVote(asked, viewer, standing, at);
  const step = { at, ...signature };
  if (!isComplete) return notedCampaign(campaign, { ...step, why: 'approved_one' }, { approval });
  const last = { ...step, why: 'approved' as const };
  const reserved = campaign.reserved && { ...campaign.reserved, ...(day !== undefined && { day }) };
  return reserved && !isLater(campaign, at)
    ? begunCampaign(campaign, last, { approval, reserved })
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
  const decider = await ctx.rules.deciderOf(member);
  if (decider.voices.length === 0) return [];
  const found: WaitingCampaign[] = [];
  for await (const campaign of ctx.campaigns.awaiting(member.guild)) {
    const viewer = await campaignDeciderOf(ctx, campaign, decider);
    const actions = openCampaignActions(campaign, viewer, ctx.clock.now());
    if (!actions.includes('reject')) continue;
    const voice = decidingVoice(campaign, viewer);
    found.push({ campaign, actions, voice, askedAt: askedAt(campaign) });
    if (found.length > MOST_WAITING) found.shift();
  }
  return found;
}
