import { en } from '../../../src/i18n/en.ts';
import { type Order, type Status, statuses } from '../../../src/orders/model/order.ts';
import { openActions } from '../../../src/orders/model/permissions.ts';
import { reasons } from '../../../src/orders/model/reasons.ts';
import { approvalView } from '../../../src/views/approvals/order-card.ts';
import { parcelViews } from '../../../src/views/orders/codes.ts';
import { announcementView, rewardListView, rewardView } from '../../../src/views/orders/gift.ts';
import { orderListView, orderView } from '../../../src/views/orders/order.ts';
import { progressView, quoteView } from '../../../src/views/orders/quote.ts';
import { ALICE, AT, cards, order, orderIn, remote, usd } from '../samples.ts';
import type { Sample } from './sample.ts';

const BOB = '200000000000000002';
const sent: readonly Status[] = ['bought', 'held', 'delivered'];
const gift = { recipients: [{ user: BOB, quantity: 2 }], gift: { message: 'Well played', receipt: 'public' as const } };

const approval: Order['approval'] = {
  ...{ channel: '400000000000000001', card: { channel: '400000000000000001', message: '500000000000000001' } },
  ...{ wanted: 1, because: [{ rule: 'every_order' }], budgets: [], endsAt: AT + 72 * 3_600_000, votes: [] },
};

/** What an order has once it has come so far. */
function known(status: Status): Partial<Order> {
  if (status === 'awaiting_approval') return { approval };
  return sent.includes(status) ? { remote, cards: cards(2) } : {};
}
const actionsOf = (one: Order) => openActions(one, { user: ALICE, verdict: 'allowed' }, AT);

function shown(kind: string, more: Partial<Order>): Sample[] {
  return statuses.flatMap((status) =>
    [undefined, ...reasons].map((why) => {
      const one = orderIn(
        status,
        why,
        { ...known(status), ...more },
        why === 'review_closed' ? 'Refunded by CardPlusPay' : undefined,
      );
      const view = orderView(one, { actions: actionsOf(one) }, en);
      return { name: `${kind} ${status} ${why ?? ''}`.trim(), reader: 'member' as const, view };
    }),
  );
}

const quoted = (name: string, one: Order, options: Partial<Parameters<typeof quoteView>[1]> = {}): Sample => ({
  name,
  reader: 'member',
  view: quoteView(one, { actions: ['confirm', 'cancel'], ...options }, en),
});

const one = order({
  id: '01K7Q2M900000001',
  recipients: [{ user: ALICE, quantity: 1 }],
  quote: { ...order().quote, quantity: 1 },
});
const here = { here: 'list/0', previous: undefined, next: 'list/1' };
const parcel = { order: orderIn('bought', undefined, { ...known('bought'), ...gift }), number: 0, mayBeOut: false };
const codes = [{ code: 'AAAA-BBBB', metadata: [{ name: 'Pin', value: '7694269' }] }];

export const orderSamples: readonly Sample[] = [
  quoted('quote', order()),
  quoted('quote of one', one),
  quoted('quote that asks', order(), { actions: ['ask', 'cancel'], because: [{ rule: 'every_order' }] }),
  quoted('quote that rose', order(), { before: usd('9') }),
  quoted('quote of a gift', order(gift)),
  ...(['checking', 'waiting', 'buying', 'delivering'] as const).map(
    (stage): Sample => ({ name: `progress ${stage}`, reader: 'member', view: progressView(order(), stage, en) }),
  ),
  ...shown('order', {}),
  ...shown('gift', gift),
  { name: 'approval', reader: 'approver', view: approvalView(orderIn('awaiting_approval'), en) },
  { name: 'orders', reader: 'member', view: orderListView({ orders: [order(), one], ...here }, en) },
  { name: 'no orders', reader: 'member', view: orderListView({ orders: [], ...here, next: undefined }, en) },
  ...parcelViews({ ...parcel, recipient: BOB, codes }, en).map(
    (view): Sample => ({ name: 'gift with its code', reader: 'member', view }),
  ),
  { name: 'gift to reveal', reader: 'member', view: rewardView(parcel.order, { user: BOB, actions: ['reveal'] }, en) },
  { name: 'gift that waits', reader: 'member', view: announcementView(parcel.order, 'waits', en) },
  { name: 'gift that arrived', reader: 'member', view: announcementView(parcel.order, 'arrived', en) },
  { name: 'gifts', reader: 'member', view: rewardListView({ user: BOB, orders: [parcel.order], ...here }, en) },
  { name: 'no gifts', reader: 'member', view: rewardListView({ user: BOB, orders: [], ...here }, en) },
];
