import {
  type Approvable,
  approvalEndsAt,
  type Decider,
  rejectingVoice,
  type Verdict,
  voiceFor,
} from '../../policy/index.ts';
import type { Campaign, State } from './campaign.ts';
import { goesByApproval } from './state-machine.ts';

const campaignActions = [
  /** Of whoever asked for it. */
  'confirm',
  'ask',
  'reprice',
  'retry',
  /** Of them, and of whoever has Manage Server there. */
  'cancel',
  'pause',
  'go_on',
  'end_early',
  'edit',
  'move',
  'export',
  'replace',
  /** Of people who decide whether it may be. */
  'approve',
  'reject',
] as const;
export type CampaignAction = (typeof campaignActions)[number];

export interface CampaignViewer {
  readonly user: string;
  readonly isManager?: boolean;
  /** Has Manage Server in the owner guild, and ends what nobody else can, in any guild. */
  readonly isAdmin?: boolean;
  /** Has a place in it, or one in its draw. */
  readonly isIn?: boolean;
  /** What the policy says of it, were they its requester. */
  readonly verdict?: Verdict['kind'];
  /** The approvers in whose name they decide there. */
  readonly voices?: readonly string[];
  readonly ties?: NonNullable<Decider['ties']>;
  /** Those of the people above who get a card of it. */
  readonly recipients?: readonly string[];
}

/** What was confirmed or approved holds no longer: the price rose, or somebody who approved it may not any more. */
function isToBeOfferedAgain({ parts }: Pick<Campaign, 'parts'>): boolean {
  return parts.some(({ blocked }) => ['price_rose', 'approvals_lacking'].includes(`${blocked?.why}`));
}

/** Its end can be changed: a bulk send has none, and a draw that was made stays. */
export function mayEnd({ kind, draw }: Pick<Campaign, 'kind' | 'draw'>): boolean {
  return kind !== 'bulk' && !draw?.drawn;
}

const isOwn = ({ requester }: Campaign, { user }: CampaignViewer) => requester === user;

const oversees = (campaign: Campaign, viewer: CampaignViewer) => isOwn(campaign, viewer) || viewer.isManager === true;

/** Whoever is in it does not change how it goes; they may end it, for that gives them nothing. */
const steers = (campaign: Campaign, viewer: CampaignViewer) => oversees(campaign, viewer) && viewer.isIn !== true;

/** What others were asked about, as it is, one of those who could say yes to it changes. */
const approves = (campaign: Campaign, viewer: CampaignViewer) =>
  viewer.isIn !== true && rejectingVoice(decidable(campaign, viewer), viewer) !== undefined;

export const steeringActions: readonly CampaignAction[] = ['pause', 'go_on', 'end_early', 'edit', 'move', 'replace'];

/** It may still take somebody more. */
const untilClosed: readonly State[] = ['planned', 'awaiting_approval', 'scheduled', 'running', 'paused', 'halted'];

const within = ({ state }: Campaign, ...states: State[]) => states.includes(state);

function isOffered(campaign: Campaign, viewer: CampaignViewer, now: number): boolean {
  return campaign.state === 'planned' && isOwn(campaign, viewer) && now < campaign.expiresAt;
}

/** As approvers decide about it, of whom those in `recipients` get a card. */
export function decidable(
  { reference, requester, approval }: Campaign,
  { recipients = [] }: CampaignViewer,
): Approvable {
  return { reference, requester, recipients: recipients.map((user) => ({ user })), approval };
}

function waits(campaign: Campaign, now: number): boolean {
  return campaign.state === 'awaiting_approval' && now < approvalEndsAt(campaign);
}

/** The approver whose decision this person's would be. */
export const decidingVoice = (campaign: Campaign, viewer: CampaignViewer): string | undefined =>
  voiceFor(decidable(campaign, viewer), viewer);

type IsOpen = (campaign: Campaign, viewer: CampaignViewer, now: number) => boolean;

const open: Record<CampaignAction, IsOpen> = {
  confirm: (campaign, viewer, now) => isOffered(campaign, viewer, now) && viewer.verdict === 'allowed',
  ask: (campaign, viewer, now) => isOffered(campaign, viewer, now) && viewer.verdict === 'needs',
  reprice: (campaign, viewer) => campaign.state === 'halted' && isOwn(campaign, viewer) && isToBeOfferedAgain(campaign),
  retry: (campaign, viewer) => campaign.kind === 'bulk' && campaign.state === 'ended' && isOwn(campaign, viewer),
  cancel: (campaign, viewer) =>
    (oversees(campaign, viewer) || viewer.isAdmin === true) && within(campaign, ...untilClosed),
  pause: (campaign, viewer) => steers(campaign, viewer) && within(campaign, 'running'),
  go_on: (campaign, viewer) =>
    steers(campaign, viewer) &&
    (within(campaign, 'paused') || (within(campaign, 'halted') && !isToBeOfferedAgain(campaign))),
  end_early: (campaign, viewer) =>
    campaign.kind !== 'bulk' &&
    steers(campaign, viewer) &&
    within(campaign, 'running', 'paused') &&
    !campaign.draw?.drawn,
  edit: (campaign, viewer) =>
    within(campaign, ...untilClosed) &&
    (goesByApproval(campaign) ? approves(campaign, viewer) : steers(campaign, viewer)),
  // Of one whose channel is no more: what everybody has read elsewhere stays there.
  move: (campaign, viewer) =>
    steers(campaign, viewer) && campaign.lostPlace !== undefined && within(campaign, ...untilClosed, 'closing'),
  export: (campaign, viewer) => oversees(campaign, viewer) && !within(campaign, 'planned'),
  replace: (campaign, viewer) =>
    steers(campaign, viewer) &&
    within(campaign, 'running', 'paused', 'halted') &&
    campaign.kind === 'giveaway' &&
    campaign.draw?.drawn !== undefined,
  approve: (campaign, viewer, now) => waits(campaign, now) && decidingVoice(campaign, viewer) !== undefined,
  reject: (campaign, viewer, now) =>
    waits(campaign, now) && rejectingVoice(decidable(campaign, viewer), viewer) !== undefined,
};

/** What this person may do with the campaign now. Buttons are drawn from it, and presses are checked by it. */
export function openCampaignActions(
  campaign: Campaign,
  viewer: CampaignViewer,
  now: number,
): readonly CampaignAction[] {
  return campaignActions.filter((action) => open[action](campaign, viewer, now));
}
