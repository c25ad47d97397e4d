import { z } from 'zod';
import { amountSchema, periods } from '../lib/index.ts';

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
export const becauseSchema = z.discriminatedUnion('rule', [
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
]);
export type Refusal = z.infer<typeof refusalSchema>;

/** What a policy says of an order: its requester may confirm it, needs others for it, or may not have it. */
export type Verdict =
  | { readonly kind: 'allowed'; readonly rule: 'own_purchase' | 'within_free' }
  | { readonly kind: 'needs'; readonly approvals: number; readonly because: readonly Because[] }
  | { readonly kind: 'refused'; readonly refusals: readonly Refusal[] };

/** A budget that an order counts against, before and after it. */
export const budgetEffectSchema = z.object({
  ...budgetFacts,
  before: amountSchema,
  after: amountSchema,
});
export type BudgetEffect = z.infer<typeof budgetEffectSchema>;
