import type { PressHandler } from '../../src/discord/index.ts';
import { MOST_TO_REPLACE, replacingView, who } from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { panelOf } from './decide.ts';

/** A winner who has not claimed gives way to the next of the draw, by the hand of whoever runs it. */
export function replacePresses(app: App): Record<string, PressHandler> {
  const { campaigns, directory } = app;
  const { guildOf } = campaigns;

  const offer: PressHandler = {
    acknowledge: 'ephemeral',
    reads: true,
    guildOf,
    async press({ asker, words }, id) {
      const { campaign, winners: all } = await campaigns.replaceable(id, asker);
      const winners = await Promise.all(
        all.slice(0, MOST_TO_REPLACE).map(async (entry) => {
          const found = await directory.find(campaign.guild, entry.user);
          return { ...entry, name: typeof found === 'string' ? undefined : found.name };
        }),
      );
      return replacingView(campaign, { winners, more: all.length - winners.length }, words);
    },
  };

  const replace: PressHandler = {
    acknowledge: 'update',
    guildOf,
    async press(moment, id, [user = '']) {
      const replaced = await campaigns.replace(id, moment.asker, user);
      return panelOf(app, moment, replaced, [moment.words.replacing.done(who(user))]);
    },
  };

  return { 'campaign.replace': offer, 'campaign.replaced': replace };
}
