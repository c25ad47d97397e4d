import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { en } from '../../../src/i18n/en.ts';
import { type Order, type Status, statuses } from '../../../src/orders/model/order.ts';
import type { Action } from '../../../src/orders/model/permissions.ts';
import { type Reason, reasons } from '../../../src/orders/model/reasons.ts';
import { approvedView, channelNotificationView } from '../../../src/views/approvals/notify.ts';
import { approvalView } from '../../../src/views/approvals/order-card.ts';
import { parcelViews, revealViews } from '../../../src/views/orders/codes.ts';
import { announcementView, rewardListView, rewardView } from '../../../src/views/orders/gift.ts';
import { orderView } from '../../../src/views/orders/order.ts';
import { progressView, quoteView } from '../../../src/views/orders/quote.ts';
import { ALICE, AT, cards, codes, nasty, order, orderIn, remote as twoPaid } from '../samples.ts';
import { checkLimits, liveMarkup, seen, texts } from '../seen.ts';

const BOB = '200000000000000002';
const sent = { message: 'Well *done*', receipt: 'private' } as const;
const one = { ...order().quote, quantity: 1, charged: order().quote.each };
const remote = { ...twoPaid, charged: one.charged };
const toBob = {
  ...{ quote: one, recipients: [{ user: BOB, quantity: 1 }] },
  ...{ gift: sent as Order['gift'], reason: undefined },
};
const card = (deliveredAt?: number) => cards(1, deliveredAt).map((each) => ({ ...each, recipient: BOB }));
const giftIn = (status: Status, why?: Reason, more: Partial<Order> = {}) => orderIn(status, why, { ...toBob, ...more });
const delivered = giftIn('delivered', 'dm_sent', { remote, cards: card(AT) });
const held = giftIn('held', 'dm_closed', { remote, cards: card() });
const asSender = (gift: Order, actions: readonly Action[] = []) => seen(orderView(gift, { actions }, en));

describe('a card to be sent', () => {
  it('is quoted as what is bought for whom, with the words that go with it and who reads of it', () => {
    expect(seen(quoteView(order(toBob), { actions: ['confirm', 'cancel'] }, en))).toMatchInlineSnapshot(`
      "**Send 1 × Google Play 5 USD to <@200000000000000002>?**
      -# K7Q2M9
      Total **$4.90**
      Face value $5.00 (you save 2%)
      Balance $100.50 → $95.60
      Message: Well \\*done\\*
      Private: only you and <@200000000000000002> will see this.
      Quote expires <t:1767615300:R>
      [Confirm $4.90*] quote.confirm:01K7Q2M900000000
      [Cancel] quote.cancel:01K7Q2M900000000"
    `);
    const open = order({ ...toBob, gift: { receipt: 'public' } });
    const shown = seen(quoteView(open, { actions: ['ask', 'cancel'] }, en));
    expect(shown).toContain('Delivery will be announced in <#400000000000000001>');
    expect(shown).not.toContain('Message: ');
  });

  it('is asked for with the name of whom it is for, and without the words to them', () => {
    const approval = {
      ...{ channel: 'c', wanted: 1, because: [], budgets: [], endsAt: AT, votes: [] },
    };
    const asked = giftIn('awaiting_approval', 'approval_asked', { approval });
    const shown = seen(approvalView(asked, en));
    expect(shown).toContain(`Requested by <@${ALICE}>, for <@${BOB}>`);
    expect(shown).not.toContain('done');
    const told = seen(approvedView({ ...asked, status: 'approved', approvedAt: AT }, en));
    expect(told).toContain(`then sending it to <@${BOB}>`);
    const inChannel = seen(channelNotificationView({ ...held, approval, approvedAt: AT }, en));
    expect(inChannel).toContain('its code is waiting for the recipient');
  });
});

describe('its sender', () => {
  it('reads that it was sent, and has no button for its code', () => {
    expect(asSender(delivered)).toMatchInlineSnapshot(`
      "**Sent: 1 × Google Play 5 USD · $4.90**
      -# K7Q2M9
      Charged **$4.90** · CardPlusPay ORD-2026-001
      Face value $5.00 (you save 2%)
      To <@200000000000000002>
      Message: Well \\*done\\*
      <@200000000000000002> has the code in their direct messages. Only they can see it."
    `);
  });

  it.each([
    ['bought', undefined, `The code is on its way to <@${BOB}>`],
    ['held', 'dm_closed', `<@${BOB}> doesn't accept direct messages from Cardigan`],
    ['held', 'dm_failed', `Discord rejected the direct message to <@${BOB}>`],
    ['held', 'dm_withheld', `Discord asked Cardigan to send fewer direct messages`],
    ['delivered', 'received', `<@${BOB}> has revealed the code`],
  ] as const)('reads where the code is (%s, %s)', (status, why, words) => {
    const shown = asSender(giftIn(status, why, { remote, cards: card() }));
    expect(shown).toContain(words);
    expect(shown).not.toMatch(/your direct messages|You have seen/i);
  });

  it('reads that the code is being sent to somebody else, and that it is late', () => {
    expect(seen(progressView(delivered, 'delivering', en))).toContain(
      `The code is being sent to <@${BOB}> by direct message.`,
    );
    const late = asSender(giftIn('bought', 'codes_missing', { remote }), ['collect']);
    expect(late).toContain(`sends it to <@${BOB}> by direct message`);
  });

  it('is sent to /reward send, not to /buy, for another try', () => {
    for (const status of statuses) {
      for (const why of reasons) expect(asSender(giftIn(status, why))).not.toContain('/buy');
    }
    expect(asSender(giftIn('cancelled', 'asked'))).toContain('Run /reward send again');
  });
});

describe('who gives cards to many', () => {
  const campaign = { id: 'C', charged: order().quote.charged };
  const recipients = [BOB, '200000000000000003'].map((user) => ({ user, quantity: 1 }));
  const many = (status: Status, why: Reason, more: Partial<Order> = {}) =>
    giftIn(status, why, { campaign, recipients, quote: order().quote, ...more });

  it('reads to how many, how many have theirs, and where it is said how the campaign goes on', () => {
    const got = [...card(AT), ...card()].map((each, parcel) => ({ ...each, parcel }));
    const shown = asSender(many('held', 'dm_sent', { remote: twoPaid, cards: got }));
    expect(shown).toContain('To 2 members');
    expect(shown).toContain('1 of 2 cards received.');
    const all = many('delivered', 'received', {
      remote: twoPaid,
      cards: got.map((each) => ({ ...each, deliveredAt: AT })),
    });
    expect(asSender(all)).toContain('All 2 cards were received.');
    expect(asSender(many('repriced', 'price_rose'))).toContain('the campaign says what happens next');
    const one = many('held', 'dm_closed', { recipients: recipients.slice(0, 1) });
    expect(asSender(one)).toContain(`To <@${BOB}>`);
  });
});

describe('its recipient', () => {
  const codesOf = [{ code: 'AAAA-BBBB', metadata: [] }];

  it('gets it with the name and the words of its sender', () => {
    const parcel = { order: delivered, number: 0, recipient: BOB, codes: codesOf, mayBeOut: false };
    expect(parcelViews(parcel, en).map(seen)[0]).toMatchInlineSnapshot(`
      "**Your gift card: 1 × Google Play 5 USD**
      -# K7Q2M9
      <@200000000000000001> sent you a gift card: “Well \\*done\\*”
      Card 1
      \`\`\`
      AAAA-BBBB
      \`\`\`
      **Doesn't work?** Press the button below.
      Keep codes private: anyone who has one can spend it.
      [A code doesn't work] case.report:01K7Q2M900000000"
    `);
    const steam = {
      steps: ['Sign in', 'Enter the code'],
      url: 'https://steam.example/redeem',
      trouble: 'Wait an hour.',
    };
    const [view] = parcelViews(parcel, en, steam);
    expect(view && texts(view).at(-1)).toMatchInlineSnapshot(`
      "**How to redeem**
      1. Sign in
      2. Enter the code
      [steam.example](https://steam.example/redeem)
      **Doesn't work?** Wait an hour. Still stuck? Press the button below.
      Keep codes private: anyone who has one can spend it."
    `);
    const revealed = { order: delivered, recipient: BOB, codes: codesOf, gone: 0, numbers: [1] };
    expect(revealViews(revealed, en).map(seen)[0]).toContain('Well \\*done\\*');
  });

  it('gets theirs of a card for many with the words to them alone, or else those to everybody', () => {
    const recipients = [
      { user: BOB, quantity: 1, message: 'Best *joke*' },
      { user: '200000000000000003', quantity: 1 },
    ];
    const many = { ...delivered, recipients, quote: order().quote };
    const parcelOf = (recipient: string) =>
      parcelViews({ order: many, number: 0, recipient, codes: codesOf, mayBeOut: false }, en).map(seen)[0];
    expect(parcelOf(BOB)).toContain('**Your gift card: 1 × Google Play 5 USD**');
    expect(parcelOf(BOB)).toContain('sent you a gift card: “Best \\*joke\\*”');
    expect(parcelOf('200000000000000003')).toContain('sent you a gift card: “Well \\*done\\*”');
    expect(seen(rewardView(many, { user: BOB, actions: [] }, en))).toContain('Best \\*joke\\*');
    const revealed = { order: many, recipient: BOB, codes: codesOf, gone: 0, numbers: [1] };
    expect(revealViews(revealed, en).map(seen)[0]).toContain('Best \\*joke\\*');
  });

  it('sees of it neither what was charged nor who approved it', () => {
    const looks = { user: BOB, actions: ['reveal'] as const, back: 'list/0' };
    expect(seen(rewardView(held, looks, en))).toMatchInlineSnapshot(`
      "**Your gift card: 1 × Google Play 5 USD**
      -# K7Q2M9
      <@200000000000000001> sent you a gift card: “Well \\*done\\*”
      Face value $5.00
      Your code is ready. Reveal it here; only you will see it.
      [Reveal code*] order.reveal:01K7Q2M900000000
      [Back to list] rewards.page:list/0"
    `);
    const after = seen(rewardView(delivered, looks, en));
    expect(after).toContain(`Received <t:${AT / 1000}:f>`);
    expect(after).not.toContain('4.90');
    expect(seen(rewardView(order(toBob), { user: BOB, actions: [] }, en))).toContain('Your code is on its way');
  });

  it('has a list of them, newest first, and is told when there is none', () => {
    const list = { user: BOB, here: 'list/0', previous: undefined, next: 'list/1' };
    expect(seen(rewardListView({ ...list, orders: [held, { ...delivered, id: 'b' }] }, en))).toMatchInlineSnapshot(`
      "**Your gift cards**
      **1 × Google Play 5 USD** · from <@200000000000000001> · ready to reveal · K7Q2M9 · <t:1767614400:R>
      **1 × Google Play 5 USD** · from <@200000000000000001> · received · K7Q2M9 · <t:1767614400:R>
      [Choose a gift card to see its code ▾] rewards.open:list/0
        Google Play 5 USD · K7Q2M9 | ready to reveal | 01K7Q2M900000000
        Google Play 5 USD · K7Q2M9 | received | b
      [Next] rewards.page:list/1"
    `);
    expect(seen(rewardListView({ ...list, orders: [] }, en))).toContain('No gift cards yet');
  });
});

describe('the channel where it was sent', () => {
  it('reads of one that waits neither who sent it nor what it is, and pings its recipient', () => {
    const view = announcementView(held, 'waits', en);
    expect(seen(view)).toMatchInlineSnapshot(`
      "**A gift card is waiting**
      -# K7Q2M9
      <@200000000000000002>, you have a gift card waiting 🎁
      I couldn't DM you. Press Reveal my code, or run /rewards. Only you will see it.
      [Reveal my code*] order.reveal:01K7Q2M900000000"
    `);
    expect(view.mentions).toEqual({ users: [BOB] });
  });

  it('reads of one that has arrived who sent it to whom, and nobody is pinged', () => {
    const view = announcementView(delivered, 'arrived', en);
    expect(seen(view)).toMatchInlineSnapshot(`
      "**A gift card was sent**
      -# K7Q2M9
      <@200000000000000001> sent <@200000000000000002> a gift card."
    `);
    expect(view.mentions).toBeUndefined();
  });
});

describe('words to a recipient', () => {
  it('format, link and mention nothing, and always fit', () => {
    const viewsOf = (message: string, codesThere: Parameters<typeof revealViews>[0]['codes']) => {
      const gift = { message, receipt: 'public' } as const;
      const looks = { user: BOB, actions: [] };
      const revealed = {
        order: { ...delivered, gift },
        recipient: BOB,
        codes: codesThere,
        gone: 0,
        numbers: [1],
      };
      return [
        quoteView(order({ ...toBob, gift }), { actions: [] }, en),
        orderView({ ...delivered, gift }, { actions: [] }, en),
        rewardView({ ...delivered, gift }, looks, en),
        ...revealViews(revealed, en),
        ...parcelViews({ ...revealed, number: 0, mayBeOut: false }, en),
      ];
    };
    fc.assert(
      fc.property(nasty, codes(4), (message, codesThere) => {
        const views = viewsOf(message, codesThere);
        const harmless = viewsOf('words', codesThere);
        for (const [index, view] of views.entries()) {
          checkLimits(view);
          if (views.length === harmless.length)
            expect(liveMarkup(view)).toBe(liveMarkup(harmless[index] as typeof view));
        }
      }),
    );
  });
});
