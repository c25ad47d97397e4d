import { en } from '../../src/i18n/index.ts';
import { quoteView } from '../../src/views/index.ts';
import type { App } from '../app.ts';
import { completeItem, itemOption } from '../shared/item-option.ts';
import { messageOption, receiptOf, receiptOption } from './gift-options.ts';
import type { Subcommand } from './subcommand.ts';

const { name, description, options } = en.commands.reward.send;

/** The quote that comes of it is confirmed, or asked for, with the buttons of `/buy`. */
export function send(app: App): Subcommand {
  return {
    name,
    define: (subcommand) =>
      subcommand
        .setName(name)
        .setDescription(description)
        .addUserOption((option) =>
          option
            .setName(options.member.name)
            .setDescription(options.member.description)
            .setRequired(true),
        )
        .addStringOption(itemOption(options.item))
        .addStringOption(messageOption)
        .addStringOption(receiptOption),
    async run(moment, { member: to, item, message, receipt }) {
      const { asker: member, channel, locale, words } = moment;
      const order = await app.campaigns.sendOne({
        member,
        channel,
        locale,
        to: String(to),
        itemCode: String(item ?? ''),
        gift: {
          receipt: receiptOf(receipt),
          ...(message !== undefined && { message: String(message) }),
        },
      });
      await moment.follow(order.id);
      return quoteView(order, await app.orders.offerOf(order, member), words);
    },
    complete: { [options.item.name]: completeItem(app.catalog) },
  };
}
