import type { Money } from '../../lib/index.ts';
import { counted, money } from './count.ts';

/** The card by which approvers decide whether an order of another member is bought. */
export const approval = {
  title: (what: string) => `Approval needed: ${what}`,
  toPay: (charged: Money, quantity: number, each: Money) =>
    quantity === 1 ? `Total **${money(charged)}**` : `Total **${money(charged)}** (${quantity} × ${money(each)})`,
  toPayInAll: (charged: Money) => `Total up to **${money(charged)}**, reserved in full`,
  asks: (who: string) => `Requested by ${who}`,
  why: (reasons: string) => `Reason: ${reasons}`,
  wanted: (have: number, wanted: number) => `${have} of ${wanted} approvals`,
  inTheNameOf: (who: string, voice: string) => `${who} for ${voice}`,
  moreBudgets: (count: number) => `Counts against ${counted(count, 'more budget')}`,
  ends: (when: string) => `Expires ${when}`,
  /** `who`: the roles or the person asked. */
  decide: (who: string) => `${who}, please decide.`,
  nobodyLeft:
    'None of the approver roles exists any more. Someone with Manage Server can choose new ones in /settings.',
  next: 'Any approver can decide, except the requester and the recipients. Stock and price are checked again before buying.',
  reminder: {
    title: (hours: number, what: string) => `Still waiting after ${counted(hours, 'hour')}: ${what}`,
    next: (card: string) => `Decide [on the request](${card}), or see everything that needs you with /approvals.`,
  },
  /** Told to whoever asked, once others have approved it. */
  approvedNext: "Buying now. You'll get the codes here, or a note if something goes wrong.",
  /** In the channel where somebody asked who takes no direct messages. Each follows their name. */
  inChannel: {
    title: 'Order update',
    approved: 'your order was approved and is being bought now.',
    nobodyDecided: 'your request expired without a decision. Nothing was bought.',
    rejectedBecause: (reason: string) => `your request was declined: ${reason}`,
    by: {
      rejected: 'your request was declined. Nothing was bought.',
      expired: 'your order was approved, but could not be bought in time. Nothing was bought.',
      repriced: 'your order was approved, but its price rose. Nothing was bought.',
      failed: 'your order was approved, but could not be bought. Nothing was charged.',
      bought: 'your order was approved and bought.',
      held: 'your order was approved and bought, and your codes are ready.',
      delivered: 'your order was approved and bought.',
    },
    other: (state: string) => `your order was approved and is now "${state}".`,
    next: "Cardigan can't send you direct messages. Run /orders for details: only you see them.",
  },
  decidedTitles: {
    approved: (what: string) => `Approved: ${what}`,
    rejected: (what: string) => `Declined: ${what}`,
    cancelled: (what: string) => `Cancelled: ${what}`,
    expired: (what: string) => `Request expired: ${what}`,
  },
  decided: {
    approved: (who: string, when: string) => `Approved by ${who} ${when}`,
    rejected: (who: string, when: string) => `Declined by ${who} ${when}`,
    cancelled: (who: string, when: string) => `Cancelled by ${who} ${when}`,
    expired: (_: string, when: string) => `Nobody decided by ${when}. Nothing was bought.`,
  },
  because: (reason: string) => `Reason: ${reason}`,
  policyRefuses: (when: string) =>
    `Stopped ${when}: this server's rules or budgets no longer allow it. Nothing was bought.`,
  requesterLeft: (when: string) => `Stopped ${when}: the requester has left this server. Nothing was bought.`,
  recipientLeft: (when: string) => `Stopped ${when}: the recipient has left this server. Nothing was bought.`,
  modalTitle: 'Decline this request',
  modalReason: 'Why? The requester will see this',
  rejectedNext: 'Nothing was bought. The requester is told, with your reason.',
};
