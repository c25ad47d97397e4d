import type { Asker, Command, InteractionContext } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { type Order, openActions } from '../src/orders/index.ts';
import { orderListView, orderRecordView, orderView, type View } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';
import { serverOption } from './shared/option.ts';
import { type PageWanted, pagedList } from './shared/paged-list.ts';
import { showCodes } from './shared/show-codes.ts';
import { ONE_CALL } from './shared/vendor-calls.ts';

export function orders({ orders, queries, now }: App): Command {
  const { guildOf } = orders;
  const pages = pagedList(
    queries,
    'orders',
    (asker: Asker, page: PageWanted, { everywhere }: { everywhere?: boolean | undefined }) =>
      everywhere ? orders.openEverywhere(asker, page) : orders.ofMember(asker, page),
    orderListView,
  );

  /** Of the list of all servers: an admin sees no codes. */
  async function open(moment: InteractionContext, here: string, id: string): Promise<View> {
    const { order, viewer, isOwn } = await orders.sight(id, moment.asker);
    if (isOwn) return view(order, moment, here);
    const [actions, cases] = [openActions(order, viewer, now()), await orders.casesOf(order, viewer)];
    return orderRecordView(order, { actions, cases, back: here }, moment.words);
  }

  async function view(order: Order, { asker, words }: InteractionContext, back?: string): Promise<View> {
    const actions = await orders.actionsOf(order, asker);
    const cases = await orders.casesOf(order, { user: asker.user });
    return orderView(order, { actions, cases, ...(back !== undefined && { back }) }, words);
  }

  return command(en.commands.orders, {
    options: { server: serverOption },
    reads: true,
    run: (moment, { server }) => pages.begin(moment, { everywhere: server === 'all' }),
    presses: {
      'orders.page': pages.turn,
      'orders.open': {
        acknowledge: 'update',
        reads: true,
        press: (moment, here, [id = '']) => open(moment, here, id),
      },
      'order.reveal': {
        acknowledge: 'ephemeral',
        guildOf,
        vendorCalls: ONE_CALL,
        press: (moment, id) => showCodes(orders, moment, id),
      },
      'order.collect': {
        acknowledge: 'update',
        guildOf,
        vendorCalls: ONE_CALL,
        press: async (moment, id) => view(await orders.collect(id, moment.asker), moment),
      },
    },
  });
}
