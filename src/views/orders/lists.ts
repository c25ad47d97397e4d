import type { Words } from '../../i18n/index.ts';
import type { Order } from '../../orders/index.ts';
import { buttonFor, buttonRow, menuRow, message, type View } from '../kit/message.ts';
import { moment } from '../kit/text.ts';
import { whatOf } from './facts.ts';

export interface OrderList {
  readonly orders: readonly Order[];
  /** What the page buttons carry: this page, and those before and after it, where there are any. */
  readonly here: string;
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
}

/** Somebody's own orders, newest first, with a menu to open one. */
export function orderListView({ orders, here, previous, next }: OrderList, words: Words): View {
  const w = words.orders;
  if (orders.length === 0) return message({ title: w.none, next: w.noneNext });
  return message({
    title: w.title,
    facts: orders.map((order) => rowText(order, words)),
    rows: [
      menuRow(
        `orders.open:${here}`,
        words.buttons.pickOrder,
        orders.map((order) => ({
          label: w.option(`${order.quote.quantity} × ${order.quote.name}`, order.reference),
          value: order.id,
          description: w.optionHint(w.state[order.status], chargedFor(order)),
        })),
      ),
      buttonRow(
        previous === undefined
          ? undefined
          : buttonFor('orders.page', previous, words.buttons.previous),
        next === undefined ? undefined : buttonFor('orders.page', next, words.buttons.next),
      ),
    ],
  });
}

/** What CardPlusPay charged; before that, what was quoted. */
const chargedFor = ({ remote, quote }: Order) => remote?.charged ?? quote.charged;

function rowText(order: Order, words: Words): string {
  const asked = order.history[0]?.at ?? 0;
  const row = words.orders.row(
    whatOf(order, words),
    chargedFor(order),
    words.orders.state[order.status],
    order.reference,
  );
  return `${row} · ${moment(asked, 'R')}`;
}
