import { SlashCommandBuilder } from '@discordjs/builders';
import type { Asker, Command, Moment, PressHandler } from '../src/discord/index.ts';
import { en, type Words } from '../src/i18n/index.ts';
import type { Order } from '../src/orders/index.ts';
import { orderListView, orderView, packPage, type View } from '../src/views/index.ts';
import type { App } from './app.ts';
import { showCodes } from './shared/show-codes.ts';
import { turnPages } from './shared/turn-pages.ts';

const ORDERS_A_PAGE = 10;

export function orders(app: App): Command {
  const { orders, queries } = app;
  const { guildOf } = orders;

  const pages = turnPages(queries, 'orders', (asker, before) =>
    orders.ofMember(asker, { limit: ORDERS_A_PAGE, ...(before !== undefined && { before }) }),
  );

  const page = async (argument: string, asker: Asker, words: Words): Promise<View> =>
    orderListView(await pages(argument, asker), words);

  async function view(order: Order, { asker, words }: Moment, back?: string): Promise<View> {
    const actions = await orders.actionsOf(order, asker);
    const cases = await orders.casesOf(order, { user: asker.user });
    return orderView(order, { actions, cases, ...(back !== undefined && { back }) }, words);
  }

  const turn: PressHandler = {
    acknowledge: 'update',
    press: ({ asker, words }, argument) => page(argument, asker, words),
  };

  const open: PressHandler = {
    acknowledge: 'update',
    press: async (moment, here, [id = '']) =>
      view(await orders.get(id, moment.asker), moment, here),
  };

  const reveal: PressHandler = {
    acknowledge: 'ephemeral',
    guildOf,
    press: (moment, id) => showCodes(orders, moment, id),
  };

  const collect: PressHandler = {
    acknowledge: 'update',
    guildOf,
    press: async (moment, id) => view(await orders.collect(id, moment.asker), moment),
  };

  const { name, description } = en.commands.orders;
  return {
    definition: new SlashCommandBuilder().setName(name).setDescription(description).toJSON(),
    acknowledge: 'ephemeral',
    async run({ asker, words }) {
      const list = await queries.remember({ kind: 'orders', user: asker.user, cursors: [] });
      return page(packPage(list, 0), asker, words);
    },
    presses: {
      'orders.page': turn,
      'orders.open': open,
      'order.reveal': reveal,
      'order.collect': collect,
    },
  };
}
