import { SlashCommandBuilder } from '@discordjs/builders';
import type { Command, Moment, Options } from '../src/discord/handler.ts';
import { en } from '../src/i18n/en.ts';
import { quoteView } from '../src/views/quote.ts';
import type { View } from '../src/views/view.ts';
import type { App } from './app.ts';
import { completeItem, itemOption } from './item-option.ts';

const { name, description, send } = en.commands.reward;
const { options } = send;

function definition(): Command['definition'] {
  return new SlashCommandBuilder()
    .setName(name)
    .setDescription(description)
    .addSubcommand((subcommand) =>
      subcommand
        .setName(send.name)
        .setDescription(send.description)
        .addUserOption((option) =>
          option
            .setName(options.member.name)
            .setDescription(options.member.description)
            .setRequired(true),
        )
        .addStringOption(itemOption(options.item))
        .addStringOption((option) =>
          option
            .setName(options.message.name)
            .setDescription(options.message.description)
            .setMaxLength(200),
        )
        .addStringOption((option) =>
          option
            .setName(options.receipt.name)
            .setDescription(options.receipt.description)
            .addChoices(
              { name: send.receipts.private, value: 'private' },
              { name: send.receipts.public, value: 'public' },
            ),
        ),
    )
    .toJSON();
}

/** The quote that comes of it is confirmed, or asked for, with the buttons of `/buy`. */
export function reward(app: App): Command {
  async function sent(
    moment: Moment,
    { member: to, item, message, receipt }: Options,
  ): Promise<View> {
    const { asker: member, channel, locale, words } = moment;
    const order = await app.rewards.send({
      ...{ member, channel, locale, to: String(to), itemCode: String(item ?? '') },
      gift: {
        receipt: receipt === 'public' ? 'public' : 'private',
        ...(message !== undefined && { message: String(message) }),
      },
    });
    await moment.follow(order.id);
    return quoteView(order, await app.purchasing.offerOf(order, member), words);
  }

  return {
    definition: definition(),
    acknowledge: 'ephemeral',
    run: sent,
    complete: { [options.item.name]: completeItem(app.catalog) },
  };
}
