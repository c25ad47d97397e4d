import { SlashCommandBuilder } from '@discordjs/builders';
import type { Command, Options, PressHandler } from '../src/discord/index.ts';
import { en, type Words } from '../src/i18n/index.ts';
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
  stockView,
  type View,
} from '../src/views/index.ts';
import type { App } from './app.ts';
import { showQuote } from './shared/show-quote.ts';

const { name, description, options, deliveries } = en.commands.catalog;

function definition(): Command['definition'] {
  const command = new SlashCommandBuilder().setName(name).setDescription(description);
  for (const each of [
    options.query,
    options.brand,
    options.currency,
    options.region,
    options.country,
  ]) {
    command.addStringOption((option) =>
      option
        .setName(each.name)
        .setDescription(each.description)
        .setMaxLength(100)
        .setAutocomplete(each === options.brand),
    );
  }
  for (const each of [options.min, options.max]) {
    command.addNumberOption((option) =>
      option.setName(each.name).setDescription(each.description).setMinValue(0),
    );
  }
  const choices = Object.entries(deliveries).map(([value, label]) => ({ name: label, value }));
  command.addStringOption((option) =>
    option
      .setName(options.delivery.name)
      .setDescription(options.delivery.description)
      .addChoices(choices),
  );
  return command.toJSON();
}

/** Discord takes any number, also one that no amount can be, such as 5e-324. */
function amountOf(text: string): string {
  try {
    return toAmount(text);
  } catch (error) {
    throw new Problem('bad_amount', { text }, { cause: error });
  }
}

function searchOf(typed: Options) {
  const text = (option: { name: string }) => {
    const value = typed[option.name];
    return value === undefined ? undefined : String(value);
  };
  const amount = (option: { name: string }) => {
    const value = text(option);
    return value === undefined ? undefined : amountOf(value);
  };
  return {
    query: text(options.query),
    brand: text(options.brand),
    currency: text(options.currency),
    region: text(options.region),
    country: text(options.country),
    min: amount(options.min),
    max: amount(options.max),
    delivery: text(options.delivery),
  };
}

export function catalog(app: App): Command {
  const { queries, shop } = app;

  async function page(argument: string, user: string, words: Words): Promise<View> {
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

  const turn: PressHandler = {
    acknowledge: 'update',
    press: ({ asker, words }, argument) => page(argument, asker.user, words),
  };

  const pick: PressHandler = {
    acknowledge: 'update',
    press: async ({ words }, here, [itemCode = '']) =>
      productView(await shop.offer(itemCode), words, here),
  };

  const checkStock: PressHandler = {
    acknowledge: 'ephemeral',
    press: async ({ words }, itemCode) => stockView(await shop.stock(itemCode, 1), words),
  };

  return {
    definition: definition(),
    acknowledge: 'ephemeral',
    async run({ asker, words }, typed) {
      if (app.catalog.fetchedAt() === undefined) return catalogLoadingView(words);
      const query = { kind: 'catalog', user: asker.user, search: searchOf(typed) } as const;
      return page(packPage(await queries.remember(query), 0), asker.user, words);
    },
    complete: {
      [options.brand.name]: (typed) =>
        app.catalog
          .completeBrand(typed)
          .map((brand) => ({ name: clipped(brand, 100), value: brand })),
    },
    presses: {
      'catalog.page': turn,
      'catalog.pick': pick,
      'product.stock': checkStock,
      'product.buy': {
        acknowledge: 'modal',
        open: ({ words }, itemCode) => buyModal(itemCode, words),
      },
    },
    submits: {
      'product.buy': {
        acknowledge: 'ephemeral',
        submit: (moment, itemCode, { quantity = '', reason = '' }) =>
          showQuote(app, moment, {
            itemCode,
            quantity: parseQuantity(quantity),
            ...(reason && { reason }),
          }),
      },
    },
  };
}
