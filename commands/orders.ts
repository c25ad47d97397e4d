import type { Command, InteractionContext } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import type { Order } from '../src/orders/index.ts';
import { orderListView, orderView, type View } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';
import { pagedList } from './shared/paged-list.ts';
import { showCodes } from './shared/show-codes.ts';

export function orders({ orders, queries }: App): Command {
  const { guildOf } = orders;
  const pages = pagedList(queries, 'orders', orders.ofMember, orderListView);

  async function view(order: Order, { asker, words }: InteractionContext, back?: string): Promise<View> {
    const actions = await orders.actionsOf(order, asker);
    const cases = await orders.casesOf(order, { user: asker.user });
    return orderView(order, { actions, cases, ...(back !== undefined && { back }) }, words);
  }

  return command(en.commands.orders, {
    run: (moment) => pages.begin(moment, {}),
    presses: {
      'orders.page': pages.turn,
      'orders.open': {
        acknowledge: 'update',
        press: async (moment, here, [id = '']) => view(await orders.get(id, moment.asker), moment, here),
      },
      'order.reveal': { acknowledge: 'ephemeral', guildOf, press: (moment, id) => showCodes(orders, moment, id) },
      'order.collect': {
        acknowledge: 'update',
        guildOf,
        press: async (moment, id) => view(await orders.collect(id, moment.asker), moment),
      },
    },
  });
}
