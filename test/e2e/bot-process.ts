import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const GENEROUS_MS = 60_000;

/** The real bot in a process of its own. */
export interface BotProcess {
  /** Everything it has written so far. */
  output(): string;
  /** Resolves when it serves interactions. */
  ready(): Promise<void>;
  /** Resolves when it has written this text so often. */
  wrote(text: string, times?: number): Promise<void>;
  /** Resolves with the exit code, or the signal that ended it. */
  ended(): Promise<number | string>;
  /** Whether it is still the process that was started. */
  isRunning(): boolean;
  /** Sends it a signal, and does not wait. */
  signal(signal: NodeJS.Signals): void;
  stop(signal?: NodeJS.Signals): Promise<number | string>;
}

/** What a process of the tests needs beside what it is told: where programs are, and its code as it was compiled before. */
export function untold(): NodeJS.ProcessEnv {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return { PATH, NODE_COMPILE_CACHE };
}

/** What `npm start` has Node do, without the .env that a developer has. */
function startArguments(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [, ...args] = scripts.start.split('exec node ').join('node ').split(' ');
  return args.filter((arg: string) => !arg.startsWith('--env-file'));
}

export function startBot(environment: Record<string, string>): BotProcess {
  // Only what the test says: a developer's own .env must not leak into it.
  const child = spawn(process.execPath, startArguments(), {
    cwd: root,
    env: { ...untold(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal);
  const wrote = (text: string, times = 1) =>
    until(
      child,
      () => output.split(text).length > times,
      () => `"${text}" ${times} times by the bot, which wrote:\n${output}`,
    );

  return {
    output: () => output,
    ready: () => wrote('Cardigan is ready'),
    wrote,
    ended: () => ended,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    signal: (signal) => void child.kill(signal),
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}

async function until(child: ChildProcess, holds: () => boolean, describe: () => string) {
  const end = Date.now() + GENEROUS_MS;
  while (!holds()) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > end) {
      throw new Error(`not written: ${describe()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
