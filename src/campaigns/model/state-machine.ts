import type { Campaign, CampaignStep, State } from './campaign.ts';

/** A campaign's life. The one place that says what may follow what. */
const campaignTransitions: Readonly<Record<State, readonly State[]>> = {
  /** Shown to its requester, who confirms it, or asks for an approval. */
  planned: ['awaiting_approval', 'scheduled', 'running', 'cancelled', 'expired', 'ended', 'halted'],
  awaiting_approval: ['scheduled', 'running', 'rejected', 'cancelled', 'expired'],
  /** Waits for its time. Its amount is set aside when it starts. */
  scheduled: ['awaiting_approval', 'running', 'halted', 'cancelled'],
  running: ['paused', 'halted', 'closing', 'cancelled'],
  /** By a person: nothing more is bought. */
  paused: ['running', 'closing', 'cancelled'],
  /** Something is in the way of its purchases: a person goes on, takes up a new price, or ends it. */
  halted: ['running', 'scheduled', 'planned', 'closing', 'cancelled'],
  /** Takes nobody more; what was promised is still given. */
  closing: ['ended', 'halted'],
  /** A bulk send whose rest failed may be tried once more. */
  ended: ['planned'],
  cancelled: [],
  rejected: [],
  expired: [],
};

/** The state from which its rest was offered once more, for an offer that comes to nothing; undefined for the first offer. */
export function offeredAgainFrom({ history }: Pick<Campaign, 'history'>): State | undefined {
  const at = history.findLastIndex(({ why, state }) => why === 'tried_again' && state === 'planned');
  return history[at - 1]?.state;
}

/** Nobody need look after it any more. */
export function isOver(state: State): boolean {
  return ['ended', 'cancelled', 'rejected', 'expired'].includes(state);
}

const offerStates: readonly State[] = ['planned', 'cancelled', 'expired'];

/**
 * An offer that nobody has confirmed, or asked to be approved: it is in no audit, and once it is over nothing is left of it.
 * Where somebody else has called it off it stays, with who did. Of those that an older version made (without `audited`) the
 * offer itself is in the audit: they stay.
 */
export function isUntaken({
  audited,
  history,
  requester,
}: Pick<Campaign, 'audited' | 'history' | 'requester'>): boolean {
  const isTheirs = ({ state, by }: CampaignStep) =>
    offerStates.includes(state) && (by === requester || by === 'cardigan');
  return audited === 0 && history.every(isTheirs);
}

export const isVote = (why: CampaignStep['why']): boolean => why === 'approved' || why === 'approved_one';

/** Others were asked about it as it is, or have said yes to it: also while what is left of it is offered at another price. */
export function goesByApproval({ approval, history }: Pick<Campaign, 'approval' | 'history'>): boolean {
  return approval !== undefined || history.some(({ why }) => isVote(why));
}

/** Neither its requester nor anybody who decides has said yes to it, or not to all of it. A start may ask for more approvals. */
export function isUndecided(state: State): boolean {
  return ['planned', 'awaiting_approval', 'scheduled'].includes(state);
}

/** It was called off, also where what was promised is still given. */
export function isCalledOff({ history }: Pick<Campaign, 'history'>): boolean {
  return history.some(({ why }) => why === 'called_off');
}

/** Nothing is left of it: no order that is awaited or unclear, and no card that was bought and given to nobody. */
export function isSettled(campaign: Pick<Campaign, 'state' | 'flying' | 'unclear' | 'buysAtStart' | 'pools'>): boolean {
  const { state, flying, unclear, buysAtStart, pools } = campaign;
  return isOver(state) && !flying && !unclear && (!buysAtStart || pools?.length === 0);
}

/** The step by which a stop of all purchases came to hold it, for as long as it does. */
export function heldSince({ history }: Pick<Campaign, 'history'>): number | undefined {
  const at = history.findLastIndex(({ why }) => why === 'stopped' || why === 'went_on');
  return history[at]?.why === 'stopped' ? at : undefined;
}

/** Until when all who press have the same chance; undefined where the first ones get the cards. */
export function drawsAt({ startedAt, drawSeconds }: Campaign): number | undefined {
  if (startedAt === undefined || drawSeconds === undefined) return undefined;
  return startedAt + drawSeconds * 1000;
}

/** Of a drop that was drawn: not all who were drawn have their places yet. */
export function isGivingDrawn({ kind, places, draw }: Campaign): boolean {
  if (kind !== 'drop' || !draw?.drawn) return false;
  return draw.reached < Math.min(draw.drawn.entrants, places);
}

class IllegalCampaignTransition extends Error {
  override readonly name = 'IllegalCampaignTransition';
}

export type CampaignStepTaken = Omit<CampaignStep, 'state'>;
type CampaignChanges = Partial<Omit<Campaign, 'version' | 'id' | 'state' | 'history' | 'audited'>>;

/** The campaign after one legal step. Throws IllegalCampaignTransition for any other. */
export function transitionCampaign(
  campaign: Campaign,
  to: State,
  step: CampaignStepTaken,
  changes: CampaignChanges = {},
): Campaign {
  if (!campaignTransitions[campaign.state].includes(to)) {
    throw new IllegalCampaignTransition(`a campaign that is ${campaign.state} cannot become ${to}`);
  }
  return notedCampaign({ ...campaign, state: to }, step, changes);
}

/** From now on its cards are bought; one that has run before goes on from its first start. */
export function begunCampaign(campaign: Campaign, step: CampaignStepTaken, changes: CampaignChanges): Campaign {
  const startedAt = campaign.startedAt ?? step.at;
  return transitionCampaign(campaign, 'running', step, { ...changes, startedAt });
}

/** The campaign with something recorded that leaves its state alone. */
export function notedCampaign(campaign: Campaign, step: CampaignStepTaken, changes: CampaignChanges = {}): Campaign {
  const history = [...campaign.history, { ...step, state: campaign.state }];
  return { ...campaign, ...changes, history };
}
