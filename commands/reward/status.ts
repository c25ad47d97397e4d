import type { Campaign, ClaimStatus } from '../../src/campaigns/index.ts';
import type { Moment } from '../../src/discord/index.ts';
import { claimView, type View } from '../../src/views/index.ts';
import type { App } from '../app.ts';

type Looker = Pick<Moment, 'asker' | 'words'>;

async function viewOf(
  { orders }: App,
  { asker, words }: Looker,
  campaign: Campaign,
  status: ClaimStatus,
): Promise<View> {
  const actions = status.is === 'here' ? await orders.actionsOf(status.order, asker) : [];
  return claimView(campaign, status, { user: asker.user, actions }, words);
}

/** How it stands with the presser's place now. */
export async function statusNow(app: App, moment: Looker, id: string): Promise<View> {
  const campaign = await app.campaigns.get(id, moment.asker);
  return viewOf(app, moment, campaign, await app.campaigns.claimStatus(id, moment.asker));
}

/** Shows it, and goes on to as it changes. What comes after the last word comes by direct message. */
export async function showStatus(app: App, moment: Moment, id: string): Promise<void> {
  const campaign = await app.campaigns.get(id, moment.asker);
  for await (const status of app.campaigns.followClaim(id, moment.asker))
    await moment.show(await viewOf(app, moment, campaign, status));
}
