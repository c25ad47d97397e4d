import { z } from 'zod';
import { amountField, optionalField, textField } from './fields.ts';
import { isOutOfStock } from './refusal.ts';
import type { StockCheck } from './types.ts';

/** `data` of POST /orders/check. `status` and `state` may each be missing; if one says no, it is no. */
export const stockCheckSchema: z.ZodType<StockCheck> = z
  .object({
    status: optionalField(z.boolean()),
    state: optionalField(z.string().max(50)),
    message: optionalField(textField),
    price: z.unknown().optional(),
  })
  .transform(({ status, state = '', message = '', price }, context): StockCheck => {
    if (status === undefined && state === '') {
      context.issues.push({ code: 'custom', path: ['status'], message: 'missing', input: status });
      return z.NEVER;
    }
    if (!(status ?? /^(in[\s_-]?stock|available)$/i.test(state)) || isOutOfStock(state)) {
      return { available: false, message };
    }
    const unitCharged = amountField.safeParse(price);
    // A price of nothing is no price: nobody can agree to what they are not shown.
    if (!unitCharged.success || unitCharged.data === '0') {
      context.issues.push({ code: 'custom', path: ['price'], message: 'no amount', input: price });
      return z.NEVER;
    }
    return { available: true, unitCharged: unitCharged.data, message };
  });
