import type { Member } from '../../lib/index.ts';
import type { RequesterHistory } from '../../orders/index.ts';
import type { CampaignsContext } from '../context.ts';
import { namedRecipients, requireCampaign } from '../lookup.ts';
import type { Campaign } from '../model/campaign.ts';

/** What somebody who decides about a campaign reads for themselves alone. */
export interface CampaignDetails extends RequesterHistory {
  readonly campaign: Campaign;
  /** To whom a bulk send goes, as many as are shown. */
  readonly users: readonly string[];
}

/** Throws `approvers_only`, `campaign_unknown`. */
export async function campaignDetails(ctx: CampaignsContext, id: string, member: Member): Promise<CampaignDetails> {
  const campaign = await requireCampaign(ctx, id, member);
  const { guild, requester, charged } = campaign;
  const history = await ctx.orders.requesterHistory({ guild, requester, currency: charged.currency }, member);
  return { campaign, ...history, users: await namedRecipients(ctx, campaign) };
}
