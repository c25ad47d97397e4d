import { type Campaign, type CampaignStep, isHeldByStop } from '../model/campaign.ts';
import { heldSince } from '../model/state-machine.ts';

export const newsKinds = [
  'asked',
  'approved',
  'rejected',
  'expired',
  'paused',
  /** All purchases are stopped, and so is this. */
  'stopped',
  'halted',
  'cancelled',
  'ended',
] as const;

/** What whoever runs a campaign is told without having asked. */
export interface News {
  readonly kind: (typeof newsKinds)[number];
  /** The step that is the news, and its place in the history. */
  readonly step: CampaignStep;
  readonly since: number;
}

const DAY_MS = 24 * 60 * 60_000;

/** By which step a campaign came into the state that it is in. */
export function enteredBy({ history }: Pick<Campaign, 'history'>): number {
  const last = history.at(-1)?.state;
  return history.findLastIndex(({ state }) => state !== last) + 1;
}

/** Undefined when they know already, or did it themselves. What nobody could tell them for a day is no news. */
export function newsOf(campaign: Campaign, now: number): News | undefined {
  const since = (isHeldByStop(campaign) ? heldSince(campaign) : undefined) ?? enteredBy(campaign);
  const step = campaign.history[since];
  const kind = step && kindOf(campaign, step);
  if (!kind || now >= step.at + DAY_MS || isTold(campaign, since)) return undefined;
  return { kind, step, since };
}

/** What a campaign has on record once its requester was told of this step. */
export const toldBy = (since: number): string => `step/${since}`;

/** What came after it as well: it is true no longer that it came into that state just now. */
function isTold({ told }: Campaign, since: number): boolean {
  return told !== undefined && Number(told.split('/')[1]) >= since;
}

function kindOf(campaign: Campaign, { by, why }: CampaignStep): News['kind'] | undefined {
  const { state, requester, approval, startedAt } = campaign;
  const isByOther = by !== requester;
  if (why === 'stopped') return 'stopped';
  switch (state) {
    case 'awaiting_approval':
      return isByOther ? 'asked' : undefined;
    case 'running':
    case 'scheduled':
      return why === 'approved' ? 'approved' : undefined;
    case 'paused':
      return isByOther ? 'paused' : undefined;
    case 'cancelled':
      return isByOther ? 'cancelled' : undefined;
    case 'expired':
      return approval || startedAt !== undefined ? 'expired' : undefined;
    case 'rejected':
    case 'halted':
    case 'ended':
      return state;
    default:
      return undefined;
  }
}
