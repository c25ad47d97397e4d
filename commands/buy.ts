import { SlashCommandBuilder } from '@discordjs/builders';
import type { Command, Moment, PressHandler } from '../src/discord/handler.ts';
import { en } from '../src/i18n/en.ts';
import { openActions } from '../src/orders/actions.ts';
import type { Order } from '../src/orders/order.ts';
import { orderView } from '../src/views/order.ts';
import { progressView } from '../src/views/quote.ts';
import type { View } from '../src/views/view.ts';
import type { App } from './app.ts';
import { completeItem, itemOption, quantityOption } from './item-option.ts';
import { quoted } from './quoting.ts';

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
  const { purchasing } = app;

  function receipt(order: Order, { asker, words }: Moment): View {
    return orderView(order, { actions: openActions(order, asker, app.now()) }, words);
  }

  /** A rise ended the order; what it would cost now is on offer in its place. */
  function offerAgain({ quote, reason }: Order, moment: Moment): Promise<View> {
    const { itemCode, quantity, charged } = quote;
    return quoted(app, moment, { itemCode, quantity, before: charged, ...(reason && { reason }) });
  }

  const confirm: PressHandler = {
    acknowledge: 'update',
    async press(moment, id) {
      const { asker, words } = moment;
      const shown = await purchasing.get(id, asker);
      const order = await purchasing.confirm(id, asker, (stage) => {
        // An edit that fails costs nothing: the receipt comes in any case.
        moment.show(progressView(shown, stage, words)).catch(() => undefined);
      });
      const view =
        order.status === 'repriced' ? await offerAgain(order, moment) : receipt(order, moment);
      await moment.showOrTell(view);
      return undefined;
    },
  };

  const cancel: PressHandler = {
    acknowledge: 'update',
    press: async (moment, id) => receipt(await purchasing.cancel(id, moment.asker), moment),
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
    presses: { 'quote.confirm': confirm, 'quote.cancel': cancel },
  };
}
