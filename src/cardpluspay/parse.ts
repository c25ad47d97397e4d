import { z } from 'zod';
import { toAmount } from '../lib/index.ts';
import { CardPlusPayError, meaningOf, REFUSING_STATUSES } from './error.ts';
import type { RawAnswer } from './types.ts';

/** Every answer's shape, errors included. */
const envelopeSchema = z.object({ success: z.boolean(), message: z.string().catch(''), data: z.unknown().optional() });

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
  if (!raw.complete) throw new CardPlusPayError('unreadable', 'unknown', 'the answer broke off', { status });
  const envelope = envelopeSchema.safeParse(exactJson(raw.body)).data;
  if (status < 200 || status > 299 || envelope?.success === false)
    throw failure(status, envelope?.success === false ? envelope.message : undefined, context);
  if (envelope === undefined) {
    throw new CardPlusPayError('unreadable', 'unknown', 'the answer is not an envelope', { status });
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
  return new CardPlusPayError(meaningOf(status, words), refused ? 'refused' : 'unknown', text, facts);
}

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

/** A currency's code, in capitals. What is no word of plain letters and digits names none. */
export const currencyField = z
  .string()
  .trim()
  .regex(/^[a-z0-9]{1,10}$/i)
  .toUpperCase();

const integerField = z.union([z.number(), z.string().trim().regex(/^\d+$/).transform(Number)]).pipe(z.int());

export const countField = integerField.pipe(z.int().min(0));
/** A safe positive integer, also as numeric text. */
export const idField = integerField.pipe(z.int().positive());

/** A field that nothing depends on: missing, null or unreadable are all undefined. */
export function optionalField<T>(field: z.ZodType<T>) {
  return field.optional().catch(undefined);
}

/**
 * The JSON value in these bytes, or undefined when they hold none (JSON has no undefined of its own).
 * A number that JavaScript would write otherwise ("5.00", twenty digits) stays the text that was
 * sent: amounts stay exact, and a PIN or code sent as a long number keeps its last digits.
 */
export function exactJson(bytes: Uint8Array): unknown {
  try {
    // fatal: a code with a broken character in it must not pass for a code
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), keepExact);
  } catch {
    return undefined;
  }
}

function keepExact(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  return typeof value === 'number' && source !== undefined && String(value) !== source ? source : value;
}

const MOST_CHARACTERS = 200;

/** Text of others on one short line: no control or invisible characters, and no `secret` if it is echoed. */
export function cleanText(text: string, secret: string): string {
  const line = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  const safe = secret === '' ? line : line.replaceAll(secret, '[key]');
  return safe.length <= MOST_CHARACTERS ? safe : `${safe.slice(0, MOST_CHARACTERS - 1).replace(/\p{Cs}$/u, '')}…`;
}
