import type { Command } from '../../src/discord/index.ts';
import { moveModal } from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { requireOwnChannel } from '../shared/own-channel.ts';
import { panelOf } from './decide.ts';

/** Another channel for a campaign whose own is no more. */
export function campaignMoves(app: App): Required<Pick<Command, 'presses' | 'submits'>> {
  const { campaigns } = app;
  const { guildOf } = campaigns;
  return {
    presses: {
      'campaign.move': {
        acknowledge: 'modal',
        guildOf,
        open: async ({ asker, words }, id) => moveModal(await campaigns.own(id, asker), words),
      },
    },
    submits: {
      'campaign.move': {
        acknowledge: 'update',
        guildOf,
        async submit(moment, id, _, { channel: [to = ''] = [] }) {
          requireOwnChannel(moment, to);
          const moved = await campaigns.movePlace(id, moment.asker, to);
          return panelOf(app, moment, moved, [moment.words.campaignList.move.done]);
        },
      },
    },
  };
}
