import { type Member, Problem } from '../lib/index.ts';
import { approvalEndsAt, type Because, refusalOf } from '../policy/index.ts';
import type { Page } from '../store/index.ts';
import type { CampaignsContext } from './context.ts';
import type { Campaign } from './model/campaign.ts';
import { type CampaignAction, type CampaignViewer, decidable, openCampaignActions } from './model/permissions.ts';
import { judge } from './plan/judge.ts';
import type { CampaignPage } from './repository.ts';

/** Throws `campaign_unknown`, also for one of another guild. */
export async function requireCampaign({ campaigns }: CampaignsContext, id: string, member: Member) {
  const campaign = await campaigns.get(id);
  if (!campaign || campaign.guild !== member.guild) throw new Problem('campaign_unknown', {});
  return campaign;
}

/** Where this is open to them by now. Throws the Problem that tells why it is not. */
export async function requireOpenCampaign(
  ctx: CampaignsContext,
  id: string,
  member: Member,
  action: CampaignAction,
): Promise<Campaign> {
  const campaign = await requireCampaign(ctx, id, member);
  requireOpen(ctx, campaign, member, action);
  return campaign;
}

/** For whoever may see to it. Throws `not_your_campaign` for anybody else. */
export async function ownCampaign(ctx: CampaignsContext, id: string, member: Member) {
  const campaign = await requireCampaign(ctx, id, member);
  if (campaign.requester !== member.user && !member.isManager) throw new Problem('not_your_campaign', {});
  return campaign;
}

/** Where a campaign is, for a press in a direct message. */
export async function guildOfCampaign({ campaigns }: CampaignsContext, id: string) {
  return (await campaigns.get(id))?.guild;
}

/** All of the guild, newest first, for who has Manage Server there; for others those that they asked for. */
export function listCampaigns(
  { campaigns }: CampaignsContext,
  { user, guild, isManager }: Member,
  page: Page,
): Promise<CampaignPage> {
  return campaigns.listed(guild, isManager ? undefined : user, page);
}

/** Those of these people who get a card of it. */
export async function recipientsAmong(
  { entries }: CampaignsContext,
  campaign: Campaign,
  users: Iterable<string>,
): Promise<string[]> {
  const asked = [...new Set(users)];
  const found = await Promise.all(asked.map((user) => entries.get(campaign.id, user)));
  return found.flatMap((entry) => entry?.user ?? []);
}

/** Who looks at a campaign, by the policy of now. Asks for no more than its state needs. */
export async function campaignViewerOf(
  ctx: CampaignsContext,
  campaign: Campaign,
  member: Member,
): Promise<CampaignViewer & { because?: readonly Because[] }> {
  const { user, isManager } = member;
  const viewer = { user, isManager };
  if (campaign.state === 'awaiting_approval') {
    const voices = await ctx.rules.voicesOf(member);
    const recipients = await recipientsAmong(ctx, campaign, [user, ...voices]);
    return { ...viewer, voices, recipients };
  }
  if (campaign.state !== 'planned' || campaign.requester !== user) return viewer;
  const verdict = await judge(ctx, campaign, member);
  const because = verdict.kind === 'needs' ? verdict.because : [];
  return { ...viewer, verdict: verdict.kind, because };
}

/** What somebody may do with a campaign, and why it needs approvals, where it does. */
export async function campaignActionsOf(ctx: CampaignsContext, campaign: Campaign, member: Member) {
  const { because = [], ...viewer } = await campaignViewerOf(ctx, campaign, member);
  return { actions: openCampaignActions(campaign, viewer, ctx.clock.now()), because };
}

/** Throws the Problem that tells why something is not open to somebody. */
export function requireOpen(
  { clock }: CampaignsContext,
  campaign: Campaign,
  viewer: CampaignViewer,
  action: CampaignAction,
): void {
  const now = clock.now();
  if (openCampaignActions(campaign, viewer, now).includes(action)) return;
  throw refusal(campaign, viewer, action, now);
}

function refusal(campaign: Campaign, viewer: CampaignViewer, action: CampaignAction, now: number) {
  const { reference, state, requester, expiresAt } = campaign;
  const isTheirs = requester === viewer.user;
  if (action === 'approve' || action === 'reject') return decisionRefusal(campaign, viewer, now);
  if (!isTheirs && !viewer.isManager) return new Problem('not_your_campaign', {});
  const isOffer = action === 'confirm' || action === 'ask';
  if (isOffer && isTheirs && (state === 'expired' || (state === 'planned' && now >= expiresAt)))
    return new Problem('quote_expired', { reference });
  if (isOffer && isTheirs && state === 'planned')
    return new Problem(action === 'confirm' ? 'needs_approval' : 'needs_no_approval', { reference });
  return new Problem('campaign_moved', { reference, state });
}

/** Who may decide is asked only while there is something to decide. */
function decisionRefusal(campaign: Campaign, viewer: CampaignViewer, now: number): Problem {
  const { reference, state } = campaign;
  if (state !== 'awaiting_approval') return new Problem('campaign_moved', { reference, state });
  const isOver = now >= approvalEndsAt(campaign);
  const over = isOver ? new Problem('approval_over', { reference, how: 'expired' }) : undefined;
  return refusalOf(decidable(campaign, viewer), viewer, over);
}
