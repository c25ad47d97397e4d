import { z } from 'zod';
import { amountSchema, type Money, periods } from '../lib/index.ts';
import { placeSchema } from '../outbox/index.ts';

/**
 * Whose spending a budget limits: that of the whole guild, of each member by themselves, of all members with a role
 * together, or of one member (in place of the limit that each member has for the same period).
 */
export const scopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('guild') }),
  z.object({ kind: z.literal('everyone') }),
  z.object({ kind: z.literal('role'), id: z.string() }),
  z.object({ kind: z.literal('member'), id: z.string() }),
]);
export type Scope = z.infer<typeof scopeSchema>;

/** Amounts are charged amounts, in the account's currency. */
const budgetFacts = { scope: scopeSchema, period: z.enum(periods), limit: amountSchema };

/** Why an order needs approvals. */
const becauseSchema = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('every_order') }),
  /** Dearer than one order may be without an approval. */
  z.object({ rule: z.literal('over_free_order'), limit: amountSchema }),
  /** With what its requester bought without an approval that day: `used`, in the guild's time zone. */
  z.object({ rule: z.literal('over_free_day'), limit: amountSchema, used: amountSchema }),
  z.object({ rule: z.literal('tier'), over: amountSchema, approvals: z.int().min(1) }),
  /** Approvers need another approver for what they buy themselves. */
  z.object({ rule: z.literal('own_purchase') }),
]);
export type Because = z.infer<typeof becauseSchema>;

/** Why an order may not be made at all. */
const refusalSchema = z.discriminatedUnion('rule', [
  z.object({ rule: z.literal('not_asker'), roles: z.array(z.string()) }),
  z.object({ rule: z.literal('too_many_cards'), most: z.int() }),
  z.object({
    rule: z.enum(['brand', 'item', 'currency', 'delivery']),
    /** What the card has; missing where CardPlusPay does not tell. */
    is: z.string().optional(),
    allowed: z.array(z.string()),
  }),
  z.object({ rule: z.literal('over_budget'), ...budgetFacts, left: amountSchema }),
  /** More than all undecided requests of a member may set aside: `most` in all, of which `left` is free for them. */
  z.object({ rule: z.literal('over_part'), ...budgetFacts, most: amountSchema, left: amountSchema }),
]);
export type Refusal = z.infer<typeof refusalSchema>;

/** What a policy says of an order: its requester may confirm it, needs others for it, or may not have it. */
export type Verdict =
  | { readonly kind: 'allowed'; readonly rule: 'own_purchase' | 'within_free' }
  | { readonly kind: 'needs'; readonly approvals: number; readonly because: readonly Because[] }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/** A budget that an order counts against, before and after it. */
const budgetEffectSchema = z.object({ ...budgetFacts, before: amountSchema, after: amountSchema });
export type BudgetEffect = z.infer<typeof budgetEffectSchema>;

/** One approver's yes. */
const voteSchema = z.object({
  by: z.string(),
  /** Whose approval it is: their own or, of a delegate, that of the approver who named them. */
  voice: z.string(),
  at: z.number(),
});

/** It binds the quote and the recipients, which never change (but that a pool has more as they claim), and the highest charged total, which is the quote's. */
export const approvalSchema = z.object({
  /** Where it is to be asked for. */
  channel: z.string(),
  /** Where its card stands, once it does. */
  card: placeSchema.optional(),
  /** How many approvals it takes: the most that the policy has asked for since. */
  wanted: z.int().min(1),
  because: z.array(becauseSchema),
  budgets: z.array(budgetEffectSchema),
  endsAt: z.number(),
  votes: z.array(voteSchema),
});

export type Approval = z.infer<typeof approvalSchema>;

/** Since when something counts against its guild's budgets, and which, by their keys. */
export const reservedSchema = z.object({ at: z.number(), budgets: z.array(z.string()) });

type Reserved = z.infer<typeof reservedSchema>;

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
  /** Of an order of a campaign: when those who are to get its cards were asked about. */
  readonly approvedAt?: number | undefined;
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
