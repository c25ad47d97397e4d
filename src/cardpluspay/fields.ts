import { z } from 'zod';
import { toAmount } from '../money.ts';

const textOrNumber = z.union([z.string(), z.number()]);

/** Text that may come as a number. */
export const textField = textOrNumber.transform(String);

/** An exact decimal as canonical text, from "14.70" or 0.85. May be negative. */
export const signedAmountField = textOrNumber.transform((value, context) => {
  try {
    return toAmount(value);
  } catch {
    context.issues.push({ code: 'custom', message: 'not an amount', input: value });
    return z.NEVER;
  }
});

/** A price or a sum that was charged: never less than nothing. */
export const amountField = signedAmountField.refine((amount) => !amount.startsWith('-'));

const integerField = z
  .union([z.number(), z.string().trim().regex(/^\d+$/).transform(Number)])
  .pipe(z.int());

export const countField = integerField.pipe(z.int().min(0));
/** A safe positive integer, also as numeric text. */
export const idField = integerField.pipe(z.int().positive());

/** A field that nothing depends on: missing, null or unreadable are all undefined. */
export function optionalField<T>(field: z.ZodType<T>) {
  return field.optional().catch(undefined);
}
