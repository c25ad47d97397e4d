import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../../src/campaigns/model/campaign.ts';
import type { Stats } from '../../../src/campaigns/model/entry.ts';
import { en } from '../../../src/i18n/en.ts';
import { campaignApprovalView } from '../../../src/views/approvals/campaign-card.ts';
import { campaignDetailsView } from '../../../src/views/approvals/requester-details.ts';
import { ALICE, AT, campaign, usd } from '../../campaigns/campaign.ts';
import { seen } from '../seen.ts';

const BEN = '200000000000000002';
const none: Stats = {
  ...{ entered: 0, won: 0, due: 0, ordered: 0, failed: 0, lapsed: 0 },
  ...{ sent: 0, waiting: 0, onWay: 0, pool: 0, unclear: 0, openOrders: 0 },
  charged: usd('0'),
};
const all = { ...none, ordered: 3, sent: 3, charged: usd('14.55') };
const approval = {
  ...{ channel: '400000000000000001', wanted: 1, endsAt: AT + 72 * 60 * 60_000 },
  because: [{ rule: 'every_order' as const }],
  budgets: [],
  votes: [{ by: BEN, voice: BEN, at: AT }],
};
const decided = { at: AT, by: BEN, state: 'running', why: 'approved' } as const;

const cardOf = (
  state: Campaign['state'],
  tally: Stats,
  more: Partial<Campaign> = {},
  users: readonly string[] = [],
) => {
  const history = [decided, { at: AT, by: 'cardigan', state, ...(state === 'cancelled' && { by: ALICE }) }];
  const one = campaign({ state, places: 3, approval, charged: usd('14.55'), history, ...more });
  return seen(campaignApprovalView(one, { decided, tally, users }, en));
};

describe('the card of a campaign that was approved', () => {
  it('ends with what it gave and cost', () => {
    expect(cardOf('running', none)).toMatchInlineSnapshot(`
      "**Started: 3 × Google Play 5 USD**
      -# K7Q2M9
      Total **$14.55**
      3 × Google Play 5 USD, $4.90 each
      For 3 named members
      In <#400000000000000002>
      Requested by <@200000000000000001>
      Approved by <@200000000000000002> <t:1767614400:f>"
    `);
    expect(cardOf('ended', all)).toMatchInlineSnapshot(`
      "**Finished: 3 × Google Play 5 USD**
      -# K7Q2M9
      **3 of 3** delivered
      Total charged **$14.55**
      3 × Google Play 5 USD, $4.90 each
      For 3 named members
      In <#400000000000000002>
      Requested by <@200000000000000001>
      Approved by <@200000000000000002> <t:1767614400:f>"
    `);
  });

  it('says what was not delivered, and why nothing was charged', () => {
    expect(cardOf('ended', { ...all, sent: 1, waiting: 1, failed: 1 })).toContain('Not delivered: 1');
    expect(cardOf('cancelled', none)).toMatch(
      /^\*\*Cancelled: .*0 of 3\*\* delivered\nNothing was charged.\nCancelled by /s,
    );
  });

  it.each([
    ['scheduled', 'Approved'],
    ['closing', 'Started'],
    ['paused', 'Paused'],
    ['halted', 'On hold'],
    ['planned', 'On hold'],
    ['expired', 'Expired'],
  ] as const)('while it is %s says %s', (state, title) => {
    expect(cardOf(state, none)).toMatch(new RegExp(`^\\*\\*${title}: `));
  });

  it('shows no total of a rest that was offered anew', () => {
    expect(cardOf('planned', none)).not.toContain('Total');
  });
});

describe('to whom a bulk send goes', () => {
  const users = Array.from({ length: 20 }, (_, index) => String(300_000_000_000_000_000n + BigInt(index)));

  it('stands on the card of one that is announced in public, the first twenty by name', () => {
    const card = cardOf('running', none, { places: 32 }, users);
    expect(card).toContain('To <@300000000000000000>, ');
    expect(card).toContain('<@300000000000000019> and 12 more');
  });

  it('is read by an approver alone, with the rest of the details', () => {
    const month = { charged: usd('20'), isPart: false };
    const details = { campaign: campaign({ places: 2 }), users: users.slice(0, 2), recent: [], month };
    expect(seen(campaignDetailsView({ ...details, balance: 'hidden' }, en))).toMatchInlineSnapshot(`
      "**Before you decide: 2 × Google Play 5 USD**
      -# K7Q2M9
      To <@300000000000000000>, <@300000000000000001>
      Charged for their orders this month: **$20.00**
      Requested by <@200000000000000001>
      They have ordered nothing here before.
      Only you see this. Spending limits are on the request."
    `);
  });
});
