import { z } from 'zod';

/** Why a card of a campaign is not bought for now, and when Cardigan tries again by itself, if it does. */
export const blockedSchema = z.object({
  why: z.string(),
  detail: z.string().optional(),
  at: z.number(),
  /** Times in a row. */
  tries: z.int().min(1),
  retryAt: z.number().optional(),
});
export type Blocked = z.infer<typeof blockedSchema>;

/** Who may claim a card of a drop, or enter a giveaway. */
export const eligibilitySchema = z.object({
  /** Has this role. */
  role: z.string().optional(),
  /** Their account at Discord is at least so old. */
  accountDays: z.int().min(1).optional(),
  /** They have been in the server for at least so long. */
  memberDays: z.int().min(1).optional(),
  /** Nobody has sent them a card for at least so long. */
  quietDays: z.int().min(1).optional(),
});
export type Eligibility = z.infer<typeof eligibilitySchema>;
