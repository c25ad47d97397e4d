import { describe, expect, it } from 'vitest';
import { en } from '../../../src/i18n/en.ts';
import { parcelViews } from '../../../src/views/orders/codes.ts';
import { resendView } from '../../../src/views/orders/timeline.ts';
import { ALICE, AT, cards, orderIn, remote } from '../samples.ts';
import { checkLimits, seen } from '../seen.ts';

const posted = { how: 'sent', at: AT, tries: 1 } as const;
const delivered = orderIn('delivered', 'dm_sent', {
  remote,
  cards: cards(2, AT).map((card) => ({ ...card, posted })),
});
const BOB = '200000000000000002';

describe('codes that are sent again', () => {
  it('are so only after a question that says who has had them, and since when', () => {
    expect(seen(resendView({ kind: 'asks', order: delivered, turn: 0 }, en))).toMatchInlineSnapshot(`
      "**Resend the codes: 2 × Google Play 5 USD?**
      -# K7Q2M9
      **Delivery**
      <@200000000000000001> · 2 cards · 2 received <t:1767614400:f> · last direct message sent <t:1767614400:f>
      Some of these codes have already been received. The recipients get the same codes again by direct message, and nobody else sees them. Nothing is bought.
      [Resend codes] order.resend_sure:01K7Q2M900000000/0
      [Cancel] order.show:01K7Q2M900000000"
    `);
  });

  it('come with an answer for each recipient, those without first', () => {
    const outcomes = [
      { user: ALICE, cards: 2, how: 'sent' },
      { user: BOB, cards: 1, how: 'closed' },
      { user: BOB, cards: 1, how: 'failed' },
    ] as const;
    expect(seen(resendView({ kind: 'done', order: delivered, outcomes }, en))).toMatchInlineSnapshot(`
      "**Not everyone could be reached: 2 × Google Play 5 USD**
      -# K7Q2M9
      <@200000000000000002> · 1 card not sent, Cardigan can't send them direct messages
      <@200000000000000002> · 1 card not sent, Discord didn't accept the direct message
      <@200000000000000001> · 2 cards sent by direct message
      Nothing is lost, and nothing was bought. They can reveal their codes themselves with /orders or /rewards, or allow direct messages and ask you to resend.
      [View order] order.show:01K7Q2M900000000"
    `);
    expect(
      seen(resendView({ kind: 'done', order: delivered, outcomes: outcomes.slice(0, 1) }, en)),
    ).toMatchInlineSnapshot(`
      "**Codes resent: 2 × Google Play 5 USD**
      -# K7Q2M9
      <@200000000000000001> · 2 cards sent by direct message
      The codes are in their direct messages. Nothing was bought.
      [View order] order.show:01K7Q2M900000000"
    `);
    const withheld = [{ user: BOB, cards: 1, how: 'withheld' }] as const;
    expect(seen(resendView({ kind: 'done', order: delivered, outcomes: withheld }, en))).toContain(
      '1 card not sent, Discord asked for fewer direct messages',
    );
    const many = Array.from({ length: 50 }, () => outcomes[1]);
    checkLimits(resendView({ kind: 'done', order: delivered, outcomes: many }, en));
  });

  it('tell their recipient that these are the same cards', () => {
    const codes = [{ code: 'XXXX-1111', metadata: [] }];
    const parcel = { order: delivered, number: 1, recipient: ALICE, codes, mayBeOut: false };
    const [view] = parcelViews({ ...parcel, resendAt: AT }, en);
    expect(seen(view as never)).toMatchInlineSnapshot(`
      "**Your gift cards: 2 × Google Play 5 USD**
      -# K7Q2M9
      Card 1
      \`\`\`
      XXXX-1111
      \`\`\`
      Resent <t:1767614400:f> by an admin. These are the same cards as before, not new ones.
      Keep codes private: anyone who has one can spend it.
      [A code doesn't work] case.report:01K7Q2M900000000"
    `);
  });
});
