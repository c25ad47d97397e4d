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
  asked: 'An admin has stopped all purchases for now.',
  unknown_outcomes: 'Purchases are stopped, because CardPlusPay left several orders without a clear answer.',
  books_ahead: "Purchases are stopped, because CardPlusPay's books and Cardigan's differ.",
  record_unreadable: 'Purchases are stopped, because the record of the last stop cannot be read.',
};

/** How an order's wait for approval ended. */
const ends = {
  approved: 'was approved',
  rejected: 'was rejected',
  cancelled: 'was cancelled',
  expired: 'ended without a decision',
};

/** Two lines each: what happened, then what it means for the money and what to do. */
export const problems: ProblemWords = {
  record_unreadable: ({ namespace }) =>
    `${unreadableRecords.what(namespace)} cannot be read.\nNothing was bought or changed. The admins have been told. Try again once whoever runs Cardigan has restored it.`,
  unknown_item: ({ item }) =>
    `CardPlusPay has no card with the code "${item}".\nNothing was bought. Pick one from the list that opens as you type, or look in /catalog.`,
  bad_quantity: ({ highest }) =>
    `The quantity is a whole number from 1 to ${highest}.\nNothing was bought. Please give another quantity.`,
  bad_amount: ({ text }) =>
    `"${text}" is not an amount.\nNothing was changed. Please give a number such as 5 or 12.50.`,
  out_of_stock: ({ item, quantity }) =>
    `CardPlusPay says that ${quantity} × ${item} is out of stock.\nNothing was bought. Try a smaller quantity, or pick another card with /catalog.`,
  balance_too_low: ({ charged, balance }) =>
    `This would cost ${money(charged)}, and the account has ${balance ? money(balance) : 'less than that'}.\nNothing was bought. Ask whoever tops up the CardPlusPay account, or choose fewer cards.`,
  over_order_cap: ({ charged, cap }) =>
    `This would cost ${money(charged)}, and one order may cost ${roundMoney(cap)} at most.\nNothing was bought. Choose fewer cards, or ask whoever runs Cardigan to raise the cap.`,
  over_day_cap: ({ charged, cap, left }) =>
    `This would cost ${money(charged)}. Of the ${roundMoney(cap)} that may be spent in a day, ${money(left)} is left until midnight UTC.\nNothing was bought. Choose fewer cards, or come back tomorrow.`,
  too_many_offers: ({ most, minutes }) =>
    `You have ${most} open quotes, which is the most at once.\nNothing was bought. Confirm or cancel one of them, or try again in ${minutes === 1 ? '1 minute' : `${minutes} minutes`}, when the next one expires.`,
  too_many_requests: ({ most }) =>
    `You have ${most} requests waiting for approval, which is the most at once.\nNothing was bought. Cancel one of them with /orders or /reward list, or try again once one is decided.`,
  approval_over_order_cap: ({ reference, charged, cap }) =>
    `${reference} costs ${money(charged)}, and one order may cost ${roundMoney(cap)} at most.\nNothing was bought, your approval was not counted, and the request stays open. Reject it, or ask whoever runs Cardigan to raise the cap.`,
  approval_over_day_cap: ({ reference, charged, cap, left }) =>
    `${reference} costs ${money(charged)}. Of the ${roundMoney(cap)} that may be spent in a day, ${money(left)} is left until midnight UTC.\nNothing was bought, your approval was not counted, and the request stays open. Approve it after midnight UTC, or reject it.`,
  managers_only: () =>
    'Only people with Manage Server can see and change this.\nNothing was changed. Please ask one of them.',
  not_a_member: () => 'They are no member of this server.\nNothing was changed. Please name somebody who is.',
  member_unclear: () =>
    'Discord did not tell whether they are a member of this server, and which roles they have.\nNothing was changed. Please try again in a minute.',
  bad_limit: ({ text, highest }) =>
    `"${text}" is not a limit.\nNothing was changed. Give an amount from 0 to ${highest}, without its currency, such as 500, 12.50 or 1000. With 0 nothing may be bought.`,
  too_many_limits: ({ most }) =>
    `This server has ${most} limits, and more cannot be kept.\nNothing was changed. Remove one that is no longer needed with /budget, then set this one.`,
  limit_gone: () => 'This limit is not set any more.\nNothing was changed. See all that are with /budget.',
  ...recipientProblems,
  ...campaignProblems,
  ...reactionProblems,
  ...templateProblems,
  // Nothing else is ever taken off the record.
  order_unknown: () =>
    'This quote has expired or was cancelled.\nNothing was bought. Run the command again for a new quote.',
  order_not_found: () =>
    'There is no order with this reference that you may see here.\nNothing was changed. Check its six characters, or look for it in /orders on the server where it was bought.',
  not_yours: () =>
    "This is somebody else's order, so only they can use this button.\nNothing was changed. See your own with /orders.",
  needs_approval: ({ reference }) =>
    `Order ${reference} needs an approval by now.\nNothing was bought. Open it in /orders to ask for it.`,
  needs_no_approval: ({ reference }) =>
    `Order ${reference} needs no approval any more.\nNothing was bought. Open it in /orders to confirm it yourself.`,
  no_approval_channel: () =>
    'Cardigan may write neither where you asked nor in a channel of the admins, so nobody could be asked.\nNothing was bought. Ask an admin to let Cardigan write there, then press the button again.',
  approvers_only: () => "Only this server's approvers can do this.\nNothing was changed. Please ask one of them.",
  approved_by_you: ({ reference }) =>
    `Your approval of order ${reference} counts already.\nThis press changed nothing. Somebody else has to decide now.`,
  delegate_incomplete: () =>
    'To name a delegate takes both a member and until when.\nNothing was changed. Run /delegate again with both, or with neither to see whom you have named.',
  delegate_self: () => 'You decide in your own name already.\nNothing was changed. Please name somebody else.',
  delegate_bot: () => 'A bot cannot decide for you.\nNothing was changed. Please name a person of this server.',
  delegate_not_here: () =>
    'Whoever decides for you has to be a member of this server.\nNothing was changed. Please name somebody who is.',
  delegate_approves: () =>
    'They are an approver of this server themselves, and decide in their own name.\nNothing was changed. Please name somebody who is no approver.',
  delegate_unclear: () =>
    'Discord did not tell whether they are still here.\nNothing was changed. Please run the command again in a minute.',
  bad_until: ({ text }) =>
    `"${text}" is not a day from today up to 60 days ahead.\nNothing was changed. Please give a weekday such as Monday, or today, tomorrow, 3 days, 2 weeks, 18:00, or a date written as 2026-12-01.`,
  time_skipped: ({ text }) =>
    `"${text}" does not exist in this server's time zone: clocks go forward and skip it.\nNothing was changed. Please choose a time an hour earlier or later.`,
  time_twice: ({ text }) =>
    `"${text}" comes twice in this server's time zone, because clocks go back.\nNothing was changed. Please choose a time an hour earlier or later, or give the exact one as a Discord timestamp, such as <t:1793838600>.`,
  no_delegate: () =>
    'Nobody decides for you just now.\nNothing was changed. To name somebody, run /delegate with a member and until when.',
  policy_refuses: ({ refusals, currency }) =>
    `${refusals.map((refusal) => policy.refusal(refusal, currency)).join(' ')}\nNothing was bought. Choose something else, or ask an admin of this server what is allowed.`,
  left_server: () =>
    'You are no longer in the server this belongs to, so you cannot decide, claim or change anything there.\nNothing was changed. Cards already bought for you stay yours: reveal them from the message about them.',
  delegates_approval: ({ reference }) =>
    `You cannot decide about order ${reference}: it involves your delegate, or somebody whose delegate you are.\nNothing was changed. Ask another approver to decide.`,
  own_approval: ({ reference }) =>
    `Nobody decides about their own money, and order ${reference} is yours.\nNothing was changed. Ask another approver to decide.`,
  approval_over: ({ reference, how }) =>
    `Order ${reference} ${ends[how]} already.\nThis press changed nothing. Its card shows who decided, and when.`,
  membership_unknown: ({ reference }) =>
    `Discord did not tell whether the person who asked for order ${reference} is still here.\nNothing was changed. Please press the button again in a minute.`,
  quote_expired: ({ reference }) =>
    `The offer ${reference} has ended.\nNothing was bought. Run /buy again for today's price.`,
  already_decided: ({ reference, status }) =>
    `Order ${reference} is past that: it is marked "${states[status]}".\nThis press changed nothing. See the order with /orders.`,
  purchases_stopped: ({ why, detail }) =>
    `${stopped[why]}${detail ? ` "${detail.replace(/\.$/, '')}".` : ''}\nNothing was bought. You can look around in /catalog and see your codes in /orders; try again once an admin has resumed purchases.`,
  not_stopped: () => 'Purchases are not stopped.\nNothing was changed. To stop them, run /stop.',
  admins_only: () =>
    "Only people with Manage Server in Cardigan's own server can do this.\nNothing was changed. Please ask one of them.",
  bad_since: ({ text }) =>
    `"${text}" is not a time that Cardigan can look back to.\nNothing was changed. Give a past date such as 2026-11-01, which begins at midnight UTC, or how long ago it was, up to 3650 days: such as 7 or "7 days", 12h or 1h30m.`,
  own_review: ({ reference }) =>
    `Nobody decides about their own money, and order ${reference} is yours.\nNothing was changed. Ask another admin, or whoever runs Cardigan: npm run resolve -- ${reference}.`,
  decision_not_open: ({ reference }) =>
    `Order ${reference} does not wait for that decision.\nNothing was changed. See with /review what it waits for.`,
  bad_remote_number: ({ text }) =>
    `"${text}" is not a CardPlusPay order ID, which is a whole number such as 1042.\nNothing was changed. CardPlusPay's site shows it beside the order.`,
  second_admin: ({ reference, number }) =>
    `You already said that ${number} is order ${reference}. It differs from what was ordered, so a second admin has to confirm it.\nNothing was changed. Ask another admin to run /review, or whoever runs Cardigan: npm run resolve -- ${reference}.`,
  remote_belongs: ({ number, reference }) =>
    `CardPlusPay's order ${number} belongs to ${reference} already.\nNothing was changed. Choose another one, or close the order with a reason.`,
  nothing_to_reveal: ({ reference }) =>
    `There are no codes of order ${reference} to show you yet.\nNothing is lost: they will be here when CardPlusPay hands them over. See the order with /orders.`,
  nothing_to_report: ({ reference }) =>
    `You have no card of order ${reference} in your hands yet.\nNothing was changed. See with /orders how it stands.`,
  no_such_card: ({ highest }) =>
    `Your cards of this order have the numbers 1 to ${highest}.\nNothing was changed. Press the button again, and give the number beside the code that does not work.`,
  case_unknown: () => 'This case is not on record.\nNothing was changed. See with /cases what waits for you.',
  own_case: ({ name }) =>
    `Nobody decides about their own money, and case ${name} is about an order of yours.\nNothing was changed. Ask another admin.`,
  case_moved: ({ name, state }) =>
    `Case ${name} is past that: it is marked "${caseStates[state]}".\nThis press changed nothing. See with /cases what waits.`,
  only_admins_resend: () =>
    'Only people with the Manage Server permission can have codes sent again.\nNothing was changed. Ask one of them, or show your own codes with /orders.',
  being_delivered: ({ reference }) =>
    `The codes of order ${reference} are being sent just now.\nNothing was changed. Look at the order again in a minute with /order.`,
  nothing_to_resend: ({ reference }) =>
    `There are no codes of order ${reference} here to send.\nNothing was changed. See how it stands with /order.`,
  resent_meanwhile: ({ reference }) =>
    `The codes of order ${reference} have been sent again meanwhile.\nThis press changed nothing. See how that went with /order.`,
  codes_gone: ({ reference, number }) =>
    `The codes of order ${reference} are no longer kept here, and CardPlusPay does not show them any more.\nNothing was changed. Look for them in your direct messages with Cardigan, or ask whoever runs it and name CardPlusPay order ${number}.`,
  ...settingProblems,
  ...physicalProblems,
  asked_too_often: ({ seconds }) =>
    `Cardigan limits how often one person can have CardPlusPay asked.\nNothing new was charged. Please try again in ${seconds === 1 ? '1 second' : `${seconds} seconds`}.`,
  query_gone: () => 'This list is too old to turn its pages.\nNothing was changed. Please run the command again.',
  members_not_told: () =>
    'Discord did not tell who the members of this server are.\nNothing was changed. Please try again in a minute.',
  members_not_listed: () =>
    'Cardigan may not list the members of this server.\nNothing was changed. Whoever runs Cardigan can allow it: Server Members Intent in the Discord developer portal, page Bot, and DISCORD_MEMBERS_INTENT=true.',
  file_too_large: ({ most }) => `This file is larger than ${most}.\nNothing was changed. Please send it in parts.`,
  nothing_written: () => 'There is no visible text in what was entered.\nNothing was changed. Please write it again.',
  file_unreadable: () =>
    'This file is not plain text in UTF-8 or UTF-16.\nNothing was changed. Please save it as CSV in UTF-8, and attach it again.',
  file_unavailable: () =>
    'Discord did not hand over this file.\nNothing was changed. Please attach it again in a minute.',
  guild_not_allowed: () =>
    'Cardigan does not serve this place.\nNothing was changed. Whoever runs Cardigan can add this server to DISCORD_GUILD_IDS.',
  button_unknown: () =>
    'This button or command is from an older Cardigan and does nothing any more.\nNothing was changed. Please run the command again.',
  // Also said when codes that are paid for are asked for again, so not "nothing was bought".
  vendor_key_refused: () =>
    'CardPlusPay refused the API key.\nNothing new was charged. Whoever runs Cardigan has to check CARDPLUSPAY_API_KEY.',
  vendor_signing_wanted: () =>
    'CardPlusPay wants signed requests for this account.\nNothing new was charged. Whoever runs Cardigan has to set CARDPLUSPAY_SIGNING_KEY_FILE and CARDPLUSPAY_CHALLENGE_PATH.',
  vendor_invalid: ({ detail }) =>
    `CardPlusPay did not accept this${detail ? `: "${detail.replace(/\.$/, '')}"` : ''}.\nNothing new was charged. Check the card and the quantity, and try again.`,
  vendor_rate_limited: ({ seconds }) =>
    `CardPlusPay is asked too often just now.\nNothing new was charged. Please try again in ${seconds === 1 ? '1 second' : `${seconds} seconds`}.`,
  vendor_unavailable: () =>
    'CardPlusPay cannot be reached just now.\nNothing new was charged. Please try again in a few minutes.',
  vendor_unreadable: () =>
    'CardPlusPay answered in a way that Cardigan does not understand.\nNothing new was charged. Please tell whoever runs Cardigan.',
};
