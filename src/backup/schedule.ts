import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Clock, Log } from '../lib/index.ts';
import { noteBackupFailed, noteBackupMade, noticeSchema } from '../orders/index.ts';
import type { Store } from '../store/index.ts';
import { lastBackup } from './manifest.ts';

const RETRY_AFTER_MS = 60 * 60_000;
/** What takes longer hangs, such as on a lock in the database: admins have to hear of it. */
const MAKES_WITHIN_MS = 2 * 60 * 60_000;

export interface ScheduleOptions {
  /** Undefined: none are made. */
  readonly folder: string | undefined;
  readonly everyMs: number;
  /** What makes one, as a program of its own: presses are answered meanwhile, and whatever it does ends with it. */
  readonly command: readonly string[];
  readonly withinMs?: number;
  readonly store: Pick<Store, 'records'>;
  readonly clock: Clock;
  readonly log: Log;
}

export type BackupSchedule = ReturnType<typeof createBackupSchedule>;

/** Makes backups when they are due. `tick` is called every few seconds by the process that does the jobs. */
export function createBackupSchedule(options: ScheduleOptions) {
  const { folder, everyMs, command, withinMs = MAKES_WITHIN_MS, store, clock, log } = options;
  const stopping = new AbortController();
  let dueAt: number | undefined;
  let running: Promise<void> | undefined;

  async function make(): Promise<void> {
    const late = AbortSignal.timeout(withinMs);
    const said = await run(command, AbortSignal.any([stopping.signal, late]));
    const now = clock.now();
    const telling = { noticeRecords: store.records('notices', noticeSchema), clock };
    if (said.code === 0) {
      dueAt = now + everyMs;
      const made = lastBackup(folder);
      log.info({ file: made?.file, verified: made?.verified, tookMs: made?.tookMs }, 'a backup was made');
      return noteBackupMade(telling);
    }
    if (stopping.signal.aborted) return;
    dueAt = now + Math.min(RETRY_AFTER_MS, everyMs);
    log.error(
      { why: late.aborted ? 'it took too long' : said.error },
      'a backup could not be made; it is tried again within the hour',
    );
    await noteBackupFailed(telling);
  }

  return {
    async tick(): Promise<void> {
      if (folder === undefined || running || stopping.signal.aborted) return;
      const now = clock.now();
      const last = dueAt === undefined ? lastBackup(folder) : undefined;
      // One that a clock from the future dated is not waited for.
      dueAt ??= last ? Math.min(Date.parse(last.at), now) + everyMs : now;
      if (now < dueAt) return;
      running = make()
        .catch((err: unknown) => log.error({ err }, 'what became of a backup could not be told'))
        .finally(() => {
          running = undefined;
        });
    },
    /** Cuts short what is under way: no half of it is ever taken for a backup. */
    async stop(): Promise<void> {
      stopping.abort();
      await running;
    },
  };
}

/** What it said of a failure is for the log: its sentences carry no secrets. */
async function run([program = '', ...args]: readonly string[], signal: AbortSignal) {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const end = () => child.kill('SIGTERM');
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    const said = text(child.stderr).catch(() => '');
    const [code] = await Promise.race([once(child, 'close'), once(child, 'error').then(() => [undefined])]);
    return { code: code as number | null | undefined, error: (await said).trim().slice(0, 1000) };
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** Another of Cardigan's own programs, run as this one is: from its bundle, or from the sources. */
export function ownProgram(name: string, { execPath, execArgv, argv }: NodeJS.Process = process): string[] {
  const [, script = ''] = argv;
  const isBundle = basename(script) === 'run.js';
  return [execPath, ...execArgv, ...(isBundle ? [script, name] : [join(dirname(script), 'cli', `${name}.ts`)])];
}
