import type { Money } from '../../lib/index.ts';
import { money } from './count.ts';

/** The card by which approvers decide whether an order of another member is bought. */
export const approval = {
  title: (what: string) => `Approval needed: ${what}`,
  toPay: (charged: Money, quantity: number, each: Money) =>
    quantity === 1 ? `To pay **${money(charged)}**` : `To pay **${money(charged)}** (${quantity} × ${money(each)})`,
  toPayInAll: (charged: Money) => `To pay **${money(charged)}** at most, set aside as a whole`,
  asks: (who: string) => `${who} asks for it`,
  why: (reasons: string) => `Why here: ${reasons}.`,
  wanted: (more: number) => `Approvals wanted: ${more}.`,
  stillWanted: (more: number) => `Approvals still wanted: ${more}.`,
  inTheNameOf: (who: string, voice: string) => `${who} for ${voice}`,
  moreBudgets: (count: number) => `Further budgets it counts against: ${count}`,
  ends: (when: string) => `Without a decision it ends ${when}.`,
  /** `who`: the roles or the person asked. */
  decide: (who: string) => `${who}, please decide.`,
  nobodyLeft:
    'None of the roles that approve here exists any more. Somebody with Manage Server sets them anew with /settings.',
  next: 'Approvers may decide, but neither who asked nor who gets cards of it. Stock and price are checked again before it is bought.',
  reminder: {
    title: (hours: number, what: string) => `Still waiting after ${hours} hours: ${what}`,
    next: (card: string) => `Decide [on its card](${card}), or see all that waits with /approvals.`,
  },
  /** Told to whoever asked, once others have approved it. */
  approvedNext: 'It is being bought now. The codes come here next, or word of what is in the way.',
  /** In the channel where somebody asked who takes no direct messages. Each follows their name. */
  inChannel: {
    title: 'News of an order',
    approved: 'your order was approved, and is being bought now.',
    nobodyDecided: 'nobody decided about your order in time. Nothing was bought.',
    rejectedBecause: (reason: string) => `your order was rejected: ${reason}`,
    by: {
      rejected: 'your order was rejected. Nothing was bought.',
      expired: 'your order was approved, but could not be bought in time. Nothing was bought.',
      repriced: 'your order was approved, but its price rose. Nothing was bought.',
      failed: 'your order was approved, but could not be bought. Nothing was charged.',
      bought: 'your order was approved and bought.',
      held: 'your order was approved and bought, and your codes wait for you.',
      delivered: 'your order was approved and bought.',
    },
    other: (state: string) => `your order was approved, and is now marked "${state}".`,
    next: 'Your direct messages are closed to Cardigan. Run /orders to see more: only you see what it shows.',
  },
  decidedTitles: {
    approved: (what: string) => `Approved: ${what}`,
    rejected: (what: string) => `Rejected: ${what}`,
    cancelled: (what: string) => `Cancelled: ${what}`,
    expired: (what: string) => `Ended without a decision: ${what}`,
  },
  decided: {
    approved: (who: string, when: string) => `${who} approved it ${when}.`,
    rejected: (who: string, when: string) => `${who} rejected it ${when}.`,
    cancelled: (who: string, when: string) => `${who} cancelled it ${when}.`,
    expired: (_: string, when: string) => `Nobody decided until ${when}. Nothing was bought.`,
  },
  because: (reason: string) => `Because: ${reason}`,
  policyRefuses: (when: string) =>
    `The rules or budgets of this server do not allow it any more, so it ended ${when}. Nothing was bought.`,
  requesterLeft: (when: string) => `Who asked is no longer in this server, so it ended ${when}. Nothing was bought.`,
  recipientLeft: (when: string) =>
    `Whom it was for is no longer in this server, so it ended ${when}. Nothing was bought.`,
  modalTitle: 'Reject this request',
  modalReason: 'Why? Its requester reads this',
  rejectedNext: 'Nothing was bought. Whoever asked for it is told, with your reason.',
};
