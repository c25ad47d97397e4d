import type { Member } from '../../lib/index.ts';
import { type Listed, MOST_WAITING } from '../../orders/index.ts';
import { askedAt } from '../../policy/index.ts';
import type { CampaignsContext } from '../context.ts';
import { recipientsAmong } from '../lookup.ts';
import type { Campaign } from '../model/campaign.ts';
import { type CampaignAction, decidingVoice, openCampaignActions } from '../model/permissions.ts';

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
