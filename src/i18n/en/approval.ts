import type { Money } from '../../money.ts';
import { amountText, moneyText } from '../../money.ts';

/** The card by which somebody with Manage Server decides whether an order of another member is bought. */
export const approval = {
  title: (what: string) => `Approval wanted: ${what}`,
  toPay: (charged: Money, quantity: number, each: Money) =>
    quantity === 1
      ? `To pay **${moneyText(charged)}**`
      : `To pay **${moneyText(charged)}** (${quantity} × ${amountText(each)})`,
  asks: (who: string) => `${who} asks for it`,
  why: (reasons: string) => `Why here: ${reasons}.`,
  wanted: (more: number) => `Approvals wanted: ${more}.`,
  stillWanted: (more: number, who: string) =>
    `Approvals still wanted: ${more}. Approved by ${who}.`,
  inTheNameOf: (who: string, voice: string) => `${who} for ${voice}`,
  ends: (when: string) => `Without a decision it ends ${when}.`,
  next: 'Approvers may decide, but neither who asked nor who gets cards of it. Stock and price are checked again before it is bought.',
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
  requesterLeft: (when: string) =>
    `Who asked is no longer in this server, so it ended ${when}. Nothing was bought.`,
  modalTitle: 'Reject this order',
  modalReason: 'Why? Its requester reads this',
  rejectedNext: 'Nothing was bought. Whoever asked for it is told, with your reason.',
};
