import type { ProblemWords } from '../problem-words.ts';
import { reactionProblems } from './bulk-people.ts';
import { campaignProblems } from './campaign-problems.ts';
import { caseStates } from './cases.ts';
import { money, roundMoney } from './count.ts';
import { states } from './orders.ts';
import { physicalProblems } from './physical.ts';
import { policy } from './policy.ts';
import { recipientProblems } from './rewards.ts';
import { settingProblems } from './setting-problems.ts';
import { templateProblems } from './templates.ts';
import { unreadableRecords } from './unreadable.ts';

/** Why purchases are stopped, told to whoever tries to buy. */
const stopped = {
  asked: 'Purchases are paused by an admin.',
  unknown_outcomes: "Purchases are paused: CardPlusPay didn't answer clearly on several orders.",
  books_ahead: "Purchases are paused: CardPlusPay's records and Cardigan's differ.",
  restored: 'Purchases are paused: Cardigan was restored from a backup, and admins are checking what was bought since.',
  record_unreadable: "Purchases are paused: the record of the last pause can't be read.",
};

/** How an order's wait for approval ended. */
const ends = {
  approved: 'was already approved',
  rejected: 'was already declined',
  cancelled: 'was already cancelled',
  expired: 'expired without a decision',
};

/** Two lines each: what happened, then what it means for the money and what to do. */
export const problems: ProblemWords = {
  record_unreadable: ({ namespace }) =>
    `${unreadableRecords.what(namespace)} can't be read.\nNothing was bought or changed. The admins have been told. Try again once whoever runs Cardigan has restored it.`,
  unknown_item: ({ item }) =>
    `CardPlusPay has no card with the code "${item}".\nNothing was bought. Pick one from the list as you type, or browse /catalog.`,
  bad_quantity: ({ highest }) =>
    `The quantity must be a whole number from 1 to ${highest}.\nNothing was bought. Please give another quantity.`,
  bad_amount: ({ text }) => `"${text}" isn't an amount.\nNothing was changed. Please give a number such as 5 or 12.50.`,
  out_of_stock: ({ item, quantity }) =>
    `CardPlusPay says that ${quantity} × ${item} is out of stock.\nNothing was bought. Try a smaller quantity, or pick another card with /catalog.`,
  balance_too_low: ({ charged, balance }) =>
    `This would cost ${money(charged)}, and the account has ${balance ? money(balance) : 'less than that'}.\nNothing was bought. Ask whoever tops up the CardPlusPay account, or choose fewer cards.`,
  over_order_cap: ({ charged, cap }) =>
    `This would cost ${money(charged)}, and the limit for one order is ${roundMoney(cap)}.\nNothing was bought. Choose fewer cards, or ask whoever runs Cardigan to raise the limit.`,
  over_day_cap: ({ charged, cap, left }) =>
    `This would cost ${money(charged)}. Of the ${roundMoney(cap)} daily limit, ${money(left)} is left until midnight UTC.\nNothing was bought. Choose fewer cards, or come back tomorrow.`,
  too_many_offers: ({ most, minutes }) =>
    `You have ${most} open quotes, which is the most at once.\nNothing was bought. Confirm or cancel one of them, or try again in ${minutes === 1 ? '1 minute' : `${minutes} minutes`}, when the next one expires.`,
  too_many_requests: ({ most }) =>
    `You have ${most} requests waiting for approval, which is the most at once.\nNothing was bought. Cancel one of them with /orders or /reward list, or try again once one is decided.`,
  approval_over_order_cap: ({ reference, charged, cap }) =>
    `${reference} costs ${money(charged)}, and the limit for one order is ${roundMoney(cap)}.\nNothing was bought, your approval was not counted, and the request stays open. Decline it, or ask whoever runs Cardigan to raise the limit.`,
  approval_over_day_cap: ({ reference, charged, cap, left }) =>
    `${reference} costs ${money(charged)}. Of the ${roundMoney(cap)} daily limit, ${money(left)} is left until midnight UTC.\nNothing was bought, your approval was not counted, and the request stays open. Approve it after midnight UTC, or decline it.`,
  managers_only: () =>
    'Only people with Manage Server can see and change this.\nNothing was changed. Please ask one of them.',
  not_a_member: () => "That person isn't in this server.\nNothing was changed. Please choose someone who is.",
  member_unclear: () =>
    "Discord didn't respond, so Cardigan couldn't check their roles.\nNothing was changed. Please try again in a minute.",
  bad_limit: ({ text, highest }) =>
    `"${text}" isn't a limit.\nNothing was changed. Give an amount from 0 to ${highest}, without its currency, such as 500, 12.50 or 1000. With 0, nothing can be bought.`,
  too_many_limits: ({ most }) =>
    `This server already has ${most} limits, which is the most.\nNothing was changed. Remove one that is no longer needed with /budget, then set this one.`,
  limit_gone: () => 'This limit no longer exists.\nNothing was changed. See all limits in /budget.',
  ...recipientProblems,
  ...campaignProblems,
  ...reactionProblems,
  ...templateProblems,
  // Nothing else is ever taken off the record.
  order_unknown: () =>
    'This quote has expired or was cancelled.\nNothing was bought. Run the command again for a new quote.',
  order_not_found: () =>
    'There is no order with this reference that you can see here.\nNothing was changed. Check the six characters, or find it in /orders in the server where it was bought.',
  not_yours: () =>
    "This is somebody else's order, so only they can use this button.\nNothing was changed. See your own in /orders.",
  needs_approval: ({ reference }) =>
    `Order ${reference} now needs approval.\nNothing was bought. Open it in /orders to request it.`,
  needs_no_approval: ({ reference }) =>
    `Order ${reference} no longer needs approval.\nNothing was bought. Open it in /orders to confirm it yourself.`,
  no_approval_channel: () =>
    "Cardigan can't post here or in the admins' channel, so it couldn't ask anyone to approve.\nNothing was bought. Ask an admin to let Cardigan post there, then press the button again.",
  approvers_only: () => "Only this server's approvers can do this.\nNothing was changed. Please ask one of them.",
  approved_by_you: ({ reference }) =>
    `You have already approved order ${reference}.\nThis press changed nothing. It needs someone else now.`,
  delegate_incomplete: () =>
    'A delegate needs both a member and an end date.\nNothing was changed. Run /delegate again with both, or with neither to see your current delegate.',
  delegate_self: () => "You can't be your own delegate.\nNothing was changed. Please choose someone else.",
  delegate_bot: () => "A bot can't be your delegate.\nNothing was changed. Please choose a person in this server.",
  delegate_not_here: () =>
    'Your delegate has to be in this server.\nNothing was changed. Please choose someone who is.',
  delegate_approves: () =>
    'They are already an approver here.\nNothing was changed. Please choose someone who is not an approver.',
  delegate_unclear: () =>
    "Discord didn't respond, so Cardigan couldn't check whether they are still here.\nNothing was changed. Please run the command again in a minute.",
  bad_until: ({ text }) =>
    `"${text}" isn't a valid date (today to 60 days from now).\nNothing was changed. Please give a weekday such as Monday, or today, tomorrow, 3 days, 2 weeks, 18:00, or a date such as 2026-12-01.`,
  time_skipped: ({ text }) =>
    `"${text}" does not exist in this server's time zone: the clocks go forward and skip it.\nNothing was changed. Please choose a time an hour earlier or later.`,
  time_twice: ({ text }) =>
    `"${text}" happens twice in this server's time zone, because the clocks go back.\nNothing was changed. Please choose a time an hour earlier or later, or give the exact one as a Discord timestamp, such as <t:1793838600>.`,
  no_delegate: () =>
    'You have no delegate right now.\nNothing was changed. To choose one, run /delegate with a member and an end date.',
  policy_refuses: ({ refusals, currency }) =>
    `${refusals.map((refusal) => policy.refusal(refusal, currency)).join(' ')}\nNothing was bought. Choose something else, or ask an admin of this server what is allowed.`,
  left_server: () =>
    "You are no longer in the server this belongs to, so you can't decide, claim or change anything there.\nNothing was changed. Cards already bought for you stay yours: reveal them from the message about them.",
  delegates_approval: ({ reference }) =>
    `You can't decide on order ${reference}: it involves your delegate, or someone whose delegate you are.\nNothing was changed. Ask another approver to decide.`,
  own_approval: () =>
    "You can't approve your own order, or one whose cards are for you.\nNothing was changed. Ask another approver to decide.",
  approval_over: ({ reference, how }) =>
    `Order ${reference} ${ends[how]}.\nThis press changed nothing. The request shows who decided, and when.`,
  membership_unknown: ({ reference }) =>
    `Discord didn't respond, so Cardigan couldn't check whether the requester of order ${reference} is still here.\nNothing was changed. Please press the button again in a minute.`,
  quote_expired: ({ reference }) =>
    `Quote ${reference} has expired.\nNothing was bought. Run /buy again for today's price.`,
  already_decided: ({ reference, status }) =>
    `Order ${reference} has moved on: it is now "${states[status]}".\nThis press changed nothing. See the order in /orders.`,
  purchases_stopped: ({ why, detail }) =>
    `${stopped[why]}${detail && why !== 'restored' ? ` "${detail.replace(/\.$/, '')}".` : ''}\nNothing was bought. You can still browse /catalog and reveal your codes in /orders; try again once an admin has resumed purchases.`,
  not_stopped: () => 'Purchases are not paused.\nNothing was changed. To pause them, run /stop.',
  restored_open: ({ left }) =>
    `Purchases can't be resumed yet: ${left === 1 ? '1 order at CardPlusPay still needs' : `${left} orders at CardPlusPay still need`} a decision.\nNothing was changed. Settle each in the admins' channel with Attach to an order or Not ours, then press Resume purchases again.`,
  admins_only: () =>
    "Only people with Manage Server in Cardigan's own server can do this.\nNothing was changed. Please ask one of them.",
  bad_since: ({ text }) =>
    `"${text}" isn't a valid start date.\nNothing was changed. Give a past date such as 2026-11-01 (from midnight UTC), or how long ago, up to 3650 days: such as 7 or "7 days", 12h or 1h30m.`,
  own_review: ({ reference }) =>
    `You can't review your own order.\nNothing was changed. Ask another admin, or whoever runs Cardigan: npm run resolve -- ${reference}.`,
  decision_not_open: ({ reference }) =>
    `Order ${reference} doesn't need that decision.\nNothing was changed. See in /review what it needs.`,
  bad_remote_number: ({ text }) =>
    `"${text}" isn't a CardPlusPay order ID, which is a whole number such as 1042.\nNothing was changed. You can find it on CardPlusPay's site, beside the order.`,
  second_admin: ({ reference, number }) =>
    `You already said that ${number} is order ${reference}. It differs from what was ordered, so a second admin has to confirm it.\nNothing was changed. Ask another admin to run /review, or whoever runs Cardigan: npm run resolve -- ${reference}.`,
  remote_belongs: ({ number, reference }) =>
    `CardPlusPay's order ${number} belongs to ${reference} already.\nNothing was changed. Choose another one, or close the order with a reason.`,
  nothing_to_reveal: ({ reference }) =>
    `There are no codes for order ${reference} yet.\nNothing is lost: they will be here as soon as CardPlusPay delivers them. See the order in /orders.`,
  nothing_to_report: ({ reference }) =>
    `You haven't received a card from order ${reference} yet.\nNothing was changed. See where it stands in /orders.`,
  no_such_card: ({ highest }) =>
    `Your cards of this order have the numbers 1 to ${highest}.\nNothing was changed. Press the button again, and give the number beside the code that does not work.`,
  case_unknown: () => 'There is no such case.\nNothing was changed. See open cases in /cases.',
  own_case: ({ name }) =>
    `You can't close case ${name}: it is about your own order.\nNothing was changed. Ask another admin.`,
  case_moved: ({ name, state }) =>
    `Case ${name} has moved on: it is now "${caseStates[state]}".\nThis press changed nothing. See open cases in /cases.`,
  only_admins_resend: () =>
    'Only people with the Manage Server permission can resend codes.\nNothing was changed. Ask one of them, or reveal your own codes in /orders.',
  being_delivered: ({ reference }) =>
    `The codes of order ${reference} are being sent right now.\nNothing was changed. Check the order again in a minute with /order.`,
  nothing_to_resend: ({ reference }) =>
    `There are no codes for order ${reference} to send.\nNothing was changed. See where it stands with /order.`,
  resent_meanwhile: ({ reference }) =>
    `The codes of order ${reference} have already been resent.\nThis press changed nothing. See how that went with /order.`,
  codes_gone: ({ reference, number }) =>
    `The codes of order ${reference} are no longer stored here, and CardPlusPay no longer shows them.\nNothing was changed. Look for them in your direct messages with Cardigan, or ask whoever runs it and name CardPlusPay order ${number}.`,
  ...settingProblems,
  ...physicalProblems,
  asked_too_often: ({ seconds }) =>
    `You are checking with CardPlusPay too often.\nNothing new was charged. Please try again in ${seconds === 1 ? '1 second' : `${seconds} seconds`}.`,
  query_gone: () => 'This list has expired.\nNothing was changed. Please run the command again.',
  members_not_told: () =>
    "Discord didn't respond, so Cardigan couldn't get this server's members.\nNothing was changed. Please try again in a minute.",
  members_not_listed: () =>
    'Cardigan is not allowed to list the members of this server.\nNothing was changed. Whoever runs Cardigan can allow it: Server Members Intent in the Discord developer portal, page Bot, and DISCORD_MEMBERS_INTENT=true.',
  file_too_large: ({ most }) => `This file is larger than ${most}.\nNothing was changed. Please send it in parts.`,
  nothing_written: () => 'The text you entered is empty.\nNothing was changed. Please write it again.',
  file_unreadable: () =>
    'This file is not plain text in UTF-8 or UTF-16.\nNothing was changed. Please save it as CSV in UTF-8 and attach it again.',
  file_unavailable: () =>
    "Cardigan couldn't get this file from Discord.\nNothing was changed. Please attach it again in a minute.",
  guild_not_allowed: () =>
    'Cardigan is not set up for this server.\nNothing was changed. Whoever runs Cardigan can add this server to DISCORD_GUILD_IDS.',
  button_unknown: () => 'This button has expired.\nNothing was changed. Please run the command again.',
  // Also said when codes that are paid for are asked for again, so not "nothing was bought".
  vendor_key_refused: () =>
    'CardPlusPay refused the API key.\nNothing new was charged. Whoever runs Cardigan needs to check CARDPLUSPAY_API_KEY.',
  vendor_signing_wanted: () =>
    'CardPlusPay requires signed requests for this account.\nNothing new was charged. Whoever runs Cardigan needs to set CARDPLUSPAY_SIGNING_KEY_FILE and CARDPLUSPAY_CHALLENGE_PATH.',
  vendor_invalid: ({ detail }) =>
    `CardPlusPay didn't accept this${detail ? `: "${detail.replace(/\.$/, '')}"` : ''}.\nNothing new was charged. Check the card and the quantity, and try again.`,
  vendor_rate_limited: ({ seconds }) =>
    `CardPlusPay is getting too many requests.\nNothing new was charged. Please try again in ${seconds === 1 ? '1 second' : `${seconds} seconds`}.`,
  vendor_unavailable: () =>
    "Cardigan can't reach CardPlusPay right now.\nNothing new was charged. Please try again in a few minutes.",
  vendor_unreadable: () =>
    "Cardigan couldn't understand CardPlusPay's answer.\nNothing new was charged. Please tell whoever runs Cardigan.",
};
