import type { PressHandler } from '../../src/discord/index.ts';
import { en } from '../../src/i18n/index.ts';
import type { App } from '../app.ts';
import { completeItem, itemOption } from '../shared/item-option.ts';
import { panelOf } from './decide.ts';
import {
  completeTime,
  countOption,
  sharedOf,
  timeOption,
  wholeOption,
  withShared,
} from './offer-options.ts';
import { showStatus } from './status.ts';
import type { Subcommand } from './subcommand.ts';

const { name, description, options, buying } = en.commands.reward.drop;
/** Everybody waits for it: longer than that is a giveaway. */
const LONGEST_DRAW_S = 600;

/** Cards for the first who claim; the panel that comes of it is confirmed like any other campaign. */
export function drop(app: App): Subcommand {
  const claim: PressHandler = {
    acknowledge: 'ephemeral',
    guildOf: app.campaigns.guildOf,
    async press(moment, id) {
      await app.campaigns.claimDrop(id, moment.asker);
      await showStatus(app, moment, id);
      return undefined;
    },
  };

  return {
    name,
    define: (subcommand) => {
      const definition = subcommand
        .setName(name)
        .setDescription(description)
        .addStringOption(itemOption(options.item))
        .addIntegerOption(countOption(options.cards));
      return withShared(definition)
        .addStringOption(timeOption(options.ends))
        .addIntegerOption(wholeOption(options.drawSeconds, LONGEST_DRAW_S))
        .addStringOption((option) =>
          option
            .setName(options.buy.name)
            .setDescription(options.buy.description)
            .addChoices(
              { name: buying.claimed, value: 'claimed' },
              { name: buying.start, value: 'start' },
            ),
        );
    },
    async run(moment, chosen) {
      const seconds = chosen[options.drawSeconds.name];
      const campaign = await app.campaigns.offer({
        ...sharedOf(moment, chosen),
        kind: 'drop',
        itemCode: String(chosen.item ?? ''),
        cards: Number(chosen.cards),
        ...(seconds !== undefined && { drawSeconds: Number(seconds) }),
        ...(chosen.buy === 'start' && { buysAtStart: true }),
      });
      return panelOf(app, moment, campaign);
    },
    complete: {
      [options.item.name]: completeItem(app.catalog),
      [options.starts.name]: completeTime,
      [options.ends.name]: completeTime,
    },
    presses: { 'drop.claim': claim },
  };
}
