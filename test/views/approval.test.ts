import { describe, expect, it } from 'vitest';
import { checkForm } from '../../sandbox/discord/rules/form.ts';
import { modalRules } from '../../sandbox/discord/rules/modal.ts';
import { en } from '../../src/i18n/en.ts';
import type { Approval, Order, Reason, Status } from '../../src/orders/order.ts';
import { approvalView, rejectedView, rejectModal } from '../../src/views/approval.ts';
import { orderView } from '../../src/views/order.ts';
import { ALICE, order, step } from './samples.ts';
import { seen, texts } from './seen.ts';

const BEN = '200000000000000002';
const approval: Approval = {
  ...{ channel: order().channel, wanted: 1, endsAt: Date.UTC(2026, 0, 8, 12), votes: [] },
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
      "**Approval wanted: 2 × Google Play 5 USD** · \`K7Q2M9\`
      To pay **9.80 USD** (2 × 4.90)
      Cards show 10.00 USD (2% less to pay)
      <@200000000000000001> asks for it
      For: Friday quiz
      Why here: every order needs one approval.
      Approvals wanted: 1.
      Without a decision it ends <t:1767873600:R>.
      Approvers may decide, but neither who asked nor who gets cards of it. Stock and price are checked again before it is bought.
      [Approve 9.80 USD*] approval.approve:01K7Q2M900000000
      [Reject] approval.reject:01K7Q2M900000000
      [Cancel] approval.cancel:01K7Q2M900000000"
    `);
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
    expect(seen(approvalView(bought, en))).toContain(`<@${BEN}> approved it`);
  });

  it('asks why an order is rejected, and thanks with what was written', () => {
    expect(() => checkForm(modalRules, rejectModal(order().id, en))).not.toThrow();
    const view = rejectedView(ended('rejected', 'rejected', BEN, 'Too dear'), en);
    expect(seen(view)).toMatchInlineSnapshot(`
      "**Rejected: 2 × Google Play 5 USD** · \`K7Q2M9\`
      <@200000000000000002> rejected it <t:1767614400:f>.
      Because: Too dear
      Nothing was bought. Whoever asked for it is told, with your reason."
    `);
  });
});

describe('who asked for an approval', () => {
  const told = (one: Order) => texts(orderView(one, { actions: [] }, en)).at(-1);

  it('reads that it waits, where, and until when', () => {
    expect(seen(orderView(asked(), { actions: ['cancel'] }, en))).toMatchInlineSnapshot(`
      "**Waiting for approval: 2 × Google Play 5 USD** · \`K7Q2M9\`
      You pay **9.80 USD** (2 × 4.90)
      Cards show 10.00 USD (2% less to pay)
      For: Friday quiz
      It has to be approved: the question is in <#400000000000000001>. You hear of the answer here or by direct message. Without one it ends <t:1767873600:R>.
      Nothing is charged before it is approved.
      [Cancel] quote.cancel:01K7Q2M900000000"
    `);
  });

  it('reads that the question is elsewhere, where Cardigan may not write', () => {
    expect(told(asked({ approval: { ...approval, channel: '9' } }))).toMatchInlineSnapshot(`
      "Cardigan may not write where you asked, so it asks in another channel.
      It has to be approved: the question is in <#9>. You hear of the answer here or by direct message. Without one it ends <t:1767873600:R>.
      Nothing is charged before it is approved."
    `);
  });

  it.each(ends.slice(1))('reads that it is %s (%s)', (status, why, by, detail?) => {
    expect(told(ended(status, why, by, detail))).toMatchSnapshot();
  });
});
