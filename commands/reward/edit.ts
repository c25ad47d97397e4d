import type { Command, ModalOpener, SubmitHandler } from '../../src/discord/index.ts';
import { editModal } from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { panelOf } from './decide.ts';
import { guildOfCampaign } from './status.ts';

/** Other words, or another end. */
export function editing(app: App): Required<Pick<Command, 'presses' | 'submits'>> {
  const guildOf = guildOfCampaign(app);

  const open: ModalOpener = {
    ...{ acknowledge: 'modal', guildOf },
    open: async ({ asker, words }, id) =>
      editModal(await app.campaigns.viewing.own(id, asker), words),
  };

  const submit: SubmitHandler = {
    ...{ acknowledge: 'update', guildOf },
    async submit(moment, id, { message = '', ends = '' }) {
      const { asker, words } = moment;
      const { says } = words.rewardTimes;
      const typed = ends.trim();
      const campaign = await app.campaigns.steering.edit(id, asker, {
        message,
        ...(typed && { endsAt: await app.offering.endIn(asker.guild, typed, says) }),
      });
      app.campaigns.kick(id);
      return panelOf(app, moment, campaign, [words.campaignList.edit.done]);
    },
  };

  return { presses: { 'campaign.edit': open }, submits: { 'campaign.edit': submit } };
}
