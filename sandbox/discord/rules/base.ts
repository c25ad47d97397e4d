import { z } from 'zod';
import { complain, snowflake, text } from './form.ts';

export const base = <T extends number>(type: T) => ({
  type: z.literal(type),
  id: z.number().int().min(0).nullish(),
});
export const customId = text(100, 1);
const looksLikeEmoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;

export const emoji = z
  .object({ id: snowflake.nullish(), name: text(32).nullish(), animated: z.boolean().nullish() })
  .superRefine((value, context) => {
    if (!value.id && !looksLikeEmoji.test(value.name ?? ''))
      complain(context, 'COMPONENT_INVALID_EMOJI', 'Invalid emoji', ['name']);
  });
