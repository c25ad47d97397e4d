import type { ApprovalEnd } from './approval.ts';
import type { Right } from './settings/rights.ts';
import type { Refusal } from './types.ts';

declare module '../lib/problem.ts' {
  interface ProblemParams {
    delegate_incomplete: Nothing;
    balance_hidden: Nothing;
    managers_only: Nothing;
    left_server: Nothing;
    not_a_member: Nothing;
    member_unclear: Nothing;
    bad_limit: { text: string; highest: number };
    too_many_limits: { most: number };
    limit_gone: Nothing;
    approvers_only: Nothing;
    needs_approval: { reference: string };
    approved_by_you: { reference: string };
    own_approval: { reference: string };
    delegates_approval: { reference: string };
    approval_over: { reference: string; how: ApprovalEnd };
    membership_unknown: { reference: string };
    delegate_self: Nothing;
    delegate_bot: Nothing;
    delegate_not_here: Nothing;
    delegate_approves: Nothing;
    delegate_unclear: Nothing;
    bad_until: { text: string };
    time_skipped: { text: string };
    time_twice: { text: string };
    no_delegate: Nothing;
    too_many_offers: { most: number; minutes: number };
    too_many_requests: { most: number };
    policy_refuses: { refusals: readonly Refusal[]; currency: string };
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
    channel_closed: { channel: string; lacks: readonly Right[] };
    channel_gone: Nothing;
    role_gone: Nothing;
    place_unclear: Nothing;
    everyone_approves: Nothing;
  }
}
