import type { Money } from '../lib/index.ts';
import type { Approval, Reserved } from './approval.ts';
import type { BudgetEffect, Verdict } from './types.ts';

/** What a policy is asked about: an order, whether it is on record or not. */
export interface Spend {
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
export interface RecordedSpend extends Spend {
  readonly id: string;
  readonly approval?: Approval | undefined;
  readonly reserved?: Reserved | undefined;
}

/** With whom its cards are for, where that has to be one person who is still here. */
export interface WaitingSpend extends RecordedSpend, Given {
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
