import { z } from 'zod';
import { moneySchema } from '../money.ts';

/** What somebody was shown, for ever. */
export const quoteSchema = z.object({
  itemCode: z.string(),
  name: z.string(),
  brand: z.string().optional(),
  /** CardPlusPay's delivery type, where the catalog tells it. */
  delivery: z.string().optional(),
  quantity: z.int().min(1).max(100),
  /** Per card, where the catalog tells the currency. */
  faceValue: moneySchema.optional(),
  /** Charged for one card. */
  each: moneySchema,
  /** Charged for the whole order. */
  charged: moneySchema,
  /** The account's balance when the quote was made, where its requester may see it. */
  balance: moneySchema.optional(),
  expiresAt: z.number(),
});
export type Quote = z.infer<typeof quoteSchema>;
