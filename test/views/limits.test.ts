import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkForm } from '../../sandbox/discord/rules/form.ts';
import { modalRules } from '../../sandbox/discord/rules/modal.ts';
import type { Offer } from '../../src/catalog/shop.ts';
import { en } from '../../src/i18n/en.ts';
import { Problem } from '../../src/lib/problem.ts';
import { type Order, statuses } from '../../src/orders/model/order.ts';
import { openActions } from '../../src/orders/model/permissions.ts';
import { reasons } from '../../src/orders/model/reasons.ts';
import { approvalView } from '../../src/views/approvals/order-card.ts';
import { productListView, productView, stockView } from '../../src/views/catalog.ts';
import type { View } from '../../src/views/kit/message.ts';
import { orderListView, orderView } from '../../src/views/orders/order.ts';
import { buyModal, progressView, quoteView } from '../../src/views/orders/quote.ts';
import { problemView } from '../../src/views/problem.ts';
import { ALICE, AT, amount, anyOffer, anyOrder, cards, nasty, order, orderIn, remote, step } from './samples.ts';
import { checkLimits, liveMarkup, mainButtons } from './seen.ts';

const id = (index: number) => `01K7Q2M9000000${String(index).padStart(2, '0')}`;
const money = (one: Order) => ({ ...remote, charged: one.quote.charged });
const long = reasons.concat(reasons).map((why) => step('delivered', why));

const viewer = { user: ALICE, isManager: true };

/** Everything that shows an order, in every state and with every button it can have. */
const orderViews = (one: Order): View[] => [
  quoteView(one, { actions: openActions(one, viewer, AT), before: one.quote.each }, en),
  ...(['checking', 'waiting', 'buying', 'delivering'] as const).map((stage) => progressView(one, stage, en)),
  ...statuses.map((status) => {
    const { history } = orderIn(status);
    const changed = { remote: money(one), cards: cards(1), history: [...history, ...long] };
    const order = { ...one, ...changed, status };
    const actions = openActions(order, viewer, AT);
    return orderView(order, { actions, back: 'c0ffeec0ffeec0ff/123' }, en);
  }),
  approvalView(one, en),
  orderListView(
    {
      orders: Array.from({ length: 10 }, (_, index) => ({ ...one, id: id(index) })),
      here: 'c/1',
      previous: 'c/0',
      next: 'c/2',
    },
    en,
  ),
];

const offerViews = (one: Offer): View[] => [
  productView(one, en, 'c0ffeec0ffeec0ff/123'),
  stockView({ offer: one, quantity: 100, each: one.charged }, en),
  stockView({ offer: one, quantity: 100, each: undefined }, en),
  productListView(
    {
      query: 'c0ffeec0ffeec0ff',
      page: 1,
      total: 31,
      products: Array.from({ length: 10 }, (_, index) => ({
        ...one,
        itemCode: `${one.itemCode}${index}`,
      })),
    },
    en,
  ),
];

const harmless = (one: Offer): Offer => {
  const entries = Object.entries(one).map(([key, value]) => {
    if (Array.isArray(value)) return [key, value.map(() => 'x')];
    return [key, typeof value === 'string' ? 'x' : value];
  });
  return Object.fromEntries(entries) as unknown as Offer;
};

function expectSound(view: View): void {
  checkLimits(view);
  expect(mainButtons(view).length).toBeLessThanOrEqual(1);
}

describe('whatever is in the catalog or typed by people', () => {
  it('every message about an order is one that Discord takes', () => {
    fc.assert(fc.property(anyOrder, (one) => orderViews(one).forEach(expectSound)));
  });

  it('every message about a card is one that Discord takes', () => {
    fc.assert(fc.property(anyOffer, (one) => offerViews(one).forEach(expectSound)));
  });

  it('no text formats, links, mentions or leaves its code span in a message about an order', () => {
    fc.assert(
      fc.property(anyOrder, (one) => {
        const tame = { ...one, reason: 'x', quote: { ...one.quote, name: 'x', itemCode: 'x' } };
        expect(orderViews(one).map(liveMarkup)).toEqual(orderViews(tame).map(liveMarkup));
      }),
    );
  });

  it('no text formats, links, mentions or leaves its code span in a message about a card', () => {
    fc.assert(
      fc.property(anyOffer, (one) => {
        expect(offerViews(one).map(liveMarkup)).toEqual(offerViews(harmless(one)).map(liveMarkup));
      }),
    );
  });

  it('a problem is one that Discord takes, and only the words of Cardigan format', () => {
    fc.assert(
      fc.property(nasty, amount, (text, charged) => {
        const views = (words: string) => [
          problemView(new Problem('unknown_item', { item: words }), en),
          problemView(new Problem('bad_amount', { text: words }), en),
          problemView(new Problem('out_of_stock', { item: words, quantity: 100 }), en),
          problemView(new Problem('vendor_invalid', { detail: words || 'x' }), en),
          problemView(new Problem('balance_too_low', { charged, balance: charged }), en),
        ];
        views(text).forEach(expectSound);
        expect(views(text).map(liveMarkup)).toEqual(views('x').map(liveMarkup));
      }),
    );
  });

  it('the form that asks how many is one that Discord takes, for every card with a Buy button', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const itemCode = text.slice(0, 88);
        const { custom_id, title, components } = buyModal(itemCode, en);
        checkForm(modalRules, { custom_id, title, components });
        expect(custom_id).toBe(`product.buy:${itemCode}`);
      }),
    );
  });
});

describe('a code', () => {
  it('is in no message about an order, wherever it may have slipped into the record', () => {
    const slipped = order({
      cards: cards(1).map((card) => ({ ...card, fingerprint: 'SECRET-CODE' })),
      // An admin's own words are shown, and admins see no codes.
      history: reasons
        .filter((why) => why !== 'review_closed')
        .map((why) => step('failed', why, { detail: 'SECRET-CODE' })),
    });
    const views = statuses.map((status) => orderView({ ...slipped, status }, { actions: [], back: 'x/0' }, en));
    expect(JSON.stringify([...views, ...orderViews(slipped)])).not.toContain('SECRET');
  });
});

describe('the measure of these properties', () => {
  it('sees markup that is alive, and not what is escaped or in a code span', () => {
    const view = (content: string) => ({
      components: [{ type: 17, components: [{ type: 10, content }] }],
    });
    const live = (content: string) => liveMarkup(view(content) as View);
    expect(live('**a** \\*b\\* `c*` <@1>')).toBe('****``<@>');
    expect(live('a `b\\` *c*')).toBe('``**');
    expect(live('# a\n> b\nhttps://c')).toBe('# #\n>>\nhttps://');
  });
});
