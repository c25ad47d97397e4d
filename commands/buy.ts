import { SlashCommandBuilder } from '@discordjs/builders';
import type { Command, PressHandler } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { orderView, quoteView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { approvalPresses, approvalSubmits } from './approval-buttons.ts';
import { completeItem, itemOption, quantityOption } from './item-option.ts';
import { quoted } from './quote.ts';

function definition(): Command['definition'] {
  const { name, description, options } = en.commands.buy;
  return new SlashCommandBuilder()
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
    .toJSON();
}

export function buy(app: App): Command {
  const { orders } = app;
  const guildOf = (id: string) => orders.guildOf(id);

  const confirm: PressHandler = {
    acknowledge: 'update',
    guildOf,
    async press(moment, id) {
      const { asker } = moment;
      const order = await orders.get(id, asker);
      const offer = await orders.offerOf(order, asker);
      const { actions } = offer;
      const mayConfirm = actions.includes('confirm');
      // Who may no longer confirm may ask for an approval instead.
      if (!mayConfirm && actions.includes('ask')) return quoteView(order, offer, moment.words);
      // Before anything begins: should this process die, the next one finds the message. Not for a press that changes
      // nothing: the message that shows the order may be another one.
      if (mayConfirm) await moment.follow(id);
      await orders.confirm(id, asker);
      return undefined;
    },
  };

  const ask: PressHandler = {
    acknowledge: 'update',
    guildOf,
    async press(moment, id) {
      const order = await orders.get(id, moment.asker);
      const offer = await orders.offerOf(order, moment.asker);
      const { actions } = offer;
      // Who needs no approval any more may confirm instead.
      if (actions.includes('confirm')) return quoteView(order, offer, moment.words);
      if (actions.includes('ask')) await moment.follow(id);
      await orders.ask(id, moment.asker);
      return undefined;
    },
  };

  const cancel: PressHandler = {
    acknowledge: 'update',
    guildOf,
    async press({ asker, words }, id) {
      const order = await orders.cancel(id, asker);
      return orderView(order, { actions: await orders.actionsOf(order, asker) }, words);
    },
  };

  return {
    definition: definition(),
    acknowledge: 'ephemeral',
    run: (moment, { item, quantity = 1, reason }) =>
      quoted(app, moment, {
        itemCode: String(item ?? ''),
        quantity: Number(quantity),
        ...(reason !== undefined && { reason: String(reason) }),
      }),
    complete: { [en.commands.buy.options.item.name]: completeItem(app.catalog) },
    presses: {
      'quote.confirm': confirm,
      'quote.ask': ask,
      'quote.cancel': cancel,
      ...approvalPresses(app),
    },
    submits: approvalSubmits(app),
  };
}
