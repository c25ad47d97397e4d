import { SlashCommandBuilder } from '@discordjs/builders';
import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem } from '../src/lib/index.ts';
import { HIGHEST_QUANTITY, isQuantity } from '../src/orders/index.ts';
import { parseItem, stockView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { completeItem, itemOption, quantityOption } from './shared/item-option.ts';
import { showQuote } from './shared/show-quote.ts';

export function stock(app: App): Command {
  const { name, description, options } = en.commands.stock;
  return {
    definition: new SlashCommandBuilder()
      .setName(name)
      .setDescription(description)
      .addStringOption(itemOption(options.item))
      .addIntegerOption(quantityOption(options.quantity))
      .toJSON(),
    acknowledge: 'ephemeral',
    async run({ words }, { item, quantity = 1 }) {
      const count = Number(quantity);
      if (!isQuantity(count)) throw new Problem('bad_quantity', { highest: HIGHEST_QUANTITY });
      return stockView(await app.shop.stock(String(item ?? ''), count), words);
    },
    complete: { [options.item.name]: completeItem(app.catalog) },
    presses: {
      'stock.buy': {
        acknowledge: 'ephemeral',
        press: (moment, argument) => showQuote(app, moment, parseItem(argument)),
      },
    },
  };
}
