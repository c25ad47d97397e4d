import type { Clock } from '../clock.ts';
import type { Listed } from '../orders/awaiting.ts';
import { MOST_WAITING } from '../orders/awaiting.ts';
import type { Member } from '../orders/order.ts';
import type { Rules } from '../orders/rules.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignAction } from './campaign-actions.ts';
import { decidingVoice, openCampaignActions } from './campaign-actions.ts';
import type { CampaignBook } from './campaign-book.ts';
import type { ViewingCampaigns } from './viewing-campaigns.ts';

/** A campaign that waits for somebody, as they may decide about it. */
export interface WaitingCampaign extends Listed {
  readonly campaign: Campaign;
  readonly actions: readonly CampaignAction[];
}

interface Parts {
  book: Pick<CampaignBook, 'awaiting'>;
  viewing: Pick<ViewingCampaigns, 'recipientsAmong'>;
  rules: Pick<Rules, 'voicesOf'>;
  clock: Clock;
}

/** Campaigns that wait for a member to decide, by themselves or as a delegate; none for who decides nothing. */
export function createAwaitingCampaigns({ book, viewing, rules, clock }: Parts) {
  return async (member: Member): Promise<WaitingCampaign[]> => {
    const { user, guild } = member;
    const voices = await rules.voicesOf(member);
    if (voices.length === 0) return [];
    const found: WaitingCampaign[] = [];
    for await (const campaign of book.awaiting(guild)) {
      const recipients = await viewing.recipientsAmong(campaign, [...new Set([user, ...voices])]);
      const viewer = { user, voices, recipients };
      const actions = openCampaignActions(campaign, viewer, clock.now());
      if (!actions.includes('reject')) continue;
      const voice = decidingVoice(campaign, viewer);
      found.push({ campaign, actions, voice, askedAt: askedAt(campaign) });
      if (found.length > MOST_WAITING) found.shift();
    }
    return found;
  };
}

/** It may have been asked for before, at an earlier price. */
function askedAt({ history }: Campaign): number {
  return history.findLast(({ why }) => why === 'approval_asked')?.at ?? 0;
}
