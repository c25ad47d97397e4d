import { type Clock, type Member, Problem } from '../lib/index.ts';
import type { Because, Rules } from '../policy/index.ts';
import type { Page } from '../store/index.ts';
import type { EntryBook } from './entries.ts';
import type { Campaign } from './model/campaign.ts';
import {
  type CampaignAction,
  type CampaignViewer,
  openCampaignActions,
} from './model/permissions.ts';
import type { Planning } from './plan/plan.ts';
import type { CampaignBook, CampaignPage } from './repository.ts';

/** What somebody may do with a campaign, and why it needs approvals, where it does. */
export interface CampaignStanding {
  readonly actions: readonly CampaignAction[];
  readonly because: readonly Because[];
}

interface Parts {
  book: Pick<CampaignBook, 'get' | 'listed'>;
  entries: Pick<EntryBook, 'get'>;
  planning: Pick<Planning, 'judge'>;
  rules: Pick<Rules, 'voicesOf'>;
  clock: Clock;
}

export type ViewingCampaigns = ReturnType<typeof createViewingCampaigns>;

/** Who looks at a campaign, and what they may do with it by the policy of now. */
export function createViewingCampaigns({ book, entries, planning, rules, clock }: Parts) {
  /** Throws `campaign_unknown`, also for one of another guild. */
  async function here(id: string, member: Member): Promise<Campaign> {
    const campaign = await book.get(id);
    if (!campaign || campaign.guild !== member.guild) throw new Problem('campaign_unknown', {});
    return campaign;
  }

  /** For whoever may see to it. Throws `not_your_campaign` for anybody else. */
  async function own(id: string, member: Member): Promise<Campaign> {
    const campaign = await here(id, member);
    if (campaign.requester !== member.user && !member.isManager)
      throw new Problem('not_your_campaign', {});
    return campaign;
  }

  /** All of the guild, newest first, for who has Manage Server there; for others those that they asked for. */
  const listed = ({ user, guild, isManager }: Member, page: Page): Promise<CampaignPage> =>
    book.listed(guild, isManager ? undefined : user, page);

  async function recipientsAmong(campaign: Campaign, users: readonly string[]): Promise<string[]> {
    const found = await Promise.all(users.map((user) => entries.get(campaign.id, user)));
    return found.flatMap((entry) => entry?.user ?? []);
  }

  /** Asks for no more than its state needs. */
  async function viewerOf(
    campaign: Campaign,
    member: Member,
  ): Promise<CampaignViewer & { because?: readonly Because[] }> {
    const { user, isManager } = member;
    const viewer = { user, isManager };
    if (campaign.state === 'awaiting_approval') {
      const voices = await rules.voicesOf(member);
      const recipients = await recipientsAmong(campaign, [...new Set([user, ...voices])]);
      return { ...viewer, voices, recipients };
    }
    if (campaign.state !== 'planned' || campaign.requester !== user) return viewer;
    const verdict = await planning.judge(campaign, member);
    const because = verdict.kind === 'needs' ? verdict.because : [];
    return { ...viewer, verdict: verdict.kind, because };
  }

  async function standingOf(campaign: Campaign, member: Member): Promise<CampaignStanding> {
    const { because = [], ...viewer } = await viewerOf(campaign, member);
    return { actions: openCampaignActions(campaign, viewer, clock.now()), because };
  }

  /** Throws the Problem that tells why something is not open to somebody. */
  function requireOpen(campaign: Campaign, viewer: CampaignViewer, action: CampaignAction): void {
    if (openCampaignActions(campaign, viewer, clock.now()).includes(action)) return;
    throw refusal(campaign, viewer, action, clock.now());
  }

  return { here, own, listed, recipientsAmong, viewerOf, standingOf, requireOpen };
}

function refusal(
  campaign: Campaign,
  viewer: CampaignViewer,
  action: CampaignAction,
  now: number,
): Problem {
  const { reference, state, requester, expiresAt } = campaign;
  const isTheirs = requester === viewer.user;
  if (action === 'approve' || action === 'reject') return decisionRefusal(campaign, viewer, now);
  if (!isTheirs && !viewer.isManager) return new Problem('not_your_campaign', {});
  const isOffer = action === 'confirm' || action === 'ask';
  if (isOffer && isTheirs && (state === 'expired' || (state === 'planned' && now >= expiresAt)))
    return new Problem('quote_expired', { reference });
  if (isOffer && isTheirs && state === 'planned')
    return new Problem(action === 'confirm' ? 'needs_approval' : 'needs_no_approval', {
      reference,
    });
  return new Problem('campaign_moved', { reference, state });
}

/** Who may decide is asked only while there is something to decide. */
function decisionRefusal(
  campaign: Campaign,
  { user, voices = [] }: CampaignViewer,
  now: number,
): Problem {
  const { reference, state, approval } = campaign;
  if (state !== 'awaiting_approval') return new Problem('campaign_moved', { reference, state });
  if (voices.length === 0) return new Problem('approvers_only', {});
  if (now >= (approval?.endsAt ?? 0))
    return new Problem('approval_over', { reference, how: 'expired' });
  if (approval?.votes.some(({ by, voice }) => by === user || voices.includes(voice)))
    return new Problem('approved_by_you', { reference });
  return new Problem('own_approval', { reference });
}
