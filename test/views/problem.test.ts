import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { Problem, type ProblemParams } from '../../src/lib/problem.ts';
import { incidentView, problemView } from '../../src/views/problem.ts';
import { usd } from './samples.ts';
import { seen } from './seen.ts';

const params: ProblemParams = {
  record_unreadable: { namespace: 'orders' },
  unknown_item: { item: 'gogle-5' },
  physical_reward: { item: 'Airbnb US 50 USD', ask: 'physical airbnb-usd-50' },
  bad_remote_number: { text: 'ORD-1042' },
  second_admin: { reference: 'K7Q2M9', number: 'ORD-1042' },
  bad_quantity: { highest: 100 },
  bad_amount: { text: 'ten' },
  out_of_stock: { item: 'Google Play 5 USD', quantity: 2 },
  balance_too_low: { charged: usd('9.8'), balance: usd('5') },
  over_order_cap: { charged: usd('1200'), cap: usd('1000') },
  too_many_offers: { most: 5, minutes: 12 },
  too_many_requests: { most: 5 },
  approval_over_order_cap: { reference: 'K7QX2M', charged: usd('900'), cap: usd('500') },
  approval_over_day_cap: { reference: 'K7QX2M', charged: usd('900'), cap: usd('5000'), left: usd('120.5') },
  over_day_cap: { charged: usd('900'), cap: usd('5000'), left: usd('120.5') },
  managers_only: {},
  not_a_member: {},
  member_unclear: {},
  bad_limit: { text: 'ten', highest: 999_999_999 },
  too_many_limits: { most: 100 },
  limit_gone: {},
  recipient_self: {},
  recipient_bot: {},
  recipient_not_here: {},
  recipient_unclear: {},
  campaign_unknown: {},
  not_your_campaign: {},
  bulk_item_missing: {},
  bulk_whom_twice: {},
  too_many_recipients: { most: 10_000 },
  too_many_reacted: { most: 1_000 },
  no_message_link: {},
  message_elsewhere: {},
  message_unreadable: {},
  message_gone: {},
  nobody_reacted: {},
  reactions_not_told: {},
  bad_template_name: { most: 40 },
  not_a_template: {},
  template_name_taken: { name: 'Friday quiz' },
  too_many_templates: { most: 25 },
  template_unknown: {},
  not_your_template: {},
  nothing_to_retry: { reference: 'K7Q2M9' },
  no_card_of_it: { reference: 'K7Q2M9' },
  card_on_its_way: { reference: 'K7Q2M9' },
  own_campaign: { reference: 'K7Q2M9' },
  campaign_moved: { reference: 'K7Q2M9', state: 'ended' },
  campaign_over: { reference: 'K7Q2M9' },
  campaign_paused: { reference: 'K7Q2M9' },
  all_claimed: { reference: 'K7Q2M9' },
  not_eligible: {
    lacking: [
      { rule: 'role', role: '77' },
      { rule: 'account', days: 30 },
      { rule: 'member', days: 1 },
      { rule: 'quiet', days: 7 },
    ],
  },
  not_drawn: { reference: 'K7Q2M9' },
  being_drawn: { reference: 'K7Q2M9' },
  claimed_too_late: { reference: 'K7Q2M9' },
  not_to_replace: { reference: 'K7Q2M9' },
  order_unknown: {},
  order_not_found: {},
  not_yours: {},
  needs_approval: { reference: 'K7Q2M9' },
  needs_no_approval: { reference: 'K7Q2M9' },
  no_approval_channel: {},
  approvers_only: {},
  approved_by_you: { reference: 'K7Q2M9' },
  delegate_incomplete: {},
  delegate_self: {},
  delegate_bot: {},
  delegate_not_here: {},
  delegate_approves: {},
  delegate_unclear: {},
  bad_until: { text: 'later' },
  time_skipped: { text: '02:30' },
  time_twice: { text: '02:30' },
  bad_time: { text: 'later' },
  ends_too_early: {},
  no_delegate: {},
  policy_refuses: {
    currency: 'USD',
    refusals: [
      { rule: 'brand', is: 'Acme', allowed: ['Google Play', 'Steam'] },
      { rule: 'over_budget', scope: { kind: 'guild' }, period: 'month', limit: '50', left: '4.2' },
    ],
  },
  own_approval: { reference: 'K7Q2M9' },
  left_server: {},
  in_campaign: { reference: 'K7Q2M9' },
  channel_not_yours: {},
  edit_needs_approver: { reference: 'K7Q2M9' },
  delegates_approval: { reference: 'K7Q2M9' },
  approval_over: { reference: 'K7Q2M9', how: 'rejected' },
  membership_unknown: { reference: 'K7Q2M9' },
  quote_expired: { reference: 'K7Q2M9' },
  already_decided: { reference: 'K7Q2M9', status: 'repriced' },
  purchases_stopped: { why: 'asked', detail: 'We count the cards.' },
  not_stopped: {},
  admins_only: {},
  bad_since: { text: 'yesterday' },
  own_review: { reference: 'K7Q2M9' },
  decision_not_open: { reference: 'K7Q2M9' },
  remote_belongs: { number: 1042, reference: 'K7Q2M9' },
  nothing_to_reveal: { reference: 'K7Q2M9' },
  nothing_to_report: { reference: 'K7Q2M9' },
  no_such_card: { highest: 2 },
  case_unknown: {},
  own_case: { name: 'K7Q2M9-1' },
  case_moved: { name: 'K7Q2M9-1', state: 'sent' },
  only_admins_resend: {},
  being_delivered: { reference: 'K7Q2M9' },
  nothing_to_resend: { reference: 'K7Q2M9' },
  resent_meanwhile: { reference: 'K7Q2M9' },
  codes_gone: { reference: 'K7Q2M9', number: 'ORD-2026-001' },
  bad_setting_amount: { text: '12,50', highest: 1_000_000, decimals: 3 },
  bad_setting_number: { text: 'ten', highest: 60 },
  day_below_order: { order: '20', day: '10' },
  bad_tier: { text: '200 by two', most: 5 },
  too_many_tiers: { most: 5 },
  tier_twice: { over: '200' },
  idle_tier: { below: '200', above: '500' },
  too_many_listed: { most: 25 },
  unknown_brand: { brand: 'Stream', near: 'Steam' },
  unknown_listed_item: { item: 'gogle-5', near: '' },
  bad_currency: { text: 'Dollar' },
  bad_time_zone: { text: 'Berlin', near: 'Europe/Berlin' },
  channel_closed: { channel: 'approvals', lacks: ['view', 'send'] },
  channel_gone: {},
  role_gone: {},
  place_unclear: {},
  everyone_approves: {},
  balance_hidden: {},
  asked_too_often: { seconds: 12 },
  query_gone: {},
  members_not_told: {},
  members_not_listed: {},
  file_too_large: { most: '2 MB' },
  file_unreadable: {},
  nothing_written: {},
  file_unavailable: {},
  guild_not_allowed: {},
  button_unknown: {},
  vendor_key_refused: {},
  vendor_signing_wanted: {},
  vendor_invalid: { detail: 'The item_code field is wrong.' },
  vendor_rate_limited: { seconds: 30 },
  vendor_unavailable: {},
  vendor_unreadable: {},
};
const codes = Object.keys(params) as (keyof ProblemParams)[];

describe('a problem says what happened, what it means for the money, and what to do', () => {
  it.each(codes)('%s', (code) => {
    expect(seen(problemView(new Problem(code, params[code]), en))).toMatchSnapshot();
  });

  it('names whom to ask, where somebody may not do it themselves', () => {
    const ask = { what: 'approvers', roles: ['77'], users: [] } as const;
    const view = problemView(new Problem('approvers_only', {}), en, { ask });
    expect(seen(view).split('\n').at(-1)).toContain('<@&77>');
    expect(view.mentions).toBeUndefined();
    const nobody = { ...ask, roles: [] };
    expect(problemView(new Problem('approvers_only', {}), en, { ask: nobody })).toEqual(
      problemView(new Problem('approvers_only', {}), en),
    );
  });

  it('keeps what people typed on its line, without markup', () => {
    const problem = new Problem('unknown_item', { item: 'Inc. "5"\n@everyone **x**' });
    expect(seen(problemView(problem, en)).split('\n')[0]).toBe(
      '**CardPlusPay has no card with the code "Inc. "5" \\@everyone \\*\\*x\\*\\*".**',
    );
  });

  it('says a state in words, whatever its name is inside', () => {
    const problem = new Problem('already_decided', { reference: 'K7Q2M9', status: 'not_found' });
    expect(seen(problemView(problem, en))).toContain('"not found yet"');
  });

  it('is short where CardPlusPay gave no detail', () => {
    const problem = new Problem('vendor_invalid', { detail: '' });
    expect(seen(problemView(problem, en))).toContain("**CardPlusPay didn't accept this.**");
  });
});

it('an incident has a name to pass on, and says where to look for the money', () => {
  expect(seen(incidentView('7F3K2A', en))).toMatchInlineSnapshot(`
    "**Something went wrong (incident 7F3K2A).**
    Nothing is bought twice; check /orders to see where your order stands. Give this ID to your admin."
  `);
});
