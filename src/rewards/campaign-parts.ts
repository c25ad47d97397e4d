import { z } from 'zod';
import type { Money } from '../money.ts';
import { moneySchema } from '../money.ts';

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

const LONGEST_ITEM = 200;

/** What was offered for how much, as it stays on record whatever is offered later. */
export const offeredSchema = z.object({ item: z.string(), charged: moneySchema });

export function offered(
  parts: readonly { readonly name: string; readonly quantity: number }[],
  charged: Money,
): z.infer<typeof offeredSchema> {
  const item = parts.map(({ quantity, name }) => `${quantity} × ${name}`).join(', ');
  return { item: item.slice(0, LONGEST_ITEM).toWellFormed(), charged };
}
