import type { Command } from '../../src/discord/index.ts';
import { campaignRejectedView, rejectModal } from '../../src/views/index.ts';
import type { App } from '../app.ts';

/** The buttons of a campaign's approval card. What they decide, the card shows: it is edited by whoever has the news. */
export function campaignApprovals({
  campaigns,
}: App): Required<Pick<Command, 'presses' | 'submits'>> {
  return {
    presses: {
      'campaign.approve': {
        acknowledge: 'update',
        async press({ asker }, id) {
          await campaigns.approve(id, asker);
          return undefined;
        },
      },
      'campaign.reject': {
        acknowledge: 'modal',
        open: ({ words }, id) => rejectModal(id, words, 'campaign.reject'),
      },
    },
    submits: {
      'campaign.reject': {
        acknowledge: 'ephemeral',
        submit: async ({ asker, words }, id, { reason = '' }) =>
          campaignRejectedView(await campaigns.reject(id, asker, reason), words),
      },
    },
  };
}
