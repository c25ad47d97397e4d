import { SlashCommandBuilder } from '@discordjs/builders';
import type { Command, Moment, PressHandler } from '../src/discord/handler.ts';
import { en } from '../src/i18n/en.ts';
import { openActions } from '../src/orders/actions.ts';
import type { Order } from '../src/orders/order.ts';
import type { Progress } from '../src/orders/ports.ts';
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
  const guildOf = (id: string) => purchasing.guildOf(id);

  function receipt(order: Order, { asker, words }: Moment): View {
    return orderView(order, { actions: openActions(order, asker, app.now()) }, words);
  }

  /** A rise ended the order; what it would cost now is on offer in its place. */
  function offerAgain({ quote, reason, channel }: Order, moment: Moment): Promise<View> {
    const { itemCode, quantity, charged } = quote;
    const asked = { ...moment, channel };
    return quoted(app, asked, { itemCode, quantity, before: charged, ...(reason && { reason }) });
  }

  const confirm: PressHandler = {
    acknowledge: 'update',
    guildOf,
    async press(moment, id) {
      const { asker, words } = moment;
      const shown = await purchasing.get(id, asker);
      let hasBegun = false;
      const progress: Progress = (stage) => {
        hasBegun = true;
        // An edit that fails costs nothing: the receipt comes in any case.
        moment.show(progressView(shown, stage, words)).catch(() => undefined);
      };
      try {
        const order = await purchasing.confirm(id, asker, progress);
        const isRepriced = order.status === 'repriced';
        await moment.showOrTell(
          isRepriced ? await offerAgain(order, moment) : receipt(order, moment),
        );
      } catch (error) {
        // "Buying …" must not stay for ever: how the order stands comes first, what went wrong after it.
        if (hasBegun) await moment.showOrTell(receipt(await purchasing.get(id, asker), moment));
        throw error;
      }
      return undefined;
    },
  };

  const cancel: PressHandler = {
    acknowledge: 'update',
    guildOf,
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
