import type { Campaign, Whereabouts } from '../../src/campaigns/index.ts';
import type { Moment } from '../../src/discord/index.ts';
import { Problem } from '../../src/lib/index.ts';
import { claimView, type View } from '../../src/views/index.ts';
import type { App } from '../app.ts';

type Looker = Pick<Moment, 'asker' | 'words'>;

/** For a press in a direct message. */
export const guildOfCampaign = (app: App) => async (id: string) =>
  (await app.campaigns.book.get(id))?.guild;

async function viewOf(
  { orders }: App,
  { asker, words }: Looker,
  campaign: Campaign,
  where: Whereabouts,
): Promise<View> {
  const actions = where.is === 'here' ? await orders.actionsOf(where.order, asker) : [];
  return claimView(campaign, where, { user: asker.user, actions }, words);
}

/** How it stands with the presser's place now. */
export async function standingNow(app: App, moment: Looker, id: string): Promise<View> {
  const { viewing, whereabouts } = app.campaigns;
  const campaign = await viewing.here(id, moment.asker);
  const where = await whereabouts.of(id, moment.asker);
  if (!where) throw new Problem('campaign_unknown', {});
  return viewOf(app, moment, campaign, where);
}

/** Shows it, and goes on to as it changes. What comes after the last word comes by direct message. */
export async function showStanding(app: App, moment: Moment, id: string): Promise<void> {
  const { viewing, whereabouts } = app.campaigns;
  const campaign = await viewing.here(id, moment.asker);
  for await (const where of whereabouts.follow(id, moment.asker))
    await moment.show(await viewOf(app, moment, campaign, where));
}
