import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { untold } from './bot-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Ended {
  /** Everything it wrote. */
  readonly said: string;
  readonly code: number | null;
}

/** `npm run resolve -- …`, with `typed` at its question. */
export const runResolve = (environment: Record<string, string>, args: readonly string[], typed = ''): Promise<Ended> =>
  run('resolve', environment, args, typed);

/** `npm run audit-verify -- …`. */
export const runAuditVerify = (environment: Record<string, string>, args: readonly string[] = []): Promise<Ended> =>
  run('audit-verify', environment, args);

/** `npm run privacy -- …`. */
export const runPrivacy = (environment: Record<string, string>, args: readonly string[]): Promise<Ended> =>
  run('privacy', environment, args);

/** `npm run backup`, `restore` or `drill`, with `-- …`. */
export const runOfBackups = (
  entry: 'backup' | 'restore' | 'drill',
  environment: Record<string, string>,
  args: readonly string[] = [],
): Promise<Ended> => run(entry, environment, args);

async function run(
  entry: string,
  environment: Record<string, string>,
  args: readonly string[],
  typed = '',
): Promise<Ended> {
  const child = spawn(process.execPath, ['bundle/run.js', entry, ...args], {
    cwd: root,
    env: { ...untold(), ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(typed);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { said: `${out}${err}`, code };
}
