import type { Lack } from '../campaigns/claim/eligibility.ts';
import type { State } from '../campaigns/model/campaign.ts';
import type { CaseState } from '../orders/model/case.ts';
import type { Stop } from '../orders/model/kill-switch.ts';
import type { Status } from '../orders/model/order.ts';
import type { Refusal } from '../policy/types.ts';
import type { Money } from './money.ts';

/** How an order's wait for approval ended. */
export type ApprovalEnd = Extract<Status, 'approved' | 'rejected' | 'cancelled' | 'expired'>;

/** What can stop somebody, in words they can act on: each code has its sentence in `src/i18n/`. */
export interface ProblemParams {
  unknown_item: { item: string };
  bad_quantity: { highest: number };
  bad_amount: { text: string };
  out_of_stock: { item: string; quantity: number };
  balance_too_low: { charged: Money; balance: Money | undefined };
  over_order_cap: { charged: Money; cap: Money };
  over_day_cap: { charged: Money; cap: Money; left: Money };
  managers_only: Record<never, never>;
  not_a_member: Record<never, never>;
  member_unclear: Record<never, never>;
  bad_limit: { text: string; highest: number };
  too_many_limits: { most: number };
  limit_gone: Record<never, never>;
  recipient_self: Record<never, never>;
  recipient_bot: Record<never, never>;
  recipient_not_here: Record<never, never>;
  recipient_unclear: Record<never, never>;
  campaign_unknown: Record<never, never>;
  not_your_campaign: Record<never, never>;
  own_campaign: { reference: string };
  campaign_moved: { reference: string; state: State };
  campaign_over: { reference: string };
  campaign_paused: { reference: string };
  all_claimed: { reference: string };
  not_eligible: { lacking: readonly Lack[] };
  not_drawn: { reference: string };
  being_drawn: { reference: string };
  claimed_too_late: { reference: string };
  not_to_replace: { reference: string };
  bulk_item_missing: Record<never, never>;
  bulk_whom_twice: Record<never, never>;
  too_many_recipients: { most: number };
  nothing_to_retry: { reference: string };
  no_card_of_it: { reference: string };
  card_on_its_way: { reference: string };
  bad_time: { text: string };
  ends_too_early: Record<never, never>;
  order_unknown: Record<never, never>;
  order_not_found: Record<never, never>;
  not_yours: Record<never, never>;
  needs_approval: { reference: string };
  needs_no_approval: { reference: string };
  no_approval_channel: Record<never, never>;
  approvers_only: Record<never, never>;
  approved_by_you: { reference: string };
  delegate_incomplete: Record<never, never>;
  delegate_self: Record<never, never>;
  delegate_bot: Record<never, never>;
  delegate_not_here: Record<never, never>;
  delegate_approves: Record<never, never>;
  delegate_unclear: Record<never, never>;
  bad_until: { text: string };
  no_delegate: Record<never, never>;
  policy_refuses: { refusals: readonly Refusal[]; currency: string };
  own_approval: { reference: string };
  approval_over: { reference: string; how: ApprovalEnd };
  membership_unknown: { reference: string };
  quote_expired: { reference: string };
  already_decided: { reference: string; status: Status };
  purchases_stopped: { why: Stop['why']; detail: string };
  not_stopped: Record<never, never>;
  admins_only: Record<never, never>;
  bad_since: { text: string };
  own_review: { reference: string };
  decision_not_open: { reference: string };
  remote_belongs: { number: number; reference: string };
  nothing_to_reveal: { reference: string };
  nothing_to_report: { reference: string };
  no_such_card: { highest: number };
  case_unknown: Record<never, never>;
  own_case: { name: string };
  case_moved: { name: string; state: CaseState };
  only_admins_resend: Record<never, never>;
  being_delivered: { reference: string };
  nothing_to_resend: { reference: string };
  resent_meanwhile: { reference: string };
  codes_gone: { reference: string; number: string };
  bad_setting_amount: { text: string; highest: number; decimals: number };
  bad_setting_number: { text: string; highest: number };
  day_below_order: { order: string; day: string };
  bad_tier: { text: string; most: number };
  too_many_tiers: { most: number };
  tier_twice: { over: string };
  idle_tier: { below: string; above: string };
  too_many_listed: { most: number };
  /** `near`: names that are like it, for a sentence; nothing where none is. */
  unknown_brand: { brand: string; near: string };
  unknown_listed_item: { item: string; near: string };
  bad_currency: { text: string };
  bad_time_zone: { text: string; near: string };
  channel_closed: { channel: string; lacks: 'view' | 'send' | 'both' };
  channel_gone: Record<never, never>;
  role_gone: Record<never, never>;
  place_unclear: Record<never, never>;
  everyone_approves: Record<never, never>;
  balance_hidden: Record<never, never>;
  query_gone: Record<never, never>;
  members_not_told: Record<never, never>;
  members_not_listed: Record<never, never>;
  file_too_large: { most: string };
  file_unreadable: Record<never, never>;
  file_unavailable: Record<never, never>;
  guild_not_allowed: Record<never, never>;
  button_unknown: Record<never, never>;
  vendor_key_refused: Record<never, never>;
  vendor_signing_wanted: Record<never, never>;
  vendor_invalid: { detail: string };
  vendor_rate_limited: { seconds: number };
  vendor_unavailable: Record<never, never>;
  vendor_unreadable: Record<never, never>;
}

export type ProblemCode = keyof ProblemParams;

/** Something a person can mend or wait out: said in their words. Any other error is a bug, or a broken machine. */
export class Problem<Code extends ProblemCode = ProblemCode> extends Error {
  override readonly name = 'Problem';
  readonly code: Code;
  readonly params: ProblemParams[Code];

  constructor(code: Code, params: ProblemParams[Code], options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.params = params;
  }
}
