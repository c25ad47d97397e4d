import { type Member, Problem } from '../lib/index.ts';
import { approvalEndsAt, type Because, type Decider, refusalOf, requireHere } from '../policy/index.ts';
import { type Page, unlessUnreadable } from '../store/index.ts';
import { isIn } from './claim/sides.ts';
import type { CampaignsContext } from './context.ts';
import type { Campaign } from './model/campaign.ts';
import { entriesIn, entriesOf } from './model/entry.ts';
import {
  type CampaignAction,
  type CampaignViewer,
  decidable,
  openCampaignActions,
  steeringActions,
} from './model/permissions.ts';
import { goesByApproval, isOver } from './model/state-machine.ts';
import { judge } from './plan/judge.ts';
import type { CampaignPage } from './repository.ts';

/** Throws `left_server`, and `campaign_unknown`, also for one of another guild. */
export async function requireCampaign({ campaigns }: CampaignsContext, id: string, member: Member) {
  requireHere(member);
  const campaign = await campaigns.get(id);
  if (!campaign || campaign.guild !== member.guild) throw new Problem('campaign_unknown', {});
  return campaign;
}

/** The same, and for admins of the owner guild one of any guild: they look after what nobody else can. */
export async function requireOverseen(ctx: CampaignsContext, id: string, member: Member) {
  return member.isAdmin
    ? ((await ctx.campaigns.get(id)) ?? requireCampaign(ctx, id, member))
    : requireCampaign(ctx, id, member);
}

/** Where this is open to them by now. Throws the Problem that tells why it is not. */
export async function requireOpenCampaign(
  ctx: CampaignsContext,
  id: string,
  member: Member,
  action: CampaignAction,
): Promise<Campaign> {
  const campaign = await requireCampaign(ctx, id, member);
  requireOpen(ctx, campaign, { ...member, isIn: await isIn(ctx, campaign, member.user) }, action);
  return campaign;
}

/** For whoever may see to it, and those who decide about it. Throws `not_your_campaign` for anybody else. */
export async function ownCampaign(ctx: CampaignsContext, id: string, member: Member) {
  const campaign = await requireOverseen(ctx, id, member);
  const isTheirs = campaign.requester === member.user || member.isManager;
  // Whoever approves changes what was approved.
  const approves = goesByApproval(campaign) && (await ctx.rules.voicesOf(member)).length > 0;
  if (!isTheirs && !approves) throw new Problem('not_your_campaign', {});
  return campaign;
}

const MOST_SHOWN = 20;

/** Who is to get a card of a bulk send, as many as are shown: of thousands no more is read. */
export async function firstRecipients({ entries }: CampaignsContext, { id }: Campaign): Promise<string[]> {
  const page = await entries.page(entriesIn(id, 'due'), { limit: MOST_SHOWN });
  return page.entries.map(({ user }) => user);
}

/** To whom a bulk send goes, whatever has become of it, as many as are shown. */
export async function namedRecipients({ entries }: CampaignsContext, { id, kind }: Campaign): Promise<string[]> {
  if (kind !== 'bulk') return [];
  const page = await entries.page(entriesOf(id), { limit: MOST_SHOWN });
  // The newest come first.
  return page.entries.map(({ user }) => user).reverse();
}

/** Where a campaign is, for a press in a direct message. */
export async function guildOfCampaign({ campaigns }: CampaignsContext, id: string) {
  return (await campaigns.get(id))?.guild;
}

/** What is not over, of all guilds, newest first. Throws `admins_only`. */
export async function listEverywhere(
  { campaigns }: CampaignsContext,
  { isAdmin }: Member,
  page: Page,
): Promise<CampaignPage & { everywhere: true }> {
  if (!isAdmin) throw new Problem('admins_only', {});
  return { ...(await campaigns.ofAllGuilds(page)), everywhere: true };
}

/** All of the guild, newest first, for who has Manage Server there; for others those that they asked for. */
export function listCampaigns(
  { campaigns }: CampaignsContext,
  { user, guild, isManager }: Member,
  page: Page,
): Promise<CampaignPage> {
  return campaigns.listed(guild, isManager ? undefined : user, page);
}

/** Those of these people who get a card of it, or of whom nobody can read whether they do. */
async function recipientsAmong(
  { entries }: CampaignsContext,
  campaign: Campaign,
  users: Iterable<string>,
): Promise<string[]> {
  const asked = [...new Set(users)];
  const getsOne = async (user: string) => {
    const entry = await entries.get(campaign.id, user);
    return entry !== undefined && entry.state !== 'steers';
  };
  const found = await Promise.all(asked.map((user) => unlessUnreadable(() => getsOne(user), true)));
  return asked.filter((_, index) => found[index]);
}

/** Whoever decides about a campaign, with those of them and of whom they are tied to who get a card of it. */
export async function campaignDeciderOf(ctx: CampaignsContext, campaign: Campaign, decider: Required<Decider>) {
  const { user, voices, ties } = decider;
  const people = [user, ...voices, ...Object.values(ties).flat()];
  return { ...decider, recipients: await recipientsAmong(ctx, campaign, people) };
}

/** Who looks at a campaign, by the policy of now. Asks for no more than its state needs. */
export async function campaignViewerOf(
  ctx: CampaignsContext,
  campaign: Campaign,
  member: Member,
): Promise<CampaignViewer & { because?: readonly Because[] }> {
  const { user, guild, isAdmin = false } = member;
  // What somebody is elsewhere counts elsewhere.
  if (guild !== campaign.guild) return { user, isAdmin };
  const asked = goesByApproval(campaign) && !isOver(campaign.state);
  const viewer = {
    user,
    isAdmin,
    isManager: member.isManager,
    isIn: await isIn(ctx, campaign, user),
    ...(asked && (await campaignDeciderOf(ctx, campaign, await ctx.rules.deciderOf(member)))),
  };
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
  if (action === 'edit' && goesByApproval(campaign) && !isOver(state))
    return new Problem('edit_needs_approver', { reference });
  if (!isTheirs && !viewer.isManager) return new Problem('not_your_campaign', {});
  if (viewer.isIn && steeringActions.includes(action)) return new Problem('in_campaign', { reference });
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
