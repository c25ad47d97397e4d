import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUntold, isWorthAMessage } from '../../../src/orders/model/news.ts';
import { type Order, type Status, statuses } from '../../../src/orders/model/order.ts';
import { transitions } from '../../../src/orders/model/state-machine.ts';
import { anyOrder } from '../random-orders.ts';

const cameFrom = (from: Status, to: Status) => (order: Order) => ({
  ...order,
  status: to,
  history: [from, to].map((status) => ({ at: 1, by: 'anna', status })),
});
/** The steps after which the requester knows already, or will hear of what comes of it in a moment. */
const noNews = new Set([
  ...['awaiting_approval', 'approved', 'buying', 'cancelled', 'expired'].map((to) => `quoted → ${to}`),
  ...['awaiting_approval → approved', 'approved → buying'],
]);
const steps = statuses.flatMap((from) => transitions[from].map((to) => [from, to] as const));

describe('what the requester of an order has to hear', () => {
  it.each(steps)('%s → %s', (from, to) => {
    fc.assert(
      fc.property(anyOrder.map(cameFrom(from, to)), (order) => {
        expect(isUntold(order)).toBe(!noNews.has(`${from} → ${to}`));
        expect(isUntold({ ...order, told: { status: to, cards: order.cards.length } })).toBe(false);
      }),
      { numRuns: 10 },
    );
  });

  it('is news again when codes came, and when it is told no more than where it was before', () => {
    const order = fc.sample(anyOrder.map(cameFrom('buying', 'bought')), 1)[0] as Order;
    const card = { fingerprint: 'f', recipient: 'anna', parcel: 0 };
    const told = { status: 'bought', cards: 0 } as const;
    expect(isUntold({ ...order, cards: [card], told })).toBe(true);
    expect(isUntold({ ...order, cards: [], told: { ...told, status: 'unconfirmed' } })).toBe(true);
  });

  it('needs no message where the codes speak, or where they ended it themselves', () => {
    const silent = steps.filter(([from, to]) => {
      const [order] = fc.sample(anyOrder.map(cameFrom(from, to)), 1) as [Order];
      const isCancelledByOther = to === 'cancelled' && from !== 'quoted';
      expect(isWorthAMessage({ ...order, requester: 'ben' })).toBe(isCancelledByOther || isWorthAMessage(order));
      return !isWorthAMessage({ ...order, requester: 'anna' });
    });
    expect(silent.map(([from, to]) => `${from} → ${to}`)).toEqual([
      ...['quoted → cancelled', 'quoted → expired', 'awaiting_approval → cancelled'],
      ...['approved → cancelled', 'needs_review → delivered', 'bought → delivered'],
      'held → delivered',
    ]);
  });
});
