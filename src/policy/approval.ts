import { z } from 'zod';
import { becauseSchema, budgetEffectSchema } from './types.ts';

/** How an order's wait for approval ended. */
export type ApprovalEnd = 'approved' | 'rejected' | 'cancelled' | 'expired';

/** One approver's yes. */
export const voteSchema = z.object({
  by: z.string(),
  /** Whose approval it is: their own or, of a delegate, that of the approver who named them. */
  voice: z.string(),
  at: z.number(),
});

/** It binds the quote and the recipients, which never change (but that a pool has more as they claim), and the highest charged total, which is the quote's. */
export const approvalSchema = z.object({
  /** Where it was asked for. */
  channel: z.string(),
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
export type Reserved = z.infer<typeof reservedSchema>;
