import type { Command, ModalOpener, SubmitHandler } from '../../src/discord/index.ts';
import { editModal } from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { panelOf } from './decide.ts';

/** Other words, or another end. */
export function campaignEdits(app: App): Required<Pick<Command, 'presses' | 'submits'>> {
  const { campaigns } = app;
  const { guildOf } = campaigns;

  const open: ModalOpener = {
    acknowledge: 'modal',
    guildOf,
    open: async ({ asker, words }, id) => editModal(await campaigns.own(id, asker), words),
  };

  const submit: SubmitHandler = {
    acknowledge: 'update',
    guildOf,
    async submit(moment, id, { message = '', ends = '' }) {
      const { asker, words } = moment;
      const typed = ends.trim();
      const campaign = await campaigns.edit(id, asker, {
        message,
        ...(typed && {
          endsAt: await campaigns.readEnd(asker.guild, typed, words.rewardTimes.says),
        }),
      });
      return panelOf(app, moment, campaign, [words.campaignList.edit.done]);
    },
  };

  return { presses: { 'campaign.edit': open }, submits: { 'campaign.edit': submit } };
}
