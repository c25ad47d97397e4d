import type { Campaign, ClaimStatus } from '../../src/campaigns/index.ts';
import type { Asker, InteractionContext, PressHandler } from '../../src/discord/index.ts';
import { claimView, type View } from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { showCodes } from '../shared/show-codes.ts';

async function viewOf(
  { orders }: App,
  { asker, words }: InteractionContext,
  campaign: Campaign,
  status: ClaimStatus,
): Promise<View> {
  const actions = status.is === 'here' ? await orders.actionsOf(status.order, asker) : [];
  return claimView(campaign, status, { user: asker.user, actions }, words);
}

/** Codes that are no longer kept here are asked of CardPlusPay: that takes a press of its own. */
const isToBeShown = (status: ClaimStatus): boolean => status.is === 'here' && status.order.purgedAt === undefined;

/** How it stands with the presser's place now. */
export async function statusNow(app: App, moment: InteractionContext, id: string): Promise<View> {
  const campaign = await app.campaigns.get(id, moment.asker);
  return viewOf(app, moment, campaign, await app.campaigns.claimStatus(id, moment.asker));
}

/**
 * Claims a card, shows how it stands with it, and goes on to as it changes, up to the code itself. Whose card comes after the
 * last word is called in the campaign's channel.
 */
export const claimPress = (app: App, claim: (id: string, asker: Asker) => Promise<unknown>): PressHandler => ({
  acknowledge: 'ephemeral',
  guildOf: app.campaigns.guildOf,
  async press(moment, id) {
    const { campaigns, orders } = app;
    await claim(id, moment.asker);
    const campaign = await campaigns.get(id, moment.asker);
    for await (const status of campaigns.followClaim(id, moment.asker)) {
      if (isToBeShown(status)) {
        await campaigns.fetchCard(id, moment.asker, (order) => showCodes(orders, moment, order));
        return undefined;
      }
      await moment.show(await viewOf(app, moment, campaign, status));
    }
    return undefined;
  },
});
