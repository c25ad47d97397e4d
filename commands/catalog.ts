import type { Command, InteractionContext } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem, toAmount } from '../src/lib/index.ts';
import {
  buyModal,
  catalogLoadingView,
  clipped,
  PRODUCTS_A_PAGE,
  packPage,
  parsePage,
  parseQuantity,
  productListView,
  productView,
  type View,
} from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';
import { choiceOption, numberOption, textOption } from './shared/option.ts';
import { showQuote } from './shared/show-quote.ts';
import { showStock } from './shared/show-stock.ts';
import { ONE_CALL, QUOTE_CALLS, STOCK_CALLS } from './shared/vendor-calls.ts';

/** Discord takes any number, also one that no amount can be, such as 5e-324. */
function amountOf(given: number | undefined): string | undefined {
  if (given === undefined) return undefined;
  const text = String(given);
  try {
    return toAmount(text);
  } catch (error) {
    throw new Problem('bad_amount', { text }, { cause: error });
  }
}

export function catalog(app: App): Command {
  const { queries, shop } = app;

  async function page({ asker: { user }, words }: InteractionContext, argument: string): Promise<View> {
    const { query, page: wanted } = parsePage(argument);
    const { search } = await queries.recall('catalog', query, user);
    const offers = await shop.offers(search);
    const total = offers.length;
    // The catalog may have got shorter since the button was drawn.
    const last = Math.max(0, Math.ceil(total / PRODUCTS_A_PAGE) - 1);
    const number = Math.min(Number(wanted), last);
    const products = offers.slice(number * PRODUCTS_A_PAGE, (number + 1) * PRODUCTS_A_PAGE);
    return productListView({ query, page: number, total, products }, words);
  }

  const completeBrand = (typed: string) =>
    app.catalog.completeBrand(typed).map((brand) => ({ name: clipped(brand, 100), value: brand }));

  return command(en.commands.catalog, {
    options: {
      query: textOption(100, false),
      brand: textOption(100, completeBrand),
      currency: textOption(100, false),
      region: textOption(100, false),
      country: textOption(100, false),
      min: numberOption(0),
      max: numberOption(0),
      delivery: choiceOption(en.commands.catalog.deliveries),
    },
    reads: true,
    async run(moment, typed) {
      if (app.catalog.fetchedAt() === undefined) return catalogLoadingView(moment.words);
      const search = { ...typed, min: amountOf(typed.min), max: amountOf(typed.max) };
      const { user } = moment.asker;
      return page(moment, packPage(await queries.remember({ kind: 'catalog', user, search }), 0));
    },
    presses: {
      'catalog.page': { acknowledge: 'update', reads: true, press: page },
      'catalog.pick': {
        acknowledge: 'update',
        vendorCalls: ONE_CALL,
        reads: true,
        press: async ({ words }, here, [itemCode = '']) => productView(await shop.offer(itemCode), words, here),
      },
      'product.stock': {
        acknowledge: 'ephemeral',
        vendorCalls: STOCK_CALLS,
        reads: true,
        press: (moment, itemCode) => showStock(app, moment, itemCode, 1),
      },
      'product.buy': { acknowledge: 'modal', open: ({ words }, itemCode) => buyModal(itemCode, words) },
    },
    submits: {
      'product.buy': {
        acknowledge: 'ephemeral',
        vendorCalls: QUOTE_CALLS,
        submit: (moment, itemCode, { quantity = '', reason = '' }) =>
          showQuote(app, moment, { itemCode, quantity: parseQuantity(quantity), ...(reason && { reason }) }),
      },
    },
  });
}
