import { describe, expect, it } from 'vitest';
import { type News, newsKinds } from '../../../src/campaigns/messages/news.ts';
import { type Campaign, kinds, type State, states } from '../../../src/campaigns/model/campaign.ts';
import type { Stats } from '../../../src/campaigns/model/entry.ts';
import type { CampaignContent } from '../../../src/campaigns/model/ports.ts';
import { en } from '../../../src/i18n/en.ts';
import { campaignApprovalView } from '../../../src/views/approvals/campaign-card.ts';
import { campaignReminderView } from '../../../src/views/approvals/notify.ts';
import { waitsView, winnersView } from '../../../src/views/campaigns/claim.ts';
import { campaignNewsView, campaignNotificationView } from '../../../src/views/campaigns/notify.ts';
import { campaignView } from '../../../src/views/campaigns/public-message.ts';
import { ALICE, AT, campaign, usd } from '../../campaigns/campaign.ts';
import { checkLimits, mainButtons, seen, texts } from '../seen.ts';

type Reminder = Extract<CampaignContent, { kind: 'reminder' }>;

const BEN = '200000000000000002';
const HASH = 'a'.repeat(64);
const none: Stats = {
  ...{ entered: 0, won: 0, due: 0, ordered: 0, failed: 0, lapsed: 0 },
  ...{ sent: 0, waiting: 0, onWay: 0, pool: 0, unclear: 0, openOrders: 0 },
  charged: usd('0'),
};
const tally = (more: Partial<Stats> = {}): Stats => ({ ...none, ...more });
const HOUR = 60 * 60_000;
const drop = (more: Partial<Campaign> = {}) =>
  campaign({ kind: 'drop', places: 20, charged: usd('98'), endsAt: AT + 48 * HOUR, ...more });
const giveaway = (more: Partial<Campaign> = {}) =>
  campaign({
    ...{ kind: 'giveaway', places: 3, charged: usd('14.7'), endsAt: AT + 24 * HOUR },
    ...{ claimWithinMs: 24 * HOUR, draw: { seedHash: HASH, reached: 0 } },
    ...more,
  });
const drawn = { at: AT, seed: 'b'.repeat(64), entrantsHash: 'c'.repeat(64), entrants: 420 };
const blocked = (why: string) => campaign().parts.map((part) => ({ ...part, blocked: { why, at: AT, tries: 1 } }));
const shown = (of: Campaign, counts: Partial<Stats> = {}) => seen(campaignView(of, tally(counts), en));

describe('the message of a bulk send', () => {
  it('says how far it has come, without amounts and names', () => {
    const counts = { sent: 130, waiting: 2, onWay: 18, due: 99, failed: 1 };
    expect(shown(campaign(), counts)).toMatchInlineSnapshot(`
      "**Sending 250 gift cards**
      -# K7Q2M9
      Received: **130 of 250**
      Ready to reveal: 2
      Buying: 18
      Not started: 99
      Not delivered: 1
      Buying the cards. Each can be revealed as soon as it arrives.
      One of them yours? Press Reveal my code, or run /rewards. Only you will see it.
      [Reveal my code*] campaign.fetch:01K7Q2M900000000
      [Manage] campaign.open:01K7Q2M900000000"
    `);
  });

  it('says why it is stopped', () => {
    const halted = campaign({ state: 'halted', parts: blocked('balance_too_low') });
    expect(shown(halted, { sent: 100, due: 150 })).toMatchInlineSnapshot(`
      "**Sending 250 gift cards**
      -# K7Q2M9
      Received: **100 of 250**
      Not started: 150
      On hold: the balance at CardPlusPay is too low. No more cards are bought for now.
      The organiser has been told.
      [Reveal my code*] campaign.fetch:01K7Q2M900000000
      [Manage] campaign.open:01K7Q2M900000000"
    `);
  });

  it('says in the end what has become of all of them', () => {
    const ended = campaign({ state: 'ended' });
    expect(shown(ended, { sent: 248, waiting: 1, failed: 1 })).toMatchInlineSnapshot(`
      "**Sending 250 gift cards · ended**
      -# K7Q2M9
      Received: **248 of 250**
      Ready to reveal: 1
      Not delivered: 1
      Finished.
      One of them yours? Press Reveal my code, or run /rewards. Only you will see it.
      [Reveal my code*] campaign.fetch:01K7Q2M900000000
      [Manage] campaign.open:01K7Q2M900000000"
    `);
  });
});

describe('the message of a drop', () => {
  it('says what there is, how many are left, who may claim, and until when', () => {
    const eligibility = { role: '500000000000000001', memberDays: 7 };
    const of = drop({ eligibility });
    expect(shown(of, { ordered: 6, due: 1 })).toMatchInlineSnapshot(`
      "**20 × Google Play 5 USD to claim**
      -# K7Q2M9
      ▰▰▰▱▱▱▱▱▱▱ 7 of 20 claimed
      First come, first served. One per person.
      Only for <@&500000000000000001>
      Only for members who joined at least 7 days ago
      Ends <t:1767787200:R>
      [Claim a card*] drop.claim:01K7Q2M900000000
      [Manage] campaign.open:01K7Q2M900000000"
    `);
  });

  it('says that the first presses are drawn, and by what that can be checked', () => {
    const of = drop({ drawSeconds: 30, draw: { seedHash: HASH, reached: 0 } });
    expect(shown(of, { entered: 41 })).toMatchInlineSnapshot(`
      "**20 × Google Play 5 USD to claim**
      -# K7Q2M9
      ▱▱▱▱▱▱▱▱▱▱ 0 of 20 claimed
      Everyone who presses in the first 30 seconds has an equal chance. Drawn <t:1767614430:R>; anything left after that is first come, first served.
      Entries: **41**
      Ends <t:1767787200:R>
      Fair draw: \`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\`
      The seed behind this hash will be revealed here after the draw, so anyone can verify it.
      [Claim a card*] drop.claim:01K7Q2M900000000
      [Manage] campaign.open:01K7Q2M900000000"
    `);
  });

  it('says while it is stopped that places are kept', () => {
    const of = drop({ state: 'halted', parts: blocked('out_of_stock') });
    expect(shown(of, { ordered: 6, due: 1 })).toMatchInlineSnapshot(`
      "**20 × Google Play 5 USD to claim**
      -# K7Q2M9
      ▰▰▰▱▱▱▱▱▱▱ 7 of 20 claimed
      First come, first served. One per person.
      Ends <t:1767787200:R>
      Cards will arrive late: the card is out of stock at CardPlusPay. You can still claim, and you keep your place.
      [Claim a card*] drop.claim:01K7Q2M900000000
      [Manage] campaign.open:01K7Q2M900000000"
    `);
    expect(shown(drop({ state: 'paused' }), { ordered: 7 })).toMatchInlineSnapshot(`
      "**20 × Google Play 5 USD to claim**
      -# K7Q2M9
      ▰▰▰▱▱▱▱▱▱▱ 7 of 20 claimed
      Paused for now. Cards already claimed are safe.
      [Claim a card*] off
      [Manage] campaign.open:01K7Q2M900000000"
    `);
  });

  it('says in the end that all were claimed, and has no button', () => {
    expect(shown(drop({ state: 'ended' }), { ordered: 20 })).toMatchInlineSnapshot(`
      "**20 × Google Play 5 USD to claim · ended**
      -# K7Q2M9
      ▰▰▰▰▰▰▰▰▰▰ 20 of 20 claimed
      All claimed. Thanks for joining in."
    `);
  });
});

describe('the message of a giveaway', () => {
  it('says what can be won, by how many, until when, and that the draw is fixed', () => {
    expect(shown(giveaway(), { entered: 420 })).toMatchInlineSnapshot(`
      "**Giveaway: 3 × Google Play 5 USD**
      -# K7Q2M9
      3 winners, one card each
      Ends <t:1767700800:R>
      Entries: **420**
      Fair draw: \`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\`
      The seed behind this hash will be revealed here after the draw, so anyone can verify it.
      [Enter · 420*] giveaway.enter:01K7Q2M900000000
      [Am I in?] giveaway.mine:01K7Q2M900000000
      [Manage] campaign.open:01K7Q2M900000000"
    `);
  });

  it('says who was drawn, and how anybody can check it', () => {
    const of = giveaway({ draw: { seedHash: HASH, drawn, reached: 3 } });
    const file = { winners: [ALICE, BEN], file: '{}' };
    const view = campaignView(of, tally({ won: 1, ordered: 2 }), en, file);
    expect(seen(view)).toMatchInlineSnapshot(`
      "**Giveaway: 3 × Google Play 5 USD**
      -# K7Q2M9
      3 winners, one card each
      2 of 3 claimed
      Winners: <@200000000000000001>, <@200000000000000002>
      Drawn from 420 entries with the seed \`bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\`
      Hash of the entries: \`cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc\`
      Anyone can verify the draw with the file below.
      (attachment://draw-K7Q2M9.json)
      [Am I in?] giveaway.mine:01K7Q2M900000000
      [Manage] campaign.open:01K7Q2M900000000"
    `);
    expect(view.files).toEqual([{ name: 'draw-K7Q2M9.json', text: '{}' }]);
    expect(view.mentions).toBeUndefined();
  });
});

describe('every message of a campaign', () => {
  const all = kinds.flatMap((kind) => states.map((state): [typeof kind, State] => [kind, state]));
  it.each(all)('of a %s that is %s fits Discord, and keeps its first line until it is over', (kind, state) => {
    const base = kind === 'giveaway' ? giveaway : kind === 'drop' ? drop : campaign;
    const view = campaignView(base({ state }), tally({ sent: 2, due: 1 }), en);
    checkLimits(view);
    const first = texts(campaignView(base({ state: 'running' }), none, en))[0];
    const isEnd = ['ended', 'cancelled', 'rejected', 'expired'].includes(state);
    if (isEnd) expect(texts(view)[0]).toContain(` · ${en.campaignPanel.state[state]}**`);
    else expect(texts(view)[0]).toBe(first);
    expect(seen(view)).not.toMatch(/\d USD(?! to claim|\*\*| · )/);
    expect(mainButtons(view).length).toBeLessThanOrEqual(1);
  });

  it('shows what the catalog wrote as it is written', () => {
    const [part] = drop().parts;
    if (!part) throw new Error('no part');
    const of = drop({ parts: [{ ...part, name: '**Acme** <@1> `5`' }] });
    expect(texts(campaignView(of, none, en))[0]).toContain('\\*\\*Acme\\*\\* \\<\\@1\\> \\`5\\`');
  });
});

describe('a call to a channel', () => {
  const call = { campaign: giveaway(), number: 1, users: [ALICE, BEN], until: AT + 24 * HOUR };

  it('tells winners that they won, and until when they claim', () => {
    const view = winnersView({ kind: 'winners', ...call, isOpen: true }, en);
    expect(seen(view)).toMatchInlineSnapshot(`
      "**You won: Google Play 5 USD**
      -# K7Q2M9
      Congratulations, <@200000000000000001>, <@200000000000000002> 🎉
      Claim it by <t:1767700800:f> (<t:1767700800:R>), or it goes to the next person.
      [Claim my card*] giveaway.claim:01K7Q2M900000000"
    `);
    expect(view.mentions).toEqual({ users: [ALICE, BEN] });
    expect(seen(winnersView({ kind: 'winners', ...call, isOpen: false }, en))).not.toContain('[');
  });

  it('says of each what became of them, once nobody may claim', () => {
    const became = [
      { user: ALICE, is: 'claimed' },
      { user: BEN, is: 'unclaimed', why: 'unclaimed' },
      { user: '200000000000000003', is: 'failed', why: 'not_found' },
      { user: '200000000000000004', is: 'claimed' },
    ] as const;
    expect(seen(winnersView({ kind: 'winners', ...call, isOpen: false, became }, en))).toMatchInlineSnapshot(`
      "**Google Play 5 USD: 2 winners**
      -# K7Q2M9
      🎉 <@200000000000000001>, <@200000000000000004> won a Google Play 5 USD gift card (claimed)
      <@200000000000000002>: not claimed in time
      <@200000000000000003>: not found at CardPlusPay"
    `);
  });

  it('tells those whose card waits neither what it is nor from whom, where that is private', () => {
    const waits = { kind: 'waits', ...call, reference: 'P4R7QZ', isOpen: true } as const;
    expect(seen(waitsView({ ...waits, campaign: campaign() }, en))).toMatchInlineSnapshot(`
      "**Your gift card is ready**
      -# P4R7QZ
      <@200000000000000001>, <@200000000000000002>, you have a gift card waiting 🎁
      Press Reveal my code, or run /rewards. Only you will see it.
      [Reveal my code*] campaign.fetch:01K7Q2M900000000"
    `);
    const open = campaign({ gift: { receipt: 'public' } });
    expect(seen(waitsView({ ...waits, campaign: open }, en))).toContain(`From <@${ALICE}>`);
  });

  it('fits Discord with as many as are called at once', () => {
    const users = Array.from({ length: 80 }, (_, index) => String(2_000_000_000_000_000_000n + BigInt(index)));
    checkLimits(winnersView({ kind: 'winners', ...call, users, isOpen: true }, en));
    checkLimits(waitsView({ kind: 'waits', ...call, users, reference: 'P4R7QZ', isOpen: true }, en));
  });
});

it.each(kinds)('the message of a %s says while a stop of all purchases holds it', (kind) => {
  const held = campaign({ kind, state: 'running', parts: blocked('stopped') });
  expect(shown(held)).toContain('All purchases are paused. Nobody loses their place');
  expect(shown(held)).not.toContain('They are being bought');
  expect(shown(campaign({ kind, state: 'running' }))).not.toContain('All purchases are paused');
});

describe('the card of a campaign for its approvers', () => {
  const approval = {
    ...{ channel: '400000000000000001', wanted: 2, endsAt: AT + 72 * HOUR },
    because: [{ rule: 'every_order' as const }],
    budgets: [],
    votes: [{ by: BEN, voice: BEN, at: AT }],
  };
  const asked = campaign({ state: 'awaiting_approval', approval });

  it('says what, for whom, for how much, why here, and until when', () => {
    expect(seen(campaignApprovalView(asked, { decided: undefined }, en))).toMatchInlineSnapshot(`
      "**Approval needed: 250 × Google Play 5 USD**
      -# K7Q2M9
      Total **$1,225.00**
      250 × Google Play 5 USD, $4.90 each
      For 250 named members
      In <#400000000000000002>
      Requested by <@200000000000000001>
      Reason: every order needs 1 approval
      Approved by <@200000000000000002> <t:1767614400:f>
      1 of 2 approvals
      Expires <t:1767873600:R>
      Any approver can decide, except the requester and the recipients. Approval covers all of it, up to the total.
      [Approve $1,225.00*] campaign.approve:01K7Q2M900000000
      [Decline] campaign.reject:01K7Q2M900000000
      [Details] campaign.details:01K7Q2M900000000
      [Manage] campaign.open:01K7Q2M900000000"
    `);
  });

  it('shows the words that it posts, or sends with each card, so that nobody approves them unread', () => {
    const gift = { receipt: 'private' as const, message: 'Well *done*' };
    const shown = (kind: 'drop' | 'bulk') =>
      seen(campaignApprovalView({ ...asked, kind, gift }, { decided: undefined }, en));
    expect(shown('drop')).toContain('\nMessage to be posted: Well \\*done\\*\n');
    expect(shown('bulk')).toContain('\nMessage with each card: Well \\*done\\*\n');
  });

  it('says how it was decided, and has no button any more', () => {
    const decided = {
      at: AT,
      by: BEN,
      state: 'rejected',
      why: 'rejected',
      detail: 'Not *now*',
    } as const;
    expect(seen(campaignApprovalView(asked, { decided }, en))).toMatchInlineSnapshot(`
      "**Declined: 250 × Google Play 5 USD**
      -# K7Q2M9
      Total was $1,225.00
      250 × Google Play 5 USD, $4.90 each
      For 250 named members
      In <#400000000000000002>
      Requested by <@200000000000000001>
      Approved by <@200000000000000002> <t:1767614400:f>
      Declined by <@200000000000000002> <t:1767614400:f>
      Reason: Not \\*now\\*"
    `);
  });

  it('says that the cards of a drop are bought at its start, and what becomes of those that nobody claims', () => {
    const drop = { ...asked, kind: 'drop' as const, buysAtStart: true };
    const text = seen(campaignApprovalView(drop, { decided: undefined }, en));
    expect(text).toContain('All cards are bought at the start.');
    expect(text).toContain('Unclaimed ones are kept for this server');
    const later = seen(campaignApprovalView({ ...drop, buysAtStart: false }, { decided: undefined }, en));
    expect(later).not.toContain('at the start');
  });

  it('is reminded of by a few words that say what waits, how long and until when, and lead to it', () => {
    const card = { channel: '4', message: '5' };
    const content = { kind: 'reminder', campaign: asked, since: 1, number: 2, card, isDue: true };
    const view = campaignReminderView(content as Reminder, en);
    expect(view.mentions).toBeUndefined();
    expect(seen(view)).toMatchInlineSnapshot(`
      "**Still waiting after 12 hours: 250 × Google Play 5 USD**
      -# K7Q2M9
      1 of 2 approvals
      Expires <t:1767873600:f>
      Decide [on the request](https://discord.com/channels/300000000000000001/4/5), or see everything that needs you with /approvals."
    `);
  });
});

describe('news to whoever runs it', () => {
  const step = { at: AT, by: 'cardigan', state: 'halted' as State, why: 'blocked' as const };
  const news = (kind: News['kind'], more: object = {}): News => ({
    kind,
    step: { ...step, ...more },
    since: 2,
  });

  it('says why it stopped, what that means for the money, and what to do', () => {
    const of = campaign({ state: 'halted', parts: blocked('price_rose') });
    const actions = ['reprice', 'cancel'] as const;
    const counts = tally({ sent: 100, due: 150, charged: usd('490') });
    const view = campaignNotificationView(of, news('halted'), { tally: counts, actions }, en);
    expect(seen(view)).toMatchInlineSnapshot(`
      "**On hold: 250 × Google Play 5 USD**
      -# K7Q2M9
      Charged so far **$490.00**
      No more cards are bought for now. Nobody loses their place.
      Why: the price of the card went up. Check the new price and confirm it for the rest, or cancel.
      [See the new price*] campaign.reprice:01K7Q2M900000000
      [Cancel] campaign.cancel:01K7Q2M900000000"
    `);
  });

  it('says in the end what was charged, and for what', () => {
    const of = campaign({ state: 'ended' });
    const counts = tally({ sent: 249, failed: 1, charged: usd('1220.1') });
    const view = campaignNotificationView(of, news('ended'), { tally: counts, actions: ['retry'] }, en);
    expect(seen(view)).toMatchInlineSnapshot(`
      "**Ended: 250 × Google Play 5 USD**
      -# K7Q2M9
      Total charged **$1,220.10**
      Received: **249 of 250**
      Not delivered: 1
      249 of 250 cards delivered.
      1 person didn't get a card. Press Retry the rest: you see the price before anything is bought.
      [Retry the rest*] campaign.retry:01K7Q2M900000000"
    `);
  });

  it('says who rejected it, and why', () => {
    const of = campaign({ state: 'rejected' });
    const how = news('rejected', { by: BEN, why: 'rejected', detail: 'Not *now*' });
    const view = campaignNotificationView(of, how, { tally: none, actions: [] }, en);
    expect(seen(view)).toMatchInlineSnapshot(`
      "**Declined: 250 × Google Play 5 USD**
      -# K7Q2M9
      <@200000000000000002> declined it. Nothing was bought.
      Reason: Not \\*now\\*"
    `);
  });

  it.each(newsKinds)('of %s fits Discord, and says no amount in a channel', (kind) => {
    checkLimits(campaignNotificationView(campaign(), news(kind), { tally: none, actions: [] }, en));
    const view = campaignNewsView(campaign(), news(kind), en);
    checkLimits(view);
    expect(seen(view)).not.toContain('USD');
  });
});
