import { writeSync } from 'node:fs';
import { type Logger, pino } from 'pino';

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

interface LoggedError {
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

/** One JSON line an event, on standard output. */
export function createLog(level: string): Logger {
  return pino({ level, base: null, serializers: { err: (error: unknown) => loggedError(error) } }, output);
}

const STANDARD_OUTPUT = 1;
/** For a reader that is slow. */
const WAITS_MS = 20;
const MOST_WAITS = 50;

/**
 * What cannot be written is lost, such as on a full disk or after the terminal has closed: the process goes on, for money may
 * be on its way. (pino's own output then waits for ever.)
 */
const output = {
  write(line: string): void {
    let rest = Buffer.from(line);
    for (let waits = 0; rest.length > 0 && waits < MOST_WAITS; ) {
      try {
        rest = rest.subarray(writeSync(STANDARD_OUTPUT, rest));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
        waits++;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAITS_MS);
      }
    }
  },
};

export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}
