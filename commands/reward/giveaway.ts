import type { Asker, PressHandler } from '../../src/discord/index.ts';
import { en } from '../../src/i18n/index.ts';
import type { App } from '../app.ts';
import { type Subcommand, subcommand } from '../shared/define.ts';
import { giftItem, giftItemOption } from '../shared/item-option.ts';
import { required, wholeOption } from '../shared/option.ts';
import { QUOTE_CALLS } from '../shared/vendor-calls.ts';
import { panelOf } from './decide.ts';
import { countOption, offerOf, offerOptions, timeOption } from './offer-options.ts';
import { replacePresses } from './replace.ts';
import { claimPress, statusNow } from './status.ts';

const HOUR_MS = 60 * 60_000;
const CLAIM_HOURS = 48;
const MOST_CLAIM_HOURS = 30 * 24;

/** Cards for some of those who enter, drawn at its end. */
export function giveaway(app: App): Subcommand {
  const { guildOf, claimWon, enterGiveaway, leaveGiveaway } = app.campaigns;

  /** The message that everybody reads stays as it is. */
  const pressing = (act?: (id: string, asker: Asker) => Promise<unknown>): PressHandler => ({
    acknowledge: 'ephemeral',
    reads: act === undefined,
    guildOf,
    async press(moment, id) {
      await act?.(id, moment.asker);
      return statusNow(app, moment, id);
    },
  });

  return subcommand(en.commands.reward.giveaway, {
    options: {
      item: required(giftItemOption(app)),
      winners: required(countOption),
      ends: required(timeOption),
      ...offerOptions,
      'claim-hours': wholeOption(MOST_CLAIM_HOURS),
    },
    vendorCalls: QUOTE_CALLS,
    async run(moment, { item, winners, 'claim-hours': hours = CLAIM_HOURS, ...shared }) {
      const campaign = await app.campaigns.offer({
        ...offerOf(moment, shared),
        kind: 'giveaway',
        itemCode: giftItem(app, item),
        cards: winners,
        claimWithinMs: hours * HOUR_MS,
      });
      return panelOf(app, moment, campaign);
    },
    presses: {
      'giveaway.enter': pressing(enterGiveaway),
      'giveaway.mine': pressing(),
      'giveaway.leave': pressing(leaveGiveaway),
      'giveaway.claim': claimPress(app, claimWon),
      ...replacePresses(app),
    },
  });
}
