import { describe, expect, it } from 'vitest';
import { en } from '../../../src/i18n/en.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import { orderView } from '../../../src/views/orders/order.ts';
import { orderRecordView } from '../../../src/views/orders/timeline.ts';
import { ALICE, AT, cards, order, orderIn, remote, step } from '../samples.ts';
import { checkLimits, seen } from '../seen.ts';

const BOB = '200000000000000002';
const posted = (how: 'sent' | 'closed' | 'failed') => ({ posted: { how, at: AT, tries: 1 } });

describe('somebody else’s order, for an admin', () => {
  it('says how it stands, what happened, and who has received how many cards', () => {
    const [first] = cards(1, AT).map((card) => ({ ...card, ...posted('sent') }));
    const [second] = cards(1).map((card) => ({ ...card, recipient: BOB, ...posted('closed') }));
    const delivered = orderIn('held', 'dm_closed', {
      remote,
      recipients: [
        { user: ALICE, quantity: 1 },
        { user: BOB, quantity: 1 },
      ],
      cards: [first, second].filter((card) => card !== undefined),
    });
    const one = {
      ...delivered,
      history: [...delivered.history, step('held', 'revealed', { by: ALICE })],
    };
    expect(seen(orderRecordView(one, { actions: ['resend'] }, en))).toMatchInlineSnapshot(`
      "**Order: 2 × Google Play 5 USD**
      -# K7Q2M9
      State: bought, codes ready to reveal · requested by <@200000000000000001>
      Charged **$9.80** · CardPlusPay ORD-2026-001
      For: Friday quiz
      **Delivery**
      <@200000000000000001> · 1 card · 1 received <t:1767614400:f> · last direct message sent <t:1767614400:f> · codes revealed <t:1767614400:f>
      <@200000000000000002> · 1 card · 1 not received yet · couldn't send a direct message <t:1767614400:f>
      **Timeline**
      <t:1767614400:f> · quote created · <@200000000000000001>
      <t:1767614400:f> · bought, codes ready to reveal (direct messages closed) · Cardigan
      <t:1767614400:f> · bought, codes ready to reveal (codes revealed) · <@200000000000000001>
      Only the recipients can see the codes, here or in their direct messages.
      [Resend codes] order.resend:01K7Q2M900000000"
    `);
  });

  it('says how many cards of a campaign are still for whoever claims them', () => {
    const [claimed, free] = cards(2);
    const { recipient: _, ...unclaimed } = free as NonNullable<typeof free>;
    const bought = orderIn('bought', 'claimed', {
      ...{ remote, campaign: { id: 'C', charged: remote.charged, pool: 0 } },
      recipients: [{ user: ALICE, quantity: 1 }],
      cards: [claimed, unclaimed].filter((card) => card !== undefined),
    });
    const shown = seen(orderRecordView(bought, { actions: [] }, en));
    expect(shown).toContain('1 card for whoever claims them');
    expect(shown).toContain('(a card was claimed)');
  });

  it('says what nobody claimed of it is on hand, and what went to other orders', () => {
    const [claimed, left, gone] = cards(3).map(({ recipient: _, ...card }) => card);
    const handedOn = { order: 'another', at: AT };
    const over = orderIn('bought', 'on_hand', {
      ...{ remote, campaign: { id: 'C', charged: remote.charged, pool: 0 }, onHandSince: AT },
      quote: { ...order().quote, quantity: 3 },
      recipients: [{ user: ALICE, quantity: 1 }],
      cards: [{ ...claimed, recipient: ALICE }, left, { ...gone, handedOn }] as Order['cards'],
    });
    const shown = seen(orderRecordView(over, { actions: [] }, en));
    expect(shown).toContain('1 card not claimed: on hand for this server');
    expect(shown).toContain('1 card not claimed: since used for other orders');
    expect(shown).not.toContain('whoever claims');
  });

  it('says where a card is that turned up once whom it was for had got another', () => {
    const [spare] = cards(1).map(({ recipient: _, ...card }) => card);
    const late = orderIn('bought', 'review_ours', {
      ...{ remote, campaign: { id: 'C', charged: remote.charged }, onHandSince: AT, spare: 1, recipients: [] },
      quote: { ...order().quote, quantity: 1 },
      cards: [spare] as Order['cards'],
    });
    expect(seen(orderRecordView(late, { actions: [] }, en))).toContain('1 card not claimed: on hand for this server');
  });

  it('says of an order that was served from hand that nothing was charged, and which order CardPlusPay has', () => {
    const fingerprints = cards(2).map(({ fingerprint }) => fingerprint);
    const served = orderIn('delivered', 'dm_sent', {
      cards: cards(2, AT),
      fromHand: [{ order: 'another', remote, cards: fingerprints }],
    });
    const record = seen(orderRecordView(served, { actions: [] }, en));
    const receipt = seen(orderView(served, { actions: [] }, en));
    for (const text of [record, receipt]) {
      expect(text).toContain('From cards on hand: **nothing new was charged** · CardPlusPay ORD-2026-001');
      expect(text).not.toMatch(/(Charged|paid|offer was) /);
    }
    expect(record).toContain('2 received');
  });

  it('says what is set aside while nobody knows whether it was bought', () => {
    expect(seen(orderRecordView(orderIn('unconfirmed', 'no_answer'), { actions: [] }, en))).toMatchInlineSnapshot(`
      "**Order: 2 × Google Play 5 USD**
      -# K7Q2M9
      State: outcome unknown · requested by <@200000000000000001>
      Reserved **$9.80**
      For: Friday quiz
      **Timeline**
      <t:1767614400:f> · quote created · <@200000000000000001>
      <t:1767614400:f> · outcome unknown (no clear answer from CardPlusPay) · Cardigan"
    `);
  });

  it('that waits for their approval has the buttons to decide with', () => {
    const waiting = orderIn('awaiting_approval', 'approval_asked');
    expect(seen(orderRecordView(waiting, { actions: ['approve', 'reject'] }, en))).toContain(
      '[Approve $9.80*] order.approve:01K7Q2M900000000\n[Decline] order.reject:01K7Q2M900000000',
    );
  });

  it('of an offer shows what was offered, and no delivery', () => {
    expect(seen(orderRecordView(order(), { actions: [] }, en))).toMatchInlineSnapshot(`
      "**Order: 2 × Google Play 5 USD**
      -# K7Q2M9
      State: quoted · requested by <@200000000000000001>
      Quoted at $9.80
      For: Friday quiz
      **Timeline**
      <t:1767614400:f> · quote created · <@200000000000000001>"
    `);
  });

  it('stays within what Discord takes, with many recipients and a long story', () => {
    const user = (index: number) => `2000000000000000${index + 10}`;
    const many = Array.from({ length: 40 }, (_, index) => index);
    const recipients = many.map((index) => ({ user: user(index), quantity: 2 }));
    const one = orderIn('needs_review', 'found_several', {
      remote,
      reason: '*'.repeat(200),
      recipients,
      cards: many.map((index) => ({
        ...{ fingerprint: `f${index}`, recipient: user(index), parcel: index },
        ...posted('failed'),
      })),
      history: recipients.concat(recipients).map((each) => step('awaiting_approval', 'revealed', { by: each.user })),
    });
    for (const view of [
      orderRecordView(one, { actions: [] }, en),
      orderView(one, { actions: [], timeline: true, delivery: true }, en),
    ]) {
      checkLimits(view);
      expect(seen(view)).toContain('… and 34 more');
    }
  });
});

describe('an admin’s own order', () => {
  it('shows both: the receipt with its buttons, and the record', () => {
    const one = orderIn('delivered', 'dm_sent', {
      remote,
      cards: cards(2, AT).map((card) => ({ ...card, ...posted('sent') })),
    });
    const view = orderView(one, { actions: ['reveal'], timeline: true, delivery: true }, en);
    expect(seen(view)).toMatchInlineSnapshot(`
      "**Bought: 2 × Google Play 5 USD · $9.80**
      -# K7Q2M9
      Charged **$9.80** · CardPlusPay ORD-2026-001
      Face value $10.00 (you save 2%)
      For: Friday quiz
      **Delivery**
      <@200000000000000001> · 2 cards · 2 received <t:1767614400:f> · last direct message sent <t:1767614400:f>
      **Timeline**
      <t:1767614400:f> · quote created · <@200000000000000001>
      <t:1767614400:f> · delivered (codes sent by direct message) · Cardigan
      Sent to your direct messages.
      [Reveal code] order.reveal:01K7Q2M900000000"
    `);
  });
});
