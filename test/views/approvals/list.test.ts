import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkForm } from '../../../sandbox/discord/rules/form.ts';
import { modalRules } from '../../../sandbox/discord/rules/modal.ts';
import { en } from '../../../src/i18n/en.ts';
import type { WaitingOrder, WaitingPage } from '../../../src/orders/approval/waiting-list.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import { approvalListView, WAITING_A_PAGE } from '../../../src/views/approvals/list.ts';
import { rejectModal } from '../../../src/views/approvals/order-card.ts';
import { ALICE, AT, anyOrder, order, step } from '../samples.ts';
import { checkLimits, liveMarkup, mainButtons, seen } from '../seen.ts';

const BEN = '200000000000000002';
const CARA = '200000000000000003';
const member = { user: BEN, guild: order().guild };
const asked = (more: Partial<Order> = {}): Order =>
  order({
    status: 'awaiting_approval',
    approval: {
      ...{ channel: '4', wanted: 1, budgets: [], votes: [], endsAt: AT + 60 * 60_000 },
      because: [{ rule: 'every_order' }],
    },
    history: [...order().history, step('awaiting_approval', 'approval_asked', { by: ALICE })],
    ...more,
  });
const waits = (more: Partial<WaitingOrder> = {}): WaitingOrder => ({
  order: asked(),
  actions: ['approve', 'reject'],
  voice: BEN,
  askedAt: AT,
  card: { channel: '400000000000000001', message: '500000000000000001' },
  ...more,
});
const pageOf = (waiting: WaitingOrder[], more: Partial<WaitingPage> = {}): WaitingPage => ({
  ...{ page: 0, pages: 1, total: waiting.length, waiting },
  ...more,
});
const list = (page: WaitingPage, decided?: Order) => approvalListView(page, { member, decided }, en);

describe('the list of what waits for an approver', () => {
  it('says of each what, for how much, who asks and why, since when, and where its card is', () => {
    expect(seen(list(pageOf([waits()])))).toMatchInlineSnapshot(`
      "**1 request needs your decision**
      **2 × Google Play 5 USD**
      -# K7Q2M9
      Total **$9.80** (2 × $4.90)
      Requested by <@200000000000000001>
      For: Friday quiz
      Reason: every order needs 1 approval
      0 of 1 approvals
      Requested <t:1767614400:R> · expires <t:1767618000:R> · [Open request](https://discord.com/channels/300000000000000001/400000000000000001/500000000000000001)
      [Approve $9.80] approvals.approve:01K7Q2M900000000/0
      [Decline] approvals.reject:01K7Q2M900000000/0
      Oldest first; those you have already approved come last. Stock and price are checked again before buying."
    `);
  });

  it('says in whose name a delegate would decide, and what has their approval already', () => {
    const votes = [{ by: BEN, voice: CARA, at: AT }];
    const base = asked().approval;
    const done = base && asked({ approval: { ...base, wanted: 2, votes } });
    const view = list(
      pageOf([
        waits({ voice: CARA, card: undefined }),
        waits({ order: done ?? asked(), actions: ['reject'], voice: undefined }),
      ]),
    );
    expect(seen(view)).toContain(`You decide for <@${CARA}>`);
    expect(seen(view)).toContain(`Approved by <@${BEN}> for <@${CARA}>`);
    expect(seen(view)).toContain('You have approved this');
    expect(seen(view).match(/approvals\.approve/g)).toHaveLength(1);
    expect(seen(view).match(/Open request/g)).toHaveLength(1);
  });

  it('is turned by its position, and a decision goes on at the same page', () => {
    const view = seen(list(pageOf([waits()], { page: 1, pages: 3, total: 7 })));
    expect(view).toContain('7 requests need your decision');
    expect(view).toContain('Page 2 of 3');
    expect(view).toContain('[Previous] approvals.page:0\n[Next] approvals.page:2');
    expect(view).toContain(`approvals.approve:${order().id}/1`);
  });

  it('says what was decided just now, also when nothing is left', () => {
    const history = [...asked().history, step('rejected', 'rejected', { by: BEN, for: CARA })];
    expect(seen(list(pageOf([]), asked({ status: 'rejected', history })))).toMatchInlineSnapshot(`
      "**You're all caught up.**
      **Declined: 2 × Google Play 5 USD**
      -# K7Q2M9
      Declined by <@200000000000000002> for <@200000000000000003> <t:1767614400:f>
      New requests for approval will be listed here."
    `);
  });

  it('says that an approval counts where others are wanted too', () => {
    const base = asked().approval;
    const votes = [{ by: BEN, voice: BEN, at: AT }];
    const half = asked(base && { approval: { ...base, wanted: 2, votes } });
    expect(seen(list(pageOf([]), half))).toContain(
      'You approved: 2 × Google Play 5 USD**\n-# K7Q2M9\n1 of 2 approvals',
    );
  });

  it('of nothing is a kind sentence', () => {
    expect(seen(list(pageOf([])))).toMatchInlineSnapshot(`
      "**You're all caught up.**
      New requests for approval will be listed here."
    `);
  });

  it('asks why an order is rejected', () => {
    const modal = rejectModal(`${order().id}/12`, en, 'approvals.reject');
    expect(() => checkForm(modalRules, modal)).not.toThrow();
    expect(modal.custom_id).toBe('approvals.reject:01K7Q2M900000000/12');
  });
});

/** As long as an order that waits can be. */
const longest = (one: Order): Order => ({
  ...one,
  ...{ status: 'awaiting_approval', history: asked().history },
  approval: {
    ...{ channel: '4', wanted: 5, budgets: [], endsAt: AT },
    because: [
      { rule: 'over_free_day', limit: '99999999.99999', used: '99999999.99999' },
      { rule: 'tier', over: '99999999.99999', approvals: 5 },
    ],
    votes: Array.from({ length: 4 }, () => ({ by: BEN, voice: CARA, at: AT })),
  },
});

describe('whatever was typed by people', () => {
  const full = (one: Order) => {
    const decided = longest({ ...one, id: 'x' });
    const waiting = Array.from({ length: WAITING_A_PAGE }, (_, index) =>
      waits({ order: { ...longest(one), id: `01K7Q2M90000000${index}` }, voice: CARA }),
    );
    return list(pageOf(waiting, { page: 10, pages: 67, total: 200 }), decided);
  };

  it('a full page of what escaping makes longest is one that Discord takes', () => {
    const [name, each] = ['*'.repeat(300), { amount: '99999999.99991', currency: 'USD' }];
    const quote = { ...order().quote, name, each, quantity: 100, charged: each };
    checkLimits(full(order({ reason: name, quote })));
  });

  it('a full page is one that Discord takes, and no button stands out', () => {
    fc.assert(
      fc.property(anyOrder, (one) => {
        checkLimits(full(one));
        expect(mainButtons(full(one))).toEqual([]);
      }),
    );
  });

  it('nothing in it formats, links or mentions', () => {
    fc.assert(
      fc.property(anyOrder, (one) => {
        const tame = { ...one, reason: 'x', quote: { ...one.quote, name: 'x', itemCode: 'x' } };
        expect(liveMarkup(full(one))).toEqual(liveMarkup(full(tame)));
      }),
    );
  });
});
