import type { Command } from '../../src/discord/index.ts';
import { editModal } from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { panelOf, refreshing } from './decide.ts';

/** Other words, or another end. */
export function campaignEdits(app: App): Required<Pick<Command, 'presses' | 'submits'>> {
  const { campaigns } = app;
  const { guildOf } = campaigns;
  return {
    presses: {
      'campaign.edit': {
        acknowledge: 'modal',
        guildOf,
        open: async ({ asker, words }, id) => editModal(await campaigns.own(id, asker), words),
      },
    },
    submits: {
      'campaign.edit': {
        acknowledge: 'update',
        guildOf,
        submit: (moment, id, { message = '', ends = '' }) =>
          refreshing(app, moment, id, async () => {
            const { asker, words } = moment;
            const { says } = words.rewardTimes;
            const end = ends.trim();
            const campaign = await campaigns.edit(id, asker, {
              message,
              ...(end && { endsAt: await campaigns.readEnd(asker.guild, end, says) }),
            });
            return panelOf(app, moment, campaign, [words.campaignList.edit.done]);
          }),
      },
    },
  };
}
