import type { Money } from '../../lib/index.ts';
import { money } from './count.ts';

/** An order's status, as it is said in a list or a sentence. */
export const states = {
  quoted: 'quoted',
  awaiting_approval: 'waiting for approval',
  approved: 'approved, not bought yet',
  buying: 'purchasing',
  unconfirmed: 'outcome unknown',
  not_found: 'not found yet',
  needs_review: 'under review',
  bought: 'bought',
  held: 'bought, codes ready to reveal',
  delivered: 'delivered',
  cancelled: 'cancelled',
  expired: 'expired',
  rejected: 'declined',
  repriced: 'price rose, not bought',
  failed: 'not bought',
  closed: 'closed',
};

/** How an order stands, told to its requester. */
export const order = {
  titles: {
    quoted: (what: string) => `Quote: ${what}`,
    awaiting_approval: (what: string) => `Waiting for approval: ${what}`,
    approved: (what: string) => `Approved: ${what}`,
    buying: (what: string) => `Purchasing: ${what}`,
    unconfirmed: (what: string) => `We don't know yet whether CardPlusPay took this order: ${what}`,
    not_found: (what: string) => `Not found at CardPlusPay: ${what}`,
    needs_review: (what: string) => `Under review: ${what}`,
    bought: (what: string) => `Bought: ${what}`,
    held: (what: string) => `Bought: ${what}`,
    delivered: (what: string) => `Bought: ${what}`,
    cancelled: (what: string) => `Cancelled: ${what}`,
    expired: (what: string) => `Expired: ${what}`,
    rejected: (what: string) => `Declined: ${what}`,
    repriced: (what: string) => `Not bought, the price rose: ${what}`,
    failed: (what: string) => `Not bought: ${what}`,
    closed: (what: string) => `Closed: ${what}`,
  },
  what: (quantity: number, name: string) => `${quantity} × ${name}`,
  whatFor: (what: string, charged: Money) => `${what} · ${money(charged)}`,
  next: {
    quoted: 'Nothing is charged until you confirm.',
    awaiting_approval: "You won't be charged until it's approved.",
    approved: 'Nothing is charged yet. Cardigan buys it as soon as it can, or it expires after 15 minutes.',
    buying: 'The order has gone to CardPlusPay, and the answer can take a minute.',
    unconfirmed:
      "Nothing will be bought a second time, and the amount stays reserved. You don't have to do anything: Cardigan is checking and will tell you here or by direct message.",
    not_found:
      "CardPlusPay doesn't show this order, so most likely nothing was charged. To be certain, Cardigan keeps checking for a day, keeps the amount reserved and tells you. Nothing will be bought twice. If you run /buy again and this one turns up after all, you pay for both.",
    needs_review:
      "CardPlusPay may have taken this order, and Cardigan can't tell for certain. Admins are looking into it. The amount stays reserved, and nothing will be bought twice. Wait for them, or ask whoever runs Cardigan.",
    cancelled: 'Nothing was bought. Run /buy again if you change your mind.',
    expired: 'Nothing was bought. Run /buy again if you still want it.',
    rejected: 'Nothing was bought. Ask an approver if you still need it.',
    repriced: 'Nothing was bought. Run /buy again for the new price.',
    closed: 'Nothing more will be bought for it. Ask whoever runs Cardigan about the money.',
  },
  /** Where somebody is asked to approve it, and until when. */
  askedIn: (channel: string, ends: string) =>
    `Waiting for approval in ${channel}. We'll tell you here or by direct message. Expires ${ends}.`,
  askedElsewhere: 'Approvers decide in that channel, not this one.',
  /** Its card does not stand anywhere, or not yet. */
  askedNowhere: (ends: string) =>
    `Waiting for approval. Discord hasn't accepted the message to approvers yet; Cardigan keeps trying, and they can already see it. We'll tell you here or by direct message. Expires ${ends}.`,
  /** Rejected by a person, in their words. */
  rejectedBecause: (who: string, reason: string) =>
    `Declined by ${who}: ${reason}\nNothing was bought. Ask them if you still need it.`,
  policyRefuses:
    "This server's rules or budgets no longer allowed it when it came to be approved. Nothing was bought. Run /buy again to see what is possible now.",
  requesterLeft: 'You left the server before it was approved, so nothing was bought.',
  cutOff:
    'Cardigan was restored from a backup, so this order was ended. If it was bought after all, an admin can still attach it. Check your direct messages before you run /buy again.',
  nobodyApproved: 'Nobody decided in time. Nothing was bought. Run /buy again if you still want it.',
  /** The price rose, and no new offer could be made: why. */
  noNewOffer: (why: string) => `There is no new quote. ${why}`,
  /** Closed, because CardPlusPay never showed it. */
  notListed:
    "CardPlusPay didn't show this order for a whole day, so as far as anyone can tell nothing was bought or charged. Run /buy again if you still want it.",
  /** Closed, because people did not find it at CardPlusPay. */
  reviewedNone:
    "An admin checked with CardPlusPay, and it doesn't have this order. Nothing was bought or charged. Run /buy again if you still want it.",
  /** Closed by a person, in their words. */
  reviewedClosed: (reason: string) =>
    `Closed by an admin: ${reason}\nNothing more will be bought for it. Ask an admin if you have questions.`,
  /** In review, because codes that are paid for don't come. */
  missingReviewed: (missing: number, quantity: number) =>
    `CardPlusPay has delivered ${quantity - missing} of ${quantity} codes, and all of them are paid for. Admins are looking into the rest. Wait for them, or ask whoever runs Cardigan.`,
  delivered: 'Sent to your direct messages.',
  revealed: 'You have revealed the codes, and can reveal them again.',
  dmClosed:
    "Cardigan can't send you direct messages, so your codes are waiting here. They are safe: reveal them here, where only you can see them.",
  dmFailed:
    "Discord didn't accept the direct message with your codes. They are safe: reveal them here, where only you can see them.",
  dmRetried:
    "Discord didn't accept the direct message with your codes. Cardigan keeps trying for about an hour. They are safe, and you can also reveal them here, where only you can see them.",
  dmWithheld:
    'Discord has asked Cardigan to send fewer direct messages, so your codes were not sent. They are safe: reveal them here, where only you can see them.',
  onTheirWay: 'Your codes are on their way by direct message.',
  missing: (missing: number, quantity: number) =>
    `CardPlusPay has delivered ${quantity - missing} of ${quantity} codes so far. All of them are paid for: Cardigan keeps checking and sends the rest by direct message. You can also check now, here or in /orders.`,
  chargedMore: (quoted: Money, charged: Money) =>
    `CardPlusPay charged ${money(charged)}, more than the ${money(quoted)} it quoted. The codes are delivered all the same. Please tell whoever runs Cardigan.`,
  failures: {
    out_of_stock:
      'CardPlusPay says this card is out of stock. Nothing was bought. Try a smaller quantity, or pick another card with /catalog.',
    balance_too_low:
      "The account's balance is now too low. Nothing was bought. Ask whoever tops up the CardPlusPay account.",
    over_order_cap: 'This is over the limit for one order. Nothing was bought. Choose fewer cards.',
    over_day_cap:
      "This is over what's left to spend today. Nothing was bought. Choose fewer cards, or come back after midnight UTC.",
    vendor_unreachable:
      "Cardigan couldn't get stock and price from CardPlusPay. Nothing was bought. Please try again in a few minutes.",
    record_unreadable:
      'A record this order depends on could not be read. Nothing was bought. The admins have been told: run /buy again once it is restored.',
    stopped:
      'Purchases were paused before this order was sent. Nothing was bought. Run /buy again once an admin has resumed them.',
    not_served: 'Cardigan no longer serves that server. Nothing was bought. Ask whoever runs Cardigan.',
    requester_left:
      'You had left the server before it could be bought. Nothing was bought. Run /buy again if you still want it.',
    recipient_left:
      'The recipient had left the server before it could be bought. Nothing was bought. Run /buy again for someone who is here.',
    policy_refuses:
      "This server's rules or budgets no longer allow it. Nothing was bought. Run /buy again to see what is possible now.",
    approvals_lacking:
      'It no longer has enough approvals under the current rules. Nothing was bought. Run /buy again to request them.',
    discord_unreachable:
      "Discord didn't respond, so Cardigan couldn't check who is still in the server. Nothing was bought. Please run /buy again in a few minutes.",
    never_sent: "Cardigan couldn't reach CardPlusPay. Nothing was bought. Please try again in a few minutes.",
    vendor_refused: 'CardPlusPay refused the order. Nothing was bought. Try again, or pick another card with /catalog.',
  },
  refusals: {
    unauthorized:
      'CardPlusPay refused the API key. Nothing was bought. Whoever runs Cardigan needs to check CARDPLUSPAY_API_KEY.',
    signing_wanted:
      'CardPlusPay requires signed requests for this account. Nothing was bought. Whoever runs Cardigan needs to set up request signing.',
    out_of_stock:
      'CardPlusPay says this card is out of stock. Nothing was bought. Try a smaller quantity, or pick another card with /catalog.',
    insufficient_balance:
      'CardPlusPay says that the balance is too low. Nothing was bought. Ask whoever tops up the account.',
    rate_limited: 'CardPlusPay is getting too many requests. Nothing was bought. Please try again in a minute.',
  },
};
