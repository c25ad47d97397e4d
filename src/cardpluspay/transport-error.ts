import { cleanCause } from './clean-cause.ts';
import { CardPlusPayError } from './error.ts';
import type { Exchanged } from './exchange.ts';
import { isNeverConnected } from './never-connected.ts';

const TIMEOUTS = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

/** The error for an exchange that brought no complete answer. Its cause is a clean copy. */
export function transportError(
  { failure, started, answer }: Exchanged,
  apiKey: string,
): CardPlusPayError {
  if (failure instanceof CardPlusPayError) {
    return failure;
  }
  const cause = cleanCause(failure, apiKey);
  const code = 'code' in cause && TIMEOUTS.has(String(cause.code)) ? 'timeout' : 'network';
  const facts = { status: answer?.status, cause };
  // EHOSTUNREACH and its like also end connections that stood: then they prove nothing.
  return !started && isNeverConnected(failure)
    ? new CardPlusPayError(code, 'not_sent', 'cannot be reached', facts)
    : new CardPlusPayError(code, 'unknown', 'the connection failed', facts);
}
