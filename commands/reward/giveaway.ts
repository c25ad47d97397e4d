import type { Moment, PressHandler } from '../../src/discord/index.ts';
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
import { replacePresses } from './replace.ts';
import { showStatus, statusNow } from './status.ts';
import type { Subcommand } from './subcommand.ts';

const { name, description, options } = en.commands.reward.giveaway;
const HOUR_MS = 60 * 60_000;
const CLAIM_HOURS = 48;
const MOST_CLAIM_HOURS = 30 * 24;

/** Cards for some of those who enter, drawn at its end. */
export function giveaway(app: App): Subcommand {
  const { guildOf, claimWon, enterGiveaway, leaveGiveaway } = app.campaigns;

  /** The message that everybody reads stays as it is. */
  const pressing = (
    act?: (id: string, asker: Moment['asker']) => Promise<unknown>,
  ): PressHandler => ({
    acknowledge: 'ephemeral',
    guildOf,
    async press(moment, id) {
      await act?.(id, moment.asker);
      return statusNow(app, moment, id);
    },
  });

  const claim: PressHandler = {
    acknowledge: 'ephemeral',
    guildOf,
    async press(moment, id) {
      await claimWon(id, moment.asker);
      await showStatus(app, moment, id);
      return undefined;
    },
  };

  return {
    name,
    define: (subcommand) =>
      withShared(
        subcommand
          .setName(name)
          .setDescription(description)
          .addStringOption(itemOption(options.item))
          .addIntegerOption(countOption(options.winners))
          .addStringOption(timeOption(options.ends, true)),
      ).addIntegerOption(wholeOption(options.claimHours, MOST_CLAIM_HOURS)),
    async run(moment, chosen) {
      const hours = Number(chosen[options.claimHours.name] ?? CLAIM_HOURS);
      const campaign = await app.campaigns.offer({
        ...sharedOf(moment, chosen),
        kind: 'giveaway',
        itemCode: String(chosen.item ?? ''),
        cards: Number(chosen.winners),
        claimWithinMs: hours * HOUR_MS,
      });
      return panelOf(app, moment, campaign);
    },
    complete: {
      [options.item.name]: completeItem(app.catalog),
      [options.starts.name]: completeTime,
      [options.ends.name]: completeTime,
    },
    presses: {
      'giveaway.enter': pressing(enterGiveaway),
      'giveaway.mine': pressing(),
      'giveaway.leave': pressing(leaveGiveaway),
      'giveaway.claim': claim,
      ...replacePresses(app),
    },
  };
}
