/**
 * Errors whose message is known to hold no code, key or token. Of any other only its class and where it happened
 * are written: a JSON error quotes the text it failed on, and discord.js quotes what it sent.
 */
const speakable = new Set([
  'Error',
  'TypeError',
  'ReferenceError',
  'RangeError',
  'AbortError',
  'Problem',
  'CardPlusPayError',
  'DiscordFailure',
  'StoreError',
  'IllegalTransition',
]);
const DEEPEST_CAUSE = 5;

export interface LoggedError {
  type: string;
  message?: string;
  code?: string | number;
  status?: number;
  outcome?: string;
  stack?: string;
  cause?: LoggedError;
}

/** An error as the log shows it: an allowlist, never the error itself. */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error };
  // Some names have an address in brackets, and with it a token.
  const type = error.name.replace(/\[.*/s, '').trim();
  const isSpeakable = speakable.has(error.name);
  const { code, status, outcome } = error as {
    code?: unknown;
    status?: unknown;
    outcome?: unknown;
  };
  return {
    type,
    ...(isSpeakable && { message: error.message }),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(typeof status === 'number' && { status }),
    ...(typeof outcome === 'string' && { outcome }),
    stack: framesOf(error),
    ...(error.cause !== undefined && depth < DEEPEST_CAUSE && { cause: loggedError(error.cause, depth + 1) }),
  };
}

/** Where it happened: the stack without its beginning, which repeats the message. */
function framesOf({ stack = '', message }: Error): string {
  const start = stack.indexOf(message);
  return stack
    .slice(start < 0 ? 0 : start + message.length)
    .split('\n')
    .filter((line) => /^\s+at .+:\d+:\d+\)?$/.test(line))
    .map((line) => line.trim())
    .join('\n');
}
