import type { Money } from '../../lib/index.ts';
import { money } from './count.ts';

/** An order's status, as it is said in a list or a sentence. */
export const states = {
  quoted: 'offered',
  awaiting_approval: 'waiting for approval',
  approved: 'waiting to be bought',
  buying: 'being bought',
  unconfirmed: 'outcome not known yet',
  not_found: 'not found so far',
  needs_review: 'being looked into',
  bought: 'bought',
  held: 'bought, codes waiting to be seen',
  delivered: 'delivered',
  cancelled: 'cancelled',
  expired: 'ended',
  rejected: 'rejected',
  repriced: 'price rose, not bought',
  failed: 'not bought',
  closed: 'closed',
};

/** How an order stands, told to its requester. */
export const order = {
  titles: {
    quoted: (what: string) => `Offered: ${what}`,
    awaiting_approval: (what: string) => `Waiting for approval: ${what}`,
    approved: (what: string) => `Waiting to be bought: ${what}`,
    buying: (what: string) => `Being bought: ${what}`,
    unconfirmed: (what: string) => `We don't know yet whether CardPlusPay took this order: ${what}`,
    not_found: (what: string) => `Not found at CardPlusPay: ${what}`,
    needs_review: (what: string) => `Being looked into: ${what}`,
    bought: (what: string) => `Bought: ${what}`,
    held: (what: string) => `Bought: ${what}`,
    delivered: (what: string) => `Bought: ${what}`,
    cancelled: (what: string) => `Cancelled: ${what}`,
    expired: (what: string) => `Ended without a purchase: ${what}`,
    rejected: (what: string) => `Rejected: ${what}`,
    repriced: (what: string) => `Not bought, the price rose: ${what}`,
    failed: (what: string) => `Not bought: ${what}`,
    closed: (what: string) => `Closed: ${what}`,
  },
  what: (quantity: number, name: string) => `${quantity} × ${name}`,
  next: {
    quoted: 'Nothing is charged before somebody confirms.',
    awaiting_approval: 'Nothing is charged before it is approved.',
    approved: 'Nothing is charged yet. Cardigan goes on with it by itself, or ends it after 15 minutes.',
    buying: 'The order is on its way to CardPlusPay, and its answer can take a minute.',
    unconfirmed:
      "Nothing will be bought a second time. The amount stays set aside until it is clear. You don't have to do anything: Cardigan is looking for the order at CardPlusPay, and tells you here or by direct message what it finds.",
    not_found:
      'CardPlusPay does not show it so far, so most likely nothing was charged. That is not certain yet: the amount stays set aside, and Cardigan keeps looking for a day and tells you. Nothing will be bought a second time. If you run /buy for it again and this one turns up after all, both are paid for.',
    needs_review:
      'CardPlusPay may have taken it, and Cardigan cannot tell for certain. People are looking into it. The amount stays set aside, and nothing will be bought a second time. Wait for them, or ask whoever runs Cardigan.',
    cancelled: 'Nothing was bought. Run /buy again if you want it after all.',
    expired: 'Nothing was bought. Run /buy again if you still want it.',
    rejected: 'Nothing was bought. Ask a manager of this server if you still need it.',
    repriced: 'Nothing was bought. Run /buy again for the new price.',
    closed: 'Nothing more will be bought for it. Ask whoever runs Cardigan what became of the money.',
  },
  /** Where somebody is asked to approve it, and until when. */
  askedIn: (channel: string, ends: string) =>
    `It has to be approved: the question is in ${channel}. You hear of the answer here or by direct message. Without one it ends ${ends}.`,
  askedElsewhere: 'Approvers decide in that channel, not in the one where you asked.',
  /** Its card does not stand anywhere, or not yet. */
  askedNowhere: (ends: string) =>
    `Waiting for approval. Discord has not accepted the message to approvers yet, and Cardigan keeps trying; they can already see it. You will hear here or by direct message. Expires ${ends}.`,
  /** Rejected by a person, in their words. */
  rejectedBecause: (who: string, reason: string) =>
    `${who} has rejected it: ${reason}\nNothing was bought. Ask them if you still need it.`,
  policyRefuses:
    "This server's rules or budgets did not allow it any more when it was to be approved. Nothing was bought. Run /buy again to see what is possible now.",
  requesterLeft: 'You had left the server it was for when it was to be approved. Nothing was bought.',
  nobodyApproved: 'Nobody decided about it in time. Nothing was bought. Run /buy again if you still want it.',
  /** The price rose, and no new offer could be made: why. */
  noNewOffer: (why: string) => `There is no new offer. ${why}`,
  /** Closed, because CardPlusPay never showed it. */
  notListed:
    'CardPlusPay did not show this order for a whole day. As far as anybody can see, nothing was bought and nothing was charged. Run /buy again if you still want it.',
  /** Closed, because people did not find it at CardPlusPay. */
  reviewedNone:
    'People have looked at CardPlusPay, and it does not have this order. Nothing was bought and nothing was charged. Run /buy again if you still want it.',
  /** Closed by a person, in their words. */
  reviewedClosed: (reason: string) =>
    `An admin has closed it: ${reason}\nNothing more will be bought for it. Ask an admin if anything is open.`,
  /** In review, because codes that are paid for don't come. */
  missingReviewed: (missing: number, quantity: number) =>
    `CardPlusPay has handed over ${quantity - missing} of ${quantity} codes, and all of them are paid for. People are looking into the rest. Wait for them, or ask whoever runs Cardigan.`,
  delivered: 'The codes are in your direct messages.',
  revealed: 'You have seen the codes here, and can show them again.',
  dmClosed:
    'Your direct messages are closed to Cardigan, so the codes could not be sent. They are safe: show them here, only you will see them.',
  dmFailed:
    'Discord did not take the direct message with the codes. They are safe: show them here, only you will see them.',
  dmRetried:
    'Discord did not take the direct message with the codes. Cardigan tries again by itself for about an hour. They are safe, and you can also show them here: only you will see them.',
  dmWithheld:
    'Discord asks Cardigan for fewer direct messages, so the codes were not sent. They are safe: show them here, only you will see them.',
  onTheirWay: 'The codes are on their way to your direct messages.',
  missing: (missing: number, quantity: number) =>
    `CardPlusPay has handed over ${quantity - missing} of ${quantity} codes so far. All of them are paid for: Cardigan keeps asking and sends the rest by direct message. You can also ask again, here or in /orders.`,
  chargedMore: (quoted: Money, charged: Money) =>
    `CardPlusPay charged ${money(charged)}, more than the ${money(quoted)} it quoted. The codes are delivered all the same. Please tell whoever runs Cardigan.`,
  failures: {
    out_of_stock:
      'CardPlusPay says this card is out of stock. Nothing was bought. Try a smaller quantity, or pick another card with /catalog.',
    balance_too_low:
      "The account's balance is too low for it by now. Nothing was bought. Ask whoever tops up the CardPlusPay account.",
    over_order_cap: 'This is over what one order may cost. Nothing was bought. Choose fewer cards.',
    over_day_cap:
      'This is over what is left to spend today. Nothing was bought. Choose fewer cards, or come back after midnight UTC.',
    vendor_unreachable:
      'CardPlusPay could not be asked for stock and price. Nothing was bought. Please try again in a few minutes.',
    record_unreadable:
      'A record that it depends on could not be read. Nothing was bought. The admins have been told: run /buy again once it is restored.',
    stopped:
      'Purchases were stopped before it was sent. Nothing was bought. Run /buy again once an admin has resumed them.',
    not_served: 'Cardigan no longer serves the server it was for. Nothing was bought. Ask whoever runs Cardigan.',
    requester_left:
      'You had left the server it was for when it was to be bought. Nothing was bought. Run /buy again if you still want it.',
    recipient_left:
      'Whom it was for had left the server when it was to be bought. Nothing was bought. Run /buy again for somebody who is here.',
    policy_refuses:
      "This server's rules or budgets do not allow it any more. Nothing was bought. Run /buy again to see what is possible now.",
    approvals_lacking:
      'By the rules of now it needs more approvals than it has. Nothing was bought. Run /buy again and ask for them.',
    discord_unreachable:
      'Discord did not tell whether everybody involved is still in the server. Nothing was bought. Please run /buy again in a few minutes.',
    never_sent: 'CardPlusPay could not be reached. Nothing was bought. Please try again in a few minutes.',
    vendor_refused: 'CardPlusPay refused the order. Nothing was bought. Try again, or pick another card with /catalog.',
  },
  refusals: {
    unauthorized:
      'CardPlusPay refused the API key. Nothing was bought. Whoever runs Cardigan has to check CARDPLUSPAY_API_KEY.',
    signing_wanted:
      'CardPlusPay wants signed requests for this account. Nothing was bought. Whoever runs Cardigan has to set up request signing.',
    out_of_stock:
      'CardPlusPay says this card is out of stock. Nothing was bought. Try a smaller quantity, or pick another card with /catalog.',
    insufficient_balance:
      'CardPlusPay says that the balance is too low. Nothing was bought. Ask whoever tops up the account.',
    rate_limited: 'CardPlusPay is asked too often just now. Nothing was bought. Please try again in a minute.',
  },
};
