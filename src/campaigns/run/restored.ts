import type { Clock } from '../../lib/index.ts';
import { OPERATOR } from '../../orders/index.ts';
import type { Store } from '../../store/index.ts';
import { type Campaign, campaignSchema, type State } from '../model/campaign.ts';
import { transitionCampaign } from '../model/state-machine.ts';
import { createCampaignRepository } from '../repository.ts';

interface Restoring {
  readonly store: Pick<Store, 'records'>;
  /** When the copy was made, for people. */
  readonly copied: string;
  readonly clock: Pick<Clock, 'now'>;
}

const undecided: readonly State[] = ['planned', 'awaiting_approval'];
const underWay: readonly State[] = ['scheduled', 'running', 'closing'];

/**
 * Halts the campaigns of a copy that was restored: whom they have given a card since it was made is not in it, and nobody
 * is to get another one before a person has looked. What was not decided ends. Gives how many it halted.
 */
export async function haltRestored({ store, copied, clock }: Restoring): Promise<number> {
  const campaigns = createCampaignRepository(store.records('campaigns', campaignSchema));
  let halted = 0;
  for await (const { id } of campaigns.active()) {
    const { state } = await campaigns.revise(id, (campaign) => cutOff(campaign, clock.now(), copied));
    if (state === 'halted') halted++;
  }
  return halted;
}

function cutOff(campaign: Campaign, at: number, detail: string): Campaign {
  const step = { at, by: OPERATOR, why: 'restored' as const, detail };
  if (undecided.includes(campaign.state)) return transitionCampaign(campaign, 'expired', step);
  if (!underWay.includes(campaign.state)) return campaign;
  const parts = campaign.parts.map((part) => ({ ...part, blocked: { why: 'restored', at, tries: 1 } }));
  return transitionCampaign(campaign, 'halted', step, { parts });
}
