import { en } from '../../src/i18n/index.ts';
import type { App } from '../app.ts';
import { type Subcommand, subcommand } from '../shared/define.ts';
import { giftItem, giftItemOption } from '../shared/item-option.ts';
import { memberOption, required } from '../shared/option.ts';
import { requireOwnChannel } from '../shared/own-channel.ts';
import { QUOTE_CALLS } from '../shared/vendor-calls.ts';
import { messageOption, receiptOption } from './offer-options.ts';
import { quoteGift } from './quote-gift.ts';

/** The quote that comes of it is confirmed, or asked for, with the buttons of `/buy`. */
export const send = (app: App): Subcommand =>
  subcommand(en.commands.reward.send, {
    options: {
      member: required(memberOption),
      item: required(giftItemOption(app)),
      message: messageOption,
      receipt: receiptOption,
    },
    vendorCalls: QUOTE_CALLS,
    async run(moment, { member: to, item, receipt = 'private', ...message }) {
      // Everybody here will read that it was sent.
      if (receipt === 'public') requireOwnChannel(moment, moment.channel);
      return quoteGift(app, moment, { to, itemCode: giftItem(app, item), receipt, ...message });
    },
  });
