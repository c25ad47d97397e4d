import { z } from 'zod';
import { cleanText } from './clean-text.ts';
import { CardPlusPayError } from './error.ts';
import { exactJson } from './exact-json.ts';
import { meaningOf, REFUSING_STATUSES } from './refusal.ts';
import type { RawAnswer } from './types.ts';

/** Every answer's shape, errors included. */
const envelopeSchema = z.object({
  success: z.boolean(),
  message: z.string().catch(''),
  data: z.unknown().optional(),
});

export interface AnswerContext {
  /** Blotted out of CardPlusPay's message; without it the message is left out of the error. */
  apiKey?: string | undefined;
  retryAfterMs?: number | undefined;
}

/**
 * The `data` of an answer, parsed. Throws CardPlusPayError: `refused` or `unknown`, as rule 2 draws
 * the line. A field that is missing or unreadable is named by its path, never by its content.
 */
export function readAnswer<T>(raw: RawAnswer, data: z.ZodType<T>, context: AnswerContext): T {
  const { status } = raw;
  if (!raw.complete) {
    throw new CardPlusPayError('unreadable', 'unknown', 'the answer broke off', { status });
  }
  const envelope = envelopeSchema.safeParse(exactJson(raw.body)).data;
  if (status < 200 || status > 299 || envelope?.success === false) {
    throw failure(status, envelope?.success === false ? envelope.message : undefined, context);
  }
  if (envelope === undefined) {
    throw new CardPlusPayError('unreadable', 'unknown', 'the answer is not an envelope', {
      status,
    });
  }
  const parsed = data.safeParse(envelope.data);
  if (!parsed.success) {
    const field = ['data', ...(parsed.error.issues[0]?.path ?? [])].join('.');
    const problem = `${field} is missing or unreadable`;
    throw new CardPlusPayError('unreadable', 'unknown', problem, { status });
  }
  return parsed.data;
}

/** `message`: of the envelope with `success: false`, undefined when there was none. */
function failure(
  status: number,
  message: string | undefined,
  { apiKey, retryAfterMs }: AnswerContext,
): CardPlusPayError {
  const refused = message !== undefined && REFUSING_STATUSES.has(status);
  const words = message === undefined ? undefined : cleanText(message, apiKey ?? '');
  const detail = apiKey ? words : undefined;
  const text = `answered ${status}${message === undefined ? '' : ' with success: false'}`;
  const facts = { status, retryAfterMs, detail };
  return new CardPlusPayError(
    meaningOf(status, words),
    refused ? 'refused' : 'unknown',
    text,
    facts,
  );
}
