import type { Asker, Command, InteractionContext } from '../src/discord/index.ts';
import { en } from '../src/i18n/index.ts';
import { Problem } from '../src/lib/index.ts';
import { type Order, openActions } from '../src/orders/index.ts';
import { orderListView, orderRecordView, orderView, type View } from '../src/views/index.ts';
import type { App } from './app.ts';
import { command } from './shared/define.ts';
import { serverOption } from './shared/option.ts';
import { type PageWanted, pagedList } from './shared/paged-list.ts';
import { showCodes } from './shared/show-codes.ts';
import { showQuote } from './shared/show-quote.ts';
import { ONE_CALL, QUOTE_CALLS } from './shared/vendor-calls.ts';

export function orders(app: App): Command {
  const { orders, queries, now } = app;
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
      'order.again': {
        acknowledge: 'ephemeral',
        guildOf,
        vendorCalls: QUOTE_CALLS,
        async press(moment, id) {
          const { quote, requester, channel } = await orders.get(id, moment.asker);
          if (requester !== moment.asker.user) throw new Problem('not_yours', {});
          const { itemCode, quantity } = quote;
          // In a direct message nobody can be asked to approve it.
          const here = moment.isDirect ? { ...moment, channel } : moment;
          return showQuote(app, here, { itemCode, quantity });
        },
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
