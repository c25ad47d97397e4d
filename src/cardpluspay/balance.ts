import { z } from 'zod';
import { type Money, money } from '../money.ts';
import { signedAmountField } from './fields.ts';

/** `data` of GET /balance. */
export const balanceSchema: z.ZodType<Money> = z
  .object({ balance: signedAmountField, currency: z.string().trim().min(1) })
  .transform(({ balance, currency }) => money(balance, currency));
