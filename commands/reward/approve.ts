import type { Command, PressHandler } from '../../src/discord/index.ts';
import { campaignRejectedView, rejectModal } from '../../src/views/index.ts';
import type { App } from '../app.ts';

/** The buttons of a campaign's approval card. What they decide, the card shows: it is edited by whoever has the news. */
export function campaignApprovals({
  campaigns,
}: App): Required<Pick<Command, 'presses' | 'submits'>> {
  const approve: PressHandler = {
    acknowledge: 'update',
    async press({ asker }, id) {
      await campaigns.approving.approve(id, asker);
      campaigns.kick(id);
      return undefined;
    },
  };

  return {
    presses: {
      'campaign.approve': approve,
      'campaign.reject': {
        acknowledge: 'modal',
        open: ({ words }, id) => rejectModal(id, words, 'campaign.reject'),
      },
    },
    submits: {
      'campaign.reject': {
        acknowledge: 'ephemeral',
        async submit({ asker, words }, id, { reason = '' }) {
          const rejected = await campaigns.approving.reject(id, asker, reason);
          campaigns.kick(id);
          return campaignRejectedView(rejected, words);
        },
      },
    },
  };
}
