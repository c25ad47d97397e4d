import type { Money } from '../../lib/index.ts';
import { money } from './count.ts';
import { states } from './orders.ts';

const reasons = {
  confirmed: 'confirmed',
  approval_asked: 'approval requested',
  approved: 'approved',
  approved_one: 'one approval given',
  campaign: 'decided with its campaign',
  rejected: 'declined',
  not_served: 'Cardigan no longer serves this server',
  requester_left: 'the requester has left the server',
  recipient_left: 'the recipient has left the server',
  policy_refuses: "the server's rules no longer allow it",
  approvals_lacking: 'no longer has enough approvals under the current rules',
  discord_unreachable: "couldn't check server membership (Discord didn't respond)",
  asked: 'on request',
  too_late: 'expired',
  price_rose: 'the price rose',
  offered_again: 'new quote at the new price',
  out_of_stock: 'out of stock',
  balance_too_low: 'balance too low',
  over_order_cap: 'over the limit for one order',
  over_day_cap: "over the day's limit",
  vendor_refused: 'refused by CardPlusPay',
  vendor_unreachable: "couldn't reach CardPlusPay",
  never_sent: 'never sent',
  no_answer: 'no clear answer from CardPlusPay',
  found: 'found at CardPlusPay',
  found_late: 'turned up at CardPlusPay later',
  found_several: 'several orders at CardPlusPay could be this one',
  found_differs: 'an order at CardPlusPay could be this one, at a different amount',
  found_unclear: 'an order at CardPlusPay could be this one',
  not_listed: "CardPlusPay doesn't show it",
  codes_unlisted: "CardPlusPay sent codes but doesn't list the order",
  list_unreadable: "couldn't read CardPlusPay's list",
  charged_more: 'CardPlusPay charged more than it quoted',
  charged_unclear: "CardPlusPay didn't say clearly what it charged",
  remote_taken: 'CardPlusPay named another order',
  codes_missing: 'some codes are still to come',
  codes_came: 'more codes arrived',
  code_twice: 'a code was also delivered with another order',
  codes_overdue: 'codes are a day late',
  vendor_gave_up: 'CardPlusPay cancelled the order',
  dm_closed: 'direct messages closed',
  dm_failed: 'direct message not accepted',
  dm_withheld: 'not sent: Discord asked for fewer direct messages; the code is ready to reveal',
  dm_sent: 'codes sent by direct message',
  to_reveal: 'ready for recipients to reveal',
  revealed: 'codes revealed',
  received: 'codes received',
  claimed: 'a card was claimed',
  left_over: 'unclaimed cards went to one person',
  on_hand: 'its campaign ended: unclaimed cards are on hand for the server',
  from_hand: 'served from cards on hand, nothing charged',
  handed_on: 'cards on hand used for another order',
  stopped: 'purchases are paused',
  record_unreadable: "a record it depends on can't be read",
  review_ours: 'matched by an admin',
  review_named: 'an admin matched one that differs from what was ordered; a second admin has to confirm',
  review_reopened: 'reopened by an admin',
  restored: 'Cardigan was restored from an older backup',
  review_none: 'an admin says CardPlusPay does not have it',
  review_wait: 'an admin asked to keep checking for codes',
  review_closed: 'closed by an admin',
  resent: 'codes resent on request',
  purged: 'codes no longer stored',
};

/** Steps that say it all by themselves. */
const wholeSteps: Partial<Record<string, string>> = {
  'quoted asked': 'quote created',
  'awaiting_approval approval_asked': 'approval requested',
  'approved confirmed': 'confirmed',
  'approved approved': 'approved',
  'rejected rejected': 'declined',
  'cancelled asked': 'cancelled',
  'expired too_late': 'expired',
};

/** The list of somebody's orders, and the timeline of one. */
export const orders = {
  title: 'Your orders',
  row: (what: string, charged: Money, state: string, reference: string) =>
    `**${what}** · ${money(charged)} · ${state} · ${reference}`,
  none: 'You have no orders here yet.',
  noneNext: 'Run /buy to get a quote, or browse /catalog.',
  option: (what: string, reference: string) => `${reference} · ${what}`,
  optionHint: (state: string, charged: Money) => `${state} · ${money(charged)}`,
  timeline: 'Timeline',
  state: states,
  reasons,
  /** What a step was: its state, with the reason beside it where that says more. */
  step: (status: keyof typeof states, why?: keyof typeof reasons): string => {
    if (why === undefined) return states[status];
    return wholeSteps[`${status} ${why}`] ?? `${states[status]} (${reasons[why]})`;
  },
};
