import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { BotView } from '../contract.ts';
import { type LogLine, readLogLine } from './log-line.ts';
import { whenGone } from './when-gone.ts';

interface Options {
  command: string;
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** What the bot writes once it serves. */
  readyText: string;
}

const KEPT_LINES = 100;

export type Bot = ReturnType<typeof createBot>;

/** The bot as a process of its own, started and ended from the side panel. */
export function createBot({ command, args, cwd, env, readyText }: Options) {
  const lines: LogLine[] = [];
  const listeners = new Set<() => void>();
  let child: ChildProcess | undefined;
  let gone: Promise<void> = Promise.resolve();
  let state: BotView['state'] = 'stopped';
  let since = Date.now();
  let starts = 0;
  let isAgainWanted = false;

  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  function become(next: BotView['state']): void {
    state = next;
    since = Date.now();
    tell();
  }

  function hear(line: string, isError: boolean): void {
    lines.push(readLogLine(line, isError));
    lines.splice(0, lines.length - KEPT_LINES);
    if (state === 'starting' && line.includes(readyText)) become('serving');
    else tell();
  }

  function onEnd(): void {
    child = undefined;
    const ends = { stopping: 'stopped', killed: 'killed' } as Record<string, BotView['state']>;
    become(ends[state] ?? 'crashed');
    if (isAgainWanted) start();
  }

  /** In a process group of its own: a Ctrl-C in the terminal is ours alone to pass on. */
  function start(): void {
    isAgainWanted = child !== undefined && (state === 'stopping' || state === 'killed');
    if (child) return;
    const started = spawn(command, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    starts += 1;
    const callOff = whenGone('kill -9 "$1"', String(started.pid));
    createInterface({ input: started.stdout }).on('line', (line) => hear(line, false));
    createInterface({ input: started.stderr }).on('line', (line) => hear(line, true));
    gone = new Promise((resolve) => {
      const end = (): void => {
        if (child !== started) return;
        callOff();
        onEnd();
        resolve();
      };
      started.once('error', (error) => {
        hear(error.message, true);
        end();
      });
      started.once('close', end);
    });
    become('starting');
  }

  function signal(name: 'SIGTERM' | 'SIGKILL', next: BotView['state']): void {
    isAgainWanted = false;
    if (!child) return;
    state = next;
    since = Date.now();
    child.kill(name);
    tell();
  }
  const stop = (): void => signal('SIGTERM', 'stopping');
  const kill = (): void => signal('SIGKILL', 'killed');

  return {
    start,
    stop,
    kill,
    /** Resolves once it serves. */
    serving: (): Promise<void> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (state !== 'serving' && state !== 'crashed') return;
          listeners.delete(look);
          if (state === 'serving') resolve();
          else reject(new Error(`The bot did not start:\n${lines.map(({ text }) => text).join('\n')}`));
        };
        listeners.add(look);
        look();
      }),
    /** Stops it, and starts it again once it has ended. */
    restart(): void {
      stop();
      start();
    },
    /** Stops it within `patienceMs`, or kills it. */
    async end(patienceMs: number): Promise<void> {
      stop();
      const timer = setTimeout(kill, patienceMs);
      await gone;
      clearTimeout(timer);
    },
    view: (): BotView => ({ state, pid: child?.pid ?? null, since, starts, lines: [...lines] }),
    on(changed: () => void): () => void {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
  };
}
