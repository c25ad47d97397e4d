import type { Money } from '../lib/index.ts';
import type { CaseState } from './model/case.ts';
import type { Stop } from './model/kill-switch.ts';
import type { Status } from './model/order.ts';

declare module '../lib/problem.ts' {
  interface ProblemParams {
    /** `namespace`: of the record. */
    record_unreadable: { namespace: string };
    bad_quantity: { highest: number };
    balance_too_low: { charged: Money; balance: Money | undefined };
    over_order_cap: { charged: Money; cap: Money };
    approval_over_order_cap: { reference: string; charged: Money; cap: Money };
    approval_over_day_cap: { reference: string; charged: Money; cap: Money; left: Money };
    over_day_cap: { charged: Money; cap: Money; left: Money };
    order_unknown: Nothing;
    order_not_found: Nothing;
    not_yours: Nothing;
    needs_no_approval: { reference: string };
    no_approval_channel: Nothing;
    quote_expired: { reference: string };
    already_decided: { reference: string; status: Status };
    purchases_stopped: { why: Stop['why']; detail: string };
    not_stopped: Nothing;
    /** `left`: how many orders at CardPlusPay wait for a decision. */
    restored_open: { left: number };
    admins_only: Nothing;
    own_review: { reference: string };
    decision_not_open: { reference: string };
    bad_remote_number: { text: string };
    second_admin: { reference: string; number: string };
    remote_belongs: { number: number; reference: string };
    nothing_to_reveal: { reference: string };
    nothing_to_report: { reference: string };
    no_such_card: { highest: number };
    case_unknown: Nothing;
    own_case: { name: string };
    case_moved: { name: string; state: CaseState };
    only_admins_resend: Nothing;
    being_delivered: { reference: string };
    nothing_to_resend: { reference: string };
    resent_meanwhile: { reference: string };
    codes_gone: { reference: string; number: string };
    out_of_stock: { item: string; quantity: number };
  }
}
