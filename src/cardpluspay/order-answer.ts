import { placedOrderSchema } from './order.ts';
import { type AnswerContext, readAnswer } from './read-answer.ts';
import type { PlacedOrder, RawAnswer } from './types.ts';

/**
 * The order in an answer to POST /orders. Throws CardPlusPayError: `refused` or `unknown` (rule 2).
 * CardPlusPay's message is on the error only when `apiKey` is given, to blot it out.
 */
export function readOrderAnswer(raw: RawAnswer, context: AnswerContext = {}): PlacedOrder {
  return readAnswer(raw, placedOrderSchema, context);
}
