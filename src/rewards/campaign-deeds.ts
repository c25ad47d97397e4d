import type { Deed } from '../approvals/audit-entry.ts';
import type { AuditSource } from '../approvals/audit-source.ts';
import { createAuditSource } from '../approvals/audit-source.ts';
import { auditSources } from '../approvals/audit-sources.ts';
import type { Store } from '../store/open.ts';
import type { Campaign } from './campaign.ts';
import { campaignGuard, campaignSchema } from './campaign.ts';
import { isSettled } from './campaign-life.ts';

/** Everything that the audit tells of, campaigns among it. */
export function everySource(store: Pick<Store, 'records'>): AuditSource[] {
  const campaigns = createAuditSource<Campaign>({
    name: 'campaign',
    records: store.records('campaigns', campaignSchema),
    keyOf: ({ id }) => id,
    deedsOf: campaignDeeds,
    guardOf: (campaign) => campaignGuard(campaign, isSettled(campaign)),
  });
  return [...auditSources(store), campaigns];
}

/**
 * Each step of a campaign. Who got what, its orders tell one by one. What it gives for how much may be offered anew
 * later, so each deed says what its own step says.
 */
export function campaignDeeds(campaign: Campaign): Omit<Deed, 'id'>[] {
  const { id, reference, requester, guild, history } = campaign;
  const about = { campaign: id, reference, member: requester };
  return history.map(({ at, by, for: behalf, state, why, detail, offered }) => {
    // What is in the way is said by a code.
    const isBlocked = why === 'blocked' && detail !== undefined;
    const because = isBlocked ? detail : why;
    return {
      ...{ at, guild, by, what: `campaign.${state}` },
      about: { ...about, ...(offered && { item: offered.item }) },
      ...(behalf !== undefined && { for: behalf }),
      ...(because !== undefined && { why: because }),
      ...(detail !== undefined && !isBlocked && { detail }),
      ...(offered && { amount: offered.charged }),
    };
  });
}
