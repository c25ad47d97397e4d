import { describe, expect, it } from 'vitest';
import { en } from '../../../src/i18n/en.ts';
import { type Order, statuses } from '../../../src/orders/model/order.ts';
import type { Reason } from '../../../src/orders/model/reasons.ts';
import { orderView } from '../../../src/views/orders/order.ts';
import { AT, cards, order, orderIn, remote, step, usd } from '../samples.ts';
import { seen, texts } from '../seen.ts';

const none = { actions: [] };
const shown = (one: Order) => seen(orderView(one, none, en));
const last = (one: Order) => texts(orderView(one, none, en)).at(-1);

describe('how an order stands', () => {
  const withoutRemote = ['bought', 'held', 'delivered'];
  it.each(statuses.filter((status) => !withoutRemote.includes(status)))('is told for %s', (status) => {
    expect(shown(orderIn(status))).toMatchSnapshot();
  });

  it('is a receipt once the codes are delivered', () => {
    const receipt = orderIn('delivered', 'dm_sent', { remote, cards: cards(2, AT) });
    expect(seen(orderView(receipt, { actions: ['reveal'] }, en))).toMatchInlineSnapshot(`
      "**Bought: 2 × Google Play 5 USD · $9.80**
      -# K7Q2M9
      Charged **$9.80** · CardPlusPay ORD-2026-001
      Face value $10.00 (you save 2%)
      For: Friday quiz
      Sent to your direct messages.
      [Reveal code] order.reveal:01K7Q2M900000000"
    `);
  });

  it('says where the codes are when direct messages are closed, and the way to them stands out', () => {
    const receipt = orderIn('held', 'dm_closed', { remote, cards: cards(2) });
    expect(seen(orderView(receipt, { actions: ['reveal'] }, en))).toMatchInlineSnapshot(`
      "**Bought: 2 × Google Play 5 USD · $9.80**
      -# K7Q2M9
      Charged **$9.80** · CardPlusPay ORD-2026-001
      Face value $10.00 (you save 2%)
      For: Friday quiz
      Cardigan can't send you direct messages, so your codes are waiting here. They are safe: reveal them here, where only you can see them.
      [Reveal code*] order.reveal:01K7Q2M900000000"
    `);
  });

  it('says so when Discord did not take the message', () => {
    expect(last(orderIn('held', 'dm_failed', { remote, cards: cards(2) }))).toMatchInlineSnapshot(
      `"Discord didn't accept the direct message with your codes. They are safe: reveal them here, where only you can see them."`,
    );
  });

  it('says so when Discord asks for fewer messages, and that step by step', () => {
    const held = orderIn('held', 'dm_withheld', { remote, cards: cards(2) });
    expect(last(held)).toMatchInlineSnapshot(
      `"Discord has asked Cardigan to send fewer direct messages, so your codes were not sent. They are safe: reveal them here, where only you can see them."`,
    );
    expect(seen(orderView(held, { actions: [], timeline: true }, en))).toContain(
      '(not sent: Discord asked for fewer direct messages; the code is ready to reveal)',
    );
  });

  it('says so while Cardigan goes on trying', () => {
    const posted = { how: 'failed', at: AT, tries: 3 } as const;
    const waiting = cards(2).map((card) => ({ ...card, posted }));
    expect(last(orderIn('held', 'dm_failed', { remote, cards: waiting }))).toMatchInlineSnapshot(
      `"Discord didn't accept the direct message with your codes. Cardigan keeps trying for about an hour. They are safe, and you can also reveal them here, where only you can see them."`,
    );
  });

  it('says so when they were seen here', () => {
    const { history } = order();
    const seenHere = [...history, step('held', 'dm_closed'), step('delivered', 'received')];
    const receipt = order({ status: 'delivered', remote, cards: cards(2, AT), history: seenHere });
    expect(last(receipt)).toMatchInlineSnapshot(`"You have revealed the codes, and can reveal them again."`);
  });

  it('says that codes are on their way before any direct message was tried', () => {
    expect(last(orderIn('bought', undefined, { remote, cards: cards(2) }))).toMatchInlineSnapshot(
      `"Your codes are on their way by direct message."`,
    );
  });

  it('offers to ask again for codes that are paid for and have not come', () => {
    const receipt = orderIn('bought', 'codes_missing', { remote, cards: cards(1) });
    expect(seen(orderView(receipt, { actions: ['reveal', 'collect'] }, en))).toMatchInlineSnapshot(`
      "**Bought: 2 × Google Play 5 USD · $9.80**
      -# K7Q2M9
      Charged **$9.80** · CardPlusPay ORD-2026-001
      Face value $10.00 (you save 2%)
      For: Friday quiz
      Your codes are on their way by direct message.
      CardPlusPay has delivered 1 of 2 codes so far. All of them are paid for: Cardigan keeps checking and sends the rest by direct message. You can also check now, here or in /orders.
      [Reveal code] order.reveal:01K7Q2M900000000
      [Check for codes now] order.collect:01K7Q2M900000000"
    `);
  });

  it('speaks of no codes in anybody’s messages when none has come', () => {
    expect(last(orderIn('bought', 'codes_missing', { remote }))).toMatchInlineSnapshot(
      `"CardPlusPay has delivered 0 of 2 codes so far. All of them are paid for: Cardigan keeps checking and sends the rest by direct message. You can also check now, here or in /orders."`,
    );
  });

  it('says who looks after codes that are a day late, and still gives those that came', () => {
    const late = orderIn('needs_review', 'codes_overdue', { remote, cards: cards(1, AT) });
    expect(seen(orderView(late, { actions: ['reveal'] }, en))).toMatchInlineSnapshot(`
      "**Under review: 2 × Google Play 5 USD**
      -# K7Q2M9
      Charged **$9.80** · CardPlusPay ORD-2026-001
      Face value $10.00 (you save 2%)
      For: Friday quiz
      Your codes are on their way by direct message.
      CardPlusPay has delivered 1 of 2 codes, and all of them are paid for. Admins are looking into the rest. Wait for them, or ask whoever runs Cardigan.
      [Reveal code] order.reveal:01K7Q2M900000000"
    `);
  });

  it('says what is known of the money when CardPlusPay never showed it', () => {
    expect(last(orderIn('closed', 'not_listed'))).toMatchInlineSnapshot(
      `"CardPlusPay didn't show this order for a whole day, so as far as anyone can tell nothing was bought or charged. Run /buy again if you still want it."`,
    );
  });

  it('says when CardPlusPay charged more than it quoted, and shows what was charged', () => {
    const more = { ...remote, charged: usd('10.2') };
    expect(shown(orderIn('delivered', 'dm_sent', { remote: more, cards: cards(2, AT) }))).toMatchInlineSnapshot(`
      "**Bought: 2 × Google Play 5 USD · $10.20**
      -# K7Q2M9
      Charged **$10.20** · CardPlusPay ORD-2026-001
      Face value $10.00
      CardPlusPay charged $10.20, more than the $9.80 it quoted. The codes are delivered all the same. Please tell whoever runs Cardigan.
      For: Friday quiz
      Sent to your direct messages."
    `);
  });

  it('names CardPlusPay’s order by its id where it has no number', () => {
    const { orderNo: _, ...unnamed } = remote;
    const receipt = orderIn('delivered', 'dm_sent', { remote: unnamed, cards: cards(2, AT) });
    expect(shown(receipt)).toContain('· CardPlusPay 41');
  });

  it('draws the buttons of an open offer from what may be done', () => {
    const view = orderView(order(), { actions: ['confirm', 'cancel'], back: 'c0ffee/1' }, en);
    expect(seen(view)).toMatchInlineSnapshot(`
      "**Quote: 2 × Google Play 5 USD**
      -# K7Q2M9
      Total **$9.80** (2 × $4.90)
      Face value $10.00 (you save 2%)
      For: Friday quiz
      **Timeline**
      <t:1767614400:f> · quote created · <@200000000000000001>
      Nothing is charged until you confirm.
      [Confirm $9.80*] quote.confirm:01K7Q2M900000000
      [Cancel] quote.cancel:01K7Q2M900000000
      [Back to list] orders.page:c0ffee/1"
    `);
  });

  it('lets somebody take back what waits to be bought', () => {
    const view = orderView(orderIn('approved', 'confirmed'), { actions: ['cancel'] }, en);
    expect(seen(view)).toContain('[Cancel] quote.cancel:01K7Q2M900000000');
  });
});

describe('an order that failed says why, that nothing was bought, and what to do', () => {
  const why: Reason[] = [
    ...(['out_of_stock', 'balance_too_low', 'over_order_cap', 'over_day_cap'] as const),
    ...(['vendor_refused', 'vendor_unreachable', 'never_sent'] as const),
  ];
  it.each(why)('%s', (reason) => {
    expect(last(orderIn('failed', reason))).toMatchSnapshot();
  });

  it.each([
    ...(['unauthorized', 'signing_wanted', 'out_of_stock', 'insufficient_balance'] as const),
    ...(['rate_limited', 'invalid', 'not_found'] as const),
  ])('refused by CardPlusPay as %s', (detail) => {
    expect(last(orderIn('failed', 'vendor_refused', {}, detail))).toMatchSnapshot();
  });

  it('names a refused API key also when it was noticed at the last check', () => {
    const early = orderIn('failed', 'vendor_unreachable', {}, 'vendor_key_refused');
    const late = orderIn('failed', 'vendor_refused', {}, 'unauthorized');
    expect(last(early)).toContain('API key');
    expect(last(early)).toBe(last(late));
  });

  it('never shows a detail that nobody translated', () => {
    expect(shown(orderIn('failed', 'vendor_refused', {}, 'toString'))).not.toContain('function');
    expect(shown(orderIn('failed', 'vendor_refused', {}, 'SECRET-CODE'))).not.toContain('SECRET');
  });
});

describe('the timeline', () => {
  it('comes with the way back, and says when, what, why and who', () => {
    const receipt = orderIn('delivered', 'dm_sent', { remote, cards: cards(2, AT) });
    expect(seen(orderView(receipt, { actions: ['reveal'], back: 'c0ffee/2' }, en))).toMatchInlineSnapshot(`
      "**Bought: 2 × Google Play 5 USD · $9.80**
      -# K7Q2M9
      Charged **$9.80** · CardPlusPay ORD-2026-001
      Face value $10.00 (you save 2%)
      For: Friday quiz
      **Timeline**
      <t:1767614400:f> · quote created · <@200000000000000001>
      <t:1767614400:f> · delivered (codes sent by direct message) · Cardigan
      Sent to your direct messages.
      [Reveal code] order.reveal:01K7Q2M900000000
      [Back to list] orders.page:c0ffee/2"
    `);
  });

  it('leaves out the middle of a long story, and shows that it does', () => {
    const history = Array.from({ length: 60 }, (_, index) => step('delivered', 'revealed', { at: index * 1000 }));
    const view = orderView(order({ status: 'delivered', remote, history }), { actions: [], back: 'x/0' }, en);
    const lines = (texts(view)[1] ?? '').split('\n');
    const start = lines.indexOf('**Timeline**');
    expect(lines.slice(start + 1)).toHaveLength(21);
    expect(lines[start + 6]).toBe('…');
    expect(lines.at(-1)).toContain('<t:59:f>');
  });
});
