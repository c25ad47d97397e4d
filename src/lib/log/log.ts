import { writeSync } from 'node:fs';
import { type Logger, pino } from 'pino';
import { loggedError } from './logged-error.ts';
import { readableLine } from './readable-line.ts';

/** How standard output looks at what is written there. */
interface Reader {
  readonly isTerminal: boolean;
  readonly hasColours: boolean;
}

/** https://no-color.org: any value but an empty one. */
export const readerOf = ({ env, stdout }: Pick<NodeJS.Process, 'env' | 'stdout'>): Reader => ({
  isTerminal: stdout.isTTY === true,
  hasColours: !env.NO_COLOR && env.TERM !== 'dumb',
});

/** An event a line, on standard output: JSON for programs, and words where a person sits at a terminal. */
export function createLog(level: string, reader = readerOf(process)): Logger {
  const { isTerminal, hasColours } = reader;
  const readable = { write: (line: string) => output.write(readableLine(line, hasColours)) };
  const serializers = { err: (error: unknown) => loggedError(error) };
  return pino({ level, base: null, serializers }, isTerminal ? readable : output);
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
