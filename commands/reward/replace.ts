import type { Campaign } from '../../src/campaigns/index.ts';
import type { Moment, PressHandler } from '../../src/discord/index.ts';
import { MOST_TO_REPLACE, replacingView, who } from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { panelOf } from './decide.ts';
import { guildOfCampaign } from './status.ts';

/** A winner who has not claimed gives way to the next of the draw, by the hand of whoever runs it. */
export function replacing(app: App): Record<string, PressHandler> {
  const { viewing, drawing, kick } = app.campaigns;
  const guildOf = guildOfCampaign(app);

  async function open(id: string, { asker }: Pick<Moment, 'asker'>): Promise<Campaign> {
    const campaign = await viewing.here(id, asker);
    viewing.requireOpen(campaign, await viewing.viewerOf(campaign, asker), 'replace');
    return campaign;
  }

  const offer: PressHandler = {
    ...{ acknowledge: 'ephemeral', guildOf },
    async press(moment, id) {
      const campaign = await open(id, moment);
      const all = await drawing.unclaimed(campaign);
      const winners = await Promise.all(
        all.slice(0, MOST_TO_REPLACE).map(async (entry) => {
          const found = await app.directory.find(campaign.guild, entry.user);
          return { ...entry, name: typeof found === 'string' ? undefined : found.name };
        }),
      );
      const more = all.length - winners.length;
      return replacingView(campaign, { winners, more }, moment.words);
    },
  };

  const replace: PressHandler = {
    ...{ acknowledge: 'update', guildOf },
    async press(moment, id, [user = '']) {
      const campaign = await open(id, moment);
      const replaced = await drawing.replace(campaign, user, moment.asker);
      kick(id);
      return panelOf(app, moment, replaced, [moment.words.replacing.done(who(user))]);
    },
  };

  return { 'campaign.replace': offer, 'campaign.replaced': replace };
}
