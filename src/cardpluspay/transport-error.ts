import { CardPlusPayError } from './error.ts';
import type { Exchanged } from './http.ts';
import { cleanText } from './parse.ts';

const TIMEOUTS = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);

/** The error for an exchange that brought no complete answer. Its cause is a clean copy. */
export function transportError({ failure, started, answer }: Exchanged, apiKey: string): CardPlusPayError {
  if (failure instanceof CardPlusPayError) return failure;
  const cause = cleanCause(failure, apiKey);
  const code = 'code' in cause && TIMEOUTS.has(String(cause.code)) ? 'timeout' : 'network';
  const facts = { status: answer?.status, cause };
  // EHOSTUNREACH and its like also end connections that stood: then they prove nothing.
  return !started && isNeverConnected(failure)
    ? new CardPlusPayError(code, 'not_sent', 'cannot be reached', facts)
    : new CardPlusPayError(code, 'unknown', 'the connection failed', facts);
}

/** The list of rule 2, and no more: with these the connection was never made. */
export const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Does this error prove that no connection was made? A wrapper without a code of its own is as good
 * as its cause. When several addresses were tried (AggregateError), each of them has to prove it:
 * Node gives the whole the code of its first error, which says nothing of the others.
 */
export function isNeverConnected(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 8) return false;
  if (error instanceof AggregateError) {
    return error.errors.length > 0 && error.errors.every((each) => isNeverConnected(each, depth + 1));
  }
  if ('code' in error && typeof error.code === 'string') return NEVER_CONNECTED.has(error.code);
  return isNeverConnected(error.cause, depth + 1);
}

const DEEPEST = 4;

/**
 * A copy of an error with its name, code and message only. The original may carry what must not be
 * logged: undici's parser error has the bytes of the answer on it, codes included.
 */
export function cleanCause(cause: unknown, secret: string, depth = 0): Error {
  if (!(cause instanceof Error)) return new Error(`a thrown ${typeof cause}`);
  const inner = depth < DEEPEST && cause.cause ? cleanCause(cause.cause, secret, depth + 1) : undefined;
  const message = cleanText(cause.message, secret);
  const options = inner ? { cause: inner } : {};
  const copy =
    cause instanceof AggregateError && depth < DEEPEST
      ? new AggregateError(
          cause.errors.map((each) => cleanCause(each, secret, depth + 1)),
          message,
          options,
        )
      : new Error(message, options);
  const code = 'code' in cause ? cause.code : undefined;
  return Object.assign(copy, { name: cause.name }, typeof code === 'string' ? { code } : {});
}
