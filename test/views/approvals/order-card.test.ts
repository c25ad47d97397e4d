import { describe, expect, it } from 'vitest';
import { checkForm } from '../../../sandbox/discord/rules/form.ts';
import { modalRules } from '../../../sandbox/discord/rules/modal.ts';
import { en } from '../../../src/i18n/en.ts';
import type { Period } from '../../../src/lib/dates/calendar.ts';
import { type Order, type Status, statuses } from '../../../src/orders/model/order.ts';
import type { Reason } from '../../../src/orders/model/reasons.ts';

import type { Approval, Scope } from '../../../src/policy/types.ts';
import { approvedView, channelNotificationView, reminderView } from '../../../src/views/approvals/notify.ts';
import { approvalView, rejectedView, rejectModal } from '../../../src/views/approvals/order-card.ts';
import { orderView } from '../../../src/views/orders/order.ts';
import { ALICE, AT, cards, order, remote, step, usd } from '../samples.ts';
import { checkLimits, seen, texts } from '../seen.ts';

const BEN = '200000000000000002';
const approval: Approval = {
  ...{
    channel: order().channel,
    card: { channel: order().channel, message: '1' },
    wanted: 1,
    endsAt: Date.UTC(2026, 0, 8, 12),
    votes: [],
  },
  ...{ because: [{ rule: 'every_order' }], budgets: [] },
};
const asked = (more: Partial<Order> = {}): Order =>
  order({
    status: 'awaiting_approval',
    approval,
    history: [...order().history, step('awaiting_approval', 'approval_asked', { by: ALICE })],
    ...more,
  });
const votes = [{ by: BEN, voice: BEN, at: Date.UTC(2026, 0, 5, 12) }];
const ended = (status: Status, why: Reason, by: string, detail?: string) =>
  asked({
    status,
    approval: { ...approval, votes: status === 'approved' ? votes : [] },
    history: [...asked().history, step(status, why, { by, ...(detail && { detail }) })],
  });
const ID = '123456789012345678';
const budget = (scope: Scope, period: Period, before: string, after: string) => ({
  ...{ scope, period, limit: before, before, after },
});
const ends = [
  ['approved', 'approved', BEN],
  ['rejected', 'rejected', BEN, 'Not for this *month*'],
  ['rejected', 'requester_left', 'cardigan'],
  ['cancelled', 'asked', ALICE],
  ['expired', 'too_late', 'cardigan'],
] as const;

describe('the card of an approval', () => {
  it('says what, for how much, who asks and why, which rule sent it here, and until when', () => {
    expect(seen(approvalView(asked(), en))).toMatchInlineSnapshot(`
      "**Approval needed: 2 × Google Play 5 USD · $9.80**
      -# K7Q2M9
      Total **$9.80** (2 × $4.90)
      Face value $10.00 (you save 2%)
      Requested by <@200000000000000001>
      For: Friday quiz
      Reason: every order needs 1 approval
      0 of 1 approvals
      Expires <t:1767873600:R>
      Any approver can decide, except the requester and the recipients. Stock and price are checked again before buying.
      [Approve $9.80*] approval.approve:01K7Q2M900000000
      [Decline] approval.reject:01K7Q2M900000000
      [Details] approval.details:01K7Q2M900000000
      [Cancel] approval.cancel:01K7Q2M900000000"
    `);
  });

  it('names who is asked, who has approved and in whose name, what is still wanted, and budgets before and after', () => {
    const half = asked({
      approval: {
        ...approval,
        ...{ wanted: 3, votes: [...votes, { by: '7', voice: '8', at: AT }] },
        because: [{ rule: 'tier', over: '5', approvals: 3 }],
        budgets: [
          budget({ kind: 'guild' }, 'month', '500', '490.2'),
          budget({ kind: 'everyone' }, 'week', '50', '40.2'),
          budget({ kind: 'role', id: '9' }, 'day', '20', '10.2'),
        ],
      },
    });
    const who = { roles: ['31', '32'], users: [], isNobodyLeft: false };
    const view = approvalView(half, en, { asked: who });
    expect(view.mentions).toEqual({ roles: ['31', '32'], users: [] });
    expect(seen(view)).toMatchInlineSnapshot(`
      "**Approval needed: 2 × Google Play 5 USD · $9.80**
      -# K7Q2M9
      Total **$9.80** (2 × $4.90)
      Face value $10.00 (you save 2%)
      Requested by <@200000000000000001>
      For: Friday quiz
      Reason: orders over $5 need 3 approvals
      Budget of <@&9> today: $20.00 → $10.20 left
      Budget of <@200000000000000001> this week: $50.00 → $40.20 left
      Budget of this server this month: $500.00 → $490.20 left
      Approved by <@200000000000000002> <t:1767614400:f>
      Approved by <@7> for <@8> <t:1767614400:f>
      2 of 3 approvals
      Expires <t:1767873600:R>
      <@&31>, <@&32>, please decide.
      Any approver can decide, except the requester and the recipients. Stock and price are checked again before buying.
      [Approve $9.80*] approval.approve:01K7Q2M900000000
      [Decline] approval.reject:01K7Q2M900000000
      [Details] approval.details:01K7Q2M900000000
      [Cancel] approval.cancel:01K7Q2M900000000"
    `);
  });

  it('asks the owner where nobody has a role that approves, and says where no such role is left', () => {
    const owner = approvalView(asked(), en, { asked: { roles: [], users: [BEN], isNobodyLeft: false } });
    expect(texts(owner).at(-1)).toContain(`<@${BEN}>, please decide.`);
    const nobody = approvalView(asked(), en, { asked: { roles: [], users: [], isNobodyLeft: true } });
    expect(texts(nobody).at(-1)).toContain('None of the approver roles exists any more.');
  });

  it('that is decided asks nobody', () => {
    const who = { roles: ['31'], users: [], isNobodyLeft: false };
    const done = approvalView(ended('approved', 'approved', BEN), en, { asked: who });
    expect(done.mentions).toBeUndefined();
    expect(seen(done)).not.toContain('<@&31>');
  });

  it('shows who had approved it, where another rejects it in the end', () => {
    const rejected = ended('rejected', 'rejected', '7', 'Too dear');
    const both = { ...rejected, approval: { ...approval, wanted: 2, votes } };
    expect(texts(approvalView(both, en))[1]).toMatchInlineSnapshot(`
      "Quoted at $9.80
      Face value $10.00 (you save 2%)
      Requested by <@200000000000000001>
      For: Friday quiz
      Approved by <@200000000000000002> <t:1767614400:f>
      Declined by <@7> <t:1767614400:f>
      Reason: Too dear"
    `);
  });

  it('fits Discord with five approvals, many budgets, and all that people wrote at its longest', () => {
    const long = '<@&123456789012345678>'.repeat(20);
    const many: Approval = {
      ...{ ...approval, wanted: 5 },
      votes: Array.from({ length: 5 }, (_, at) => ({ by: ID, voice: `${ID}${at}`, at })),
      because: [
        { rule: 'over_free_day', limit: '999999.99', used: '999999.99' },
        { rule: 'tier', over: '999999.99', approvals: 5 },
      ],
      budgets: Array.from({ length: 100 }, (_, at) =>
        budget({ kind: 'role', id: ID }, 'month', `${999_999_000 + at}`, `${999_998_000 + at}`),
      ),
    };
    const full = { reason: long, approval: many, quote: { ...order().quote, name: long } };
    const who = { roles: Array(25).fill(ID), users: [], isNobodyLeft: false };
    for (const one of [asked(full), { ...ended('rejected', 'rejected', BEN, long), ...full }]) {
      expect(() => checkLimits(approvalView(one, en, { asked: who }))).not.toThrow();
    }
    expect(seen(approvalView(asked(full), en, { asked: who }))).toContain('Counts against 95 more budgets');
  });

  it.each(ends)('shows without buttons that it is %s (%s)', (status, why, by, detail?) => {
    expect(seen(approvalView(ended(status, why, by, detail), en))).toMatchSnapshot();
  });

  it('goes on saying who approved it once it is bought', () => {
    const { history } = ended('approved', 'approved', BEN);
    const bought = asked({
      status: 'bought',
      approval: { ...approval, votes },
      history: [...history, step('buying'), step('bought')],
    });
    expect(seen(approvalView(bought, en))).toContain(`Approved by <@${BEN}>`);
  });

  const became = (status: Status, why?: Reason, more: Partial<Order> = {}) =>
    asked({
      status,
      ...{ approval: { ...approval, votes }, approvedAt: AT },
      history: [...ended('approved', 'approved', BEN).history, step(status, why)],
      ...more,
    });
  it.each<[Status, Reason | undefined, Partial<Order>]>([
    ['bought', undefined, { remote, cards: cards(1) }],
    ['held', 'dm_closed', { remote, cards: cards(2) }],
    ['delivered', undefined, { remote, cards: cards(2, AT) }],
    ['unconfirmed', 'no_answer', {}],
    ['needs_review', 'found_several', {}],
    ['failed', 'balance_too_low', {}],
    ['expired', 'too_late', {}],
    ['repriced', 'price_rose', {}],
  ])('ends with what became of it: %s', (status, why, more) => {
    const view = approvalView(became(status, why, more), en);
    expect(seen(view)).toMatchSnapshot();
    expect(seen(view)).not.toContain('approval.approve');
  });

  it('says to what the price rose, and leads to the new request once there is one', () => {
    const offer = order({ quote: { ...order().quote, charged: usd('12') } });
    const offered = seen(approvalView(became('repriced', 'price_rose'), en, { sequel: offer }));
    expect(offered).toContain('$12.00');
    expect(offered).not.toContain('/channels/');
    const card = { channel: '8', message: '9' };
    const again = asked({ ...offer, status: 'awaiting_approval', approval: { ...approval, card } });
    const link = `https://discord.com/channels/${order().guild}/8/9`;
    expect(seen(approvalView(became('repriced', 'price_rose'), en, { sequel: again }))).toContain(link);
  });

  it('asks why an order is rejected, and thanks with what was written', () => {
    expect(() => checkForm(modalRules, rejectModal(order().id, en))).not.toThrow();
    const view = rejectedView(ended('rejected', 'rejected', BEN, 'Too dear'), en);
    expect(seen(view)).toMatchInlineSnapshot(`
      "**Declined: 2 × Google Play 5 USD**
      -# K7Q2M9
      Declined by <@200000000000000002> <t:1767614400:f>
      Reason: Too dear
      Nothing was bought. The requester is told, with your reason."
    `);
  });
});

describe('who asked for an approval', () => {
  const told = (one: Order) => texts(orderView(one, { actions: [] }, en)).at(-1);

  it('reads that it waits, where, and until when', () => {
    expect(seen(orderView(asked(), { actions: ['cancel'] }, en))).toMatchInlineSnapshot(`
      "**Waiting for approval: 2 × Google Play 5 USD · $9.80**
      -# K7Q2M9
      Total **$9.80** (2 × $4.90)
      Face value $10.00 (you save 2%)
      For: Friday quiz
      Waiting for approval in <#400000000000000001>. We'll tell you here or by direct message. Expires <t:1767873600:R>.
      You won't be charged until it's approved.
      [Cancel] quote.cancel:01K7Q2M900000000"
    `);
  });

  it('reads that the question is elsewhere, where Cardigan may not write', () => {
    expect(told(asked({ approval: { ...approval, card: { channel: '9', message: '1' } } }))).toMatchInlineSnapshot(`
      "Waiting for approval in <#9>. We'll tell you here or by direct message. Expires <t:1767873600:R>.
      Approvers decide in that channel, not this one.
      You won't be charged until it's approved."
    `);
  });

  it('reads of no channel before its card stands there', () => {
    const { card: _, ...asking } = approval;
    expect(told(asked({ approval: asking }))).toContain("Discord hasn't accepted the message to approvers yet");
    expect(told(asked({ approval: asking }))).not.toContain('<#');
  });

  it.each(ends.slice(1))('reads that it is %s (%s)', (status, why, by, detail?) => {
    expect(told(ended(status, why, by, detail))).toMatchSnapshot();
  });
});

describe('a reminder', () => {
  it('says what waits, how long, what is wanted and until when, and leads to the card', () => {
    const card = { channel: '4', message: '5' };
    const view = reminderView({ kind: 'reminder', order: asked(), number: 2, card, isDue: true }, en);
    expect(view.mentions).toBeUndefined();
    expect(seen(view)).toMatchInlineSnapshot(`
      "**Still waiting after 12 hours: 2 × Google Play 5 USD**
      -# K7Q2M9
      0 of 1 approvals
      Expires <t:1767873600:f>
      Decide [on the request](https://discord.com/channels/300000000000000001/4/5), or see everything that needs you with /approvals."
    `);
  });
});

describe('whoever asked, when others have approved it', () => {
  it('reads by whom, that it is being bought, and where the codes come', () => {
    const one = { ...ended('approved', 'approved', BEN), approvedAt: AT };
    expect(seen(approvedView(one, en))).toMatchInlineSnapshot(`
      "**Approved: 2 × Google Play 5 USD**
      -# K7Q2M9
      Total **$9.80** (2 × $4.90)
      Face value $10.00 (you save 2%)
      For: Friday quiz
      Approved by <@200000000000000002>
      Buying now. You'll get the codes here, or a note if something goes wrong."
    `);
    expect(seen(approvedView({ ...one, status: 'buying' }, en))).toBe(seen(approvedView(one, en)));
  });

  it('goes on reading by whom, however it ends', () => {
    const failed = { ...ended('approved', 'approved', BEN), approvedAt: AT, status: 'failed' };
    expect(texts(orderView(failed as Order, { actions: [] }, en))[1]).toContain(`Approved by <@${BEN}>`);
  });
});

describe('the word in the channel, for whoever takes no direct messages', () => {
  const word = (one: Order) => texts(channelNotificationView(one, en))[1];

  it('pings who asked, names the order, and says no amount', () => {
    const view = channelNotificationView(ended('rejected', 'rejected', BEN, 'Not *now*'), en);
    expect(view.mentions).toEqual({ users: [ALICE] });
    expect(seen(view)).toMatchInlineSnapshot(`
      "**Order update**
      -# K7Q2M9
      <@200000000000000001>, your request was declined: Not \\*now\\*
      Cardigan can't send you direct messages. Run /orders for details: only you see them."
    `);
  });

  it('leaves the reason to /orders, where the card was in another channel', () => {
    const elsewhere = { ...approval, channel: '9' };
    const one = { ...ended('rejected', 'rejected', BEN, 'secret'), approval: elsewhere };
    expect(word(one)).toBe(`<@${ALICE}>, your request was declined. Nothing was bought.`);
  });

  it.each(statuses.filter((status) => !['quoted', 'awaiting_approval'].includes(status)))(
    'is a sentence about an order that is %s',
    (status) => {
      const one = { ...ended('approved', 'approved', BEN), approvedAt: AT, status };
      expect(word(one)).toMatch(/^<@\d+>, your (order|request) was [^!]+\.$/);
      expect(word(one)).not.toMatch(/\d\.\d\d|USD/);
    },
  );
});
