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
  if (!(error instanceof Error) || depth > 8) {
    return false;
  }
  if (error instanceof AggregateError) {
    return (
      error.errors.length > 0 && error.errors.every((each) => isNeverConnected(each, depth + 1))
    );
  }
  if ('code' in error && typeof error.code === 'string') {
    return NEVER_CONNECTED.has(error.code);
  }
  return isNeverConnected(error.cause, depth + 1);
}
