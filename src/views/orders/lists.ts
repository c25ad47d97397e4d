import type { Words } from '../../i18n/index.ts';
import type { Order } from '../../orders/index.ts';
import { message, type View } from '../kit/message.ts';
import { type ListPage, pickListView } from '../kit/page.ts';
import { dotted, moment } from '../kit/text.ts';
import { whatOf } from './facts.ts';

interface OrderList extends ListPage {
  readonly orders: readonly Order[];
}

/** Somebody's own orders, newest first, with a menu to open one. */
export function orderListView(list: OrderList, words: Words): View {
  const { orders: w, buttons } = words;
  const { orders } = list;
  if (orders.length === 0) return message({ title: w.none, next: w.noneNext });
  const rows = orders.map((order) => rowText(order, words));
  const options = orders.map((order) => ({
    label: w.option(`${order.quote.quantity} × ${order.quote.name}`, order.reference),
    value: order.id,
    description: w.optionHint(w.state[order.status], chargedFor(order)),
  }));
  const page = { verbs: 'orders', title: w.title, rows, pick: buttons.pickOrder, options };
  return pickListView(page, list, words);
}

/** What CardPlusPay charged; before that, what was quoted. */
const chargedFor = ({ remote, quote }: Order) => remote?.charged ?? quote.charged;

function rowText(order: Order, words: Words): string {
  const { orders: w } = words;
  const { status, reference, history } = order;
  const row = w.row(whatOf(order, words), chargedFor(order), w.state[status], reference);
  return dotted(row, moment(history[0]?.at ?? 0, 'R'));
}
