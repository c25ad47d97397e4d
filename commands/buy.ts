import { SlashCommandBuilder } from '@discordjs/builders';
import type { Command, PressHandler } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem, type ProblemCode } from '../src/lib/index.ts';
import { orderView, quoteView, rejectedView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { approvalButtons } from './shared/approval-buttons.ts';
import { completeItem, itemOption, quantityOption } from './shared/item-option.ts';
import { showQuote } from './shared/show-quote.ts';

const { name, description, options } = en.commands.buy;

export function buy(app: App): Command {
  const { orders } = app;
  const { guildOf } = orders;

  /** Who may no longer confirm may ask for an approval instead, and the other way round: it is offered so. */
  const decide = (how: 'confirm' | 'ask', closed: ProblemCode): PressHandler => ({
    acknowledge: 'update',
    guildOf,
    async press(moment, id) {
      const { asker, words } = moment;
      try {
        await orders[how](id, asker, moment);
        return undefined;
      } catch (error) {
        if (!(error instanceof Problem && error.code === closed)) throw error;
        const order = await orders.get(id, asker);
        return quoteView(order, await orders.offerOf(order, asker), words);
      }
    },
  });

  const cancel: PressHandler = {
    acknowledge: 'update',
    guildOf,
    async press({ asker, words }, id) {
      const order = await orders.cancel(id, asker);
      return orderView(order, { actions: await orders.actionsOf(order, asker) }, words);
    },
  };

  /** On the approval's card, which shows that it was cancelled. */
  const cancelAsked: PressHandler = {
    acknowledge: 'update',
    async press({ asker }, id) {
      await orders.cancel(id, asker);
      return undefined;
    },
  };

  const { approve, reject } = orders;
  const card = approvalButtons({ prefix: 'approval', approve, reject, rejectedView });

  return {
    definition: new SlashCommandBuilder()
      .setName(name)
      .setDescription(description)
      .addStringOption(itemOption(options.item))
      .addIntegerOption(quantityOption(options.quantity))
      .addStringOption((option) =>
        option
          .setName(options.reason.name)
          .setDescription(options.reason.description)
          .setMaxLength(200),
      )
      .toJSON(),
    acknowledge: 'ephemeral',
    run: (moment, { item, quantity = 1, reason }) =>
      showQuote(app, moment, {
        itemCode: String(item ?? ''),
        quantity: Number(quantity),
        ...(reason !== undefined && { reason: String(reason) }),
      }),
    complete: { [options.item.name]: completeItem(app.catalog) },
    presses: {
      'quote.confirm': decide('confirm', 'needs_approval'),
      'quote.ask': decide('ask', 'needs_no_approval'),
      'quote.cancel': cancel,
      'approval.cancel': cancelAsked,
      ...card.presses,
    },
    submits: card.submits,
  };
}
