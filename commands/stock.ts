import type { Command } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem } from '../src/lib/index.ts';
import { HIGHEST_QUANTITY, isQuantity } from '../src/orders/index.ts';
import { parseItem } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';
import { itemOption, quantityOption } from './shared/item-option.ts';
import { required } from './shared/option.ts';
import { showQuote } from './shared/show-quote.ts';
import { showStock } from './shared/show-stock.ts';
import { QUOTE_CALLS, STOCK_CALLS } from './shared/vendor-calls.ts';

export const stock = (app: App): Command =>
  command(en.commands.stock, {
    options: { item: required(itemOption(app)), quantity: quantityOption },
    vendorCalls: STOCK_CALLS,
    reads: true,
    async run(moment, { item, quantity = 1 }) {
      if (!isQuantity(quantity)) throw new Problem('bad_quantity', { highest: HIGHEST_QUANTITY });
      return showStock(app, moment, item, quantity);
    },
    presses: {
      'stock.buy': {
        acknowledge: 'ephemeral',
        vendorCalls: QUOTE_CALLS,
        press: (moment, argument) => showQuote(app, moment, parseItem(argument)),
      },
    },
  });
