import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TownProcess } from './town/town-process.ts';

export const kinds = ['product', 'baseline'] as const;
export type Kind = (typeof kinds)[number];

const root = join(import.meta.dirname, '..');
const READY_WITHIN_MS = 120_000;
/** Whole, with the end of its line. */
const countedLine = /^counted .*\n/gm;
const readyWords: Record<Kind, RegExp> = { product: /Cardigan is ready/, baseline: /^ready$/m };

/** What a process asked of its SQLite since the last time: see `test/e2e/store-counter.ts`. */
export interface StoreCounts {
  commits: number;
  reads: number;
  rows: number;
}

export interface BotProcess {
  /** From its start until it said that it is ready. */
  readonly readyMs: number;
  output(): string;
  /** Resident memory, MiB. */
  memory(): number;
  /** What it has had of the processor since it began, ms; what else the machine does changes it little. Only on Linux. */
  processorMs(): number;
  storeCounts(): Promise<StoreCounts>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** As `npm start` does it, without npm itself: that takes as long for the baseline. */
function commandOf(kind: Kind, { fromSources = false }: BotOptions): string {
  if (kind === 'baseline') return 'exec node bench/baseline/bot.ts';
  if (fromSources) return 'exec node src/main.ts';
  prepare();
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return scripts.start;
}

let isPrepared = false;
/** What npm would run before: once. */
function prepare(): void {
  if (isPrepared) return;
  isPrepared = true;
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const name of ['prepare', 'prestart'].filter((each) => scripts[each])) {
    const { status, stderr } = spawnSync('npm', ['run', name], { cwd: root, encoding: 'utf8' });
    if (status !== 0) throw new Error(`npm run ${name} failed:\n${stderr}`);
  }
}

const running = new Set<number>();
const folders = new Set<string>();
const removeFolder = (path: string): void => {
  rmSync(path, { recursive: true, force: true });
  folders.delete(path);
};

/** Should the bench be interrupted, nothing of it goes on, and nothing is left. */
export function endAll(): void {
  for (const pid of running) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  for (const path of folders) removeFolder(path);
}

export interface BotOptions {
  readonly environment?: Record<string, string>;
  /** Counts what is asked of SQLite; costs a little, so that no time is measured with it. */
  readonly counted?: boolean;
  /** What it writes once it serves, or stands by. */
  readonly ready?: RegExp;
  /** The code as it is, instead of what `npm start` runs of it: for tests. */
  readonly fromSources?: boolean;
}

/** A folder that both bots may keep their store in, of its own. */
export function makeFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'cardigan-bench-'));
  folders.add(path);
  return { path, remove: () => removeFolder(path) };
}

export async function startBot(
  kind: Kind,
  town: TownProcess,
  folder: string,
  options: BotOptions = {},
): Promise<BotProcess> {
  const { BENCH_PROFILE: profile } = process.env;
  const counter = pathToFileURL(join(root, 'test/e2e/store-counter.ts')).href;
  const env = {
    PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
    ...(await town.environment()),
    STORE_URL: `sqlite://${join(folder, 'store', 'cardigan.db')}`,
    BASELINE_STORE: join(folder, 'baseline.db'),
    MAX_ORDER_TOTAL: '1000000',
    MAX_DAY_TOTAL: '900000000',
    NODE_ENV: 'production',
    NODE_OPTIONS: [
      ...(options.counted ? [`--import=${counter}`] : []),
      ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]),
    ].join(' '),
    ...options.environment,
  };
  const began = performance.now();
  const child = spawn('sh', ['-c', commandOf(kind, options)], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const pid = child.pid ?? 0;
  running.add(pid);
  await town.own(pid);
  let output = '';
  const heard = new EventTarget();
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      heard.dispatchEvent(new Event('text'));
    });
  const ended = once(child, 'exit').then(() => {
    running.delete(pid);
    heard.dispatchEvent(new Event('text'));
  });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const until = async (holds: () => boolean): Promise<void> => {
    const end = AbortSignal.timeout(READY_WITHIN_MS);
    while (!holds()) {
      if (!isRunning()) throw new Error(`the ${kind} has ended:\n${output.slice(-4000)}`);
      await once(heard, 'text', { signal: end });
    }
  };
  await until(() => (options.ready ?? readyWords[kind]).test(output));
  const readyMs = performance.now() - began;

  return {
    readyMs,
    output: () => output,
    memory: () => residentMiB(pid),
    processorMs: () => processorMs(pid),
    async storeCounts() {
      const before = output.match(countedLine)?.length ?? 0;
      child.kill('SIGUSR2');
      await until(() => (output.match(countedLine)?.length ?? 0) > before);
      const { commits, reads, rows } = JSON.parse(output.match(countedLine)?.at(-1)?.slice('counted '.length) ?? '');
      return { commits, reads, rows };
    },
    // Who is killed writes no profile.
    async stop(signal = profile === undefined ? 'SIGKILL' : 'SIGTERM') {
      child.kill(signal);
      await ended;
    },
  };
}

function residentMiB(pid: number): number {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(stdout) / 1024;
}

/** A tick is 10 ms on every Linux there is for Node. */
const TICK_MS = 10;

function processorMs(pid: number): number {
  try {
    // proc(5): after the name in brackets, user and system time are the 12th and 13th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return Number.NaN;
  }
}
