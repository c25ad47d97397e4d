import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem } from '../src/lib/index.ts';
import { HIGHEST_QUANTITY, isQuantity } from '../src/orders/index.ts';
import { parseItem, stockView } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';
import { itemOption, quantityOption } from './shared/item-option.ts';
import { required } from './shared/option.ts';
import { showQuote } from './shared/show-quote.ts';

export const stock = (app: App): Command =>
  command(en.commands.stock, {
    options: { item: required(itemOption(app.catalog)), quantity: quantityOption },
    async run({ words }, { item, quantity = 1 }) {
      if (!isQuantity(quantity)) throw new Problem('bad_quantity', { highest: HIGHEST_QUANTITY });
      return stockView(await app.shop.stock(item, quantity), words);
    },
    presses: {
      'stock.buy': {
        acknowledge: 'ephemeral',
        press: (moment, argument) => showQuote(app, moment, parseItem(argument)),
      },
    },
  });
