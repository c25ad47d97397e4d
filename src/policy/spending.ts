import type { Member, Money } from '../lib/index.ts';
import type { Approval, Hindrance, Reserved, Standing } from './approval.ts';
import type { BudgetEffect, Verdict } from './types.ts';

/** What a policy judges of an order, whether it is on record or not. */
export interface Judged {
  readonly guild: string;
  readonly quote: {
    readonly itemCode: string;
    readonly brand?: string | undefined;
    readonly faceValue?: Money | undefined;
    readonly delivery?: string | undefined;
    readonly quantity: number;
    readonly charged: Money;
  };
  /** Of an order on record: what it has set aside itself is not in its way. */
  readonly id?: string;
  /**
   * What it is a part of: neither is what is set aside for that, and what is limited for one order is compared with what
   * was decided together.
   */
  readonly campaign?: { readonly id: string; readonly charged: Money } | undefined;
}

/** An order on record, or a campaign as a whole, which is judged as one order is. */
export interface Spending extends Judged {
  readonly id: string;
  readonly approval?: Approval | undefined;
  readonly reserved?: Reserved | undefined;
}

/** With whom its cards are for, where that has to be one person who is still here. */
export interface Waiting extends Spending, Given {
  readonly requester: string;
}

/** What a guild has set that an order takes along. */
export interface Terms {
  readonly quoteLastsMs: number;
  readonly approvalLastsMs: number;
  /** An IANA name. */
  readonly timeZone: string;
  /** The channel set for approvals. */
  readonly approvalsChannel?: string | undefined;
  /** The roles that approve; none where whoever has Manage Server does. */
  readonly approvers: readonly string[];
}

export type Reservation =
  | {
      readonly ok: true;
      /** Of that moment are the periods in which it counts. */
      readonly at: number;
      /** The budgets in which it is set aside now, by their keys. */
      readonly budgets: readonly string[];
      readonly effects: readonly BudgetEffect[];
    }
  | { readonly ok: false; readonly verdict: Verdict };

/** Who may buy what, and who decides: a guild's policy and its budgets. Implemented in `src/approvals/`. */
export interface Rules {
  termsOf(guild: string): Promise<Terms>;
  seesBalance(member: Member): Promise<boolean>;
  /** What the policy says now of this order, were `member` its requester. */
  judge(order: Judged, member: Member): Promise<Verdict>;
  /**
   * Sets the order's amount aside in every budget it counts against, as `verdict` says. Again for the same order: no
   * change. For `isWanted` see `Ledger.reserve`.
   */
  reserve(
    order: Spending,
    member: Member,
    verdict: Verdict,
    isWanted: () => Promise<boolean>,
  ): Promise<Reservation>;
  /**
   * The approvers in whose name this member may decide in their guild now: their own or, of a delegate, those who named
   * them; none for whoever may not.
   */
  voicesOf(member: Member): Promise<readonly string[]>;
  /** Whether an order that waits may still be approved: whether its requester and whom its card is sent to are still here, the policy and the budgets of now. */
  standing(order: Waiting): Promise<Standing | Hindrance>;
  /**
   * Right before it is bought: all that `standing` asks, that those who approved it still may, and its place in budgets
   * that were set since. For `isWanted` see `Ledger.reserve`.
   */
  recheck(order: Waiting, isWanted: () => Promise<boolean>): Promise<{ ok: true } | Hindrance>;
}

interface Given {
  readonly gift?: object | undefined;
  readonly recipients?: readonly { readonly user: string }[];
}

/** The one person an order's cards are sent to; undefined for one whose requester has them, and for one of a campaign. */
export function sentTo({
  gift,
  recipients = [],
  campaign,
}: Given & { readonly campaign?: object | undefined }): string | undefined {
  return gift && !campaign ? recipients[0]?.user : undefined;
}
