import { parseArgs } from 'node:util';
import { type Backup, keepKey, makeBackup } from '../backup/index.ts';
import { readConfig } from '../config/index.ts';
import { en } from '../i18n/index.ts';
import { explainBackups, sumOf, untilTold } from './backup-words.ts';
import { runCommandLine, typedPath } from './run.ts';

const words = en.backups.make;

function parse(args: string[]) {
  const options = { to: { type: 'string' }, 'key-to': { type: 'string' }, json: { type: 'boolean' } } as const;
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options });
  return positionals.length > 0 ? undefined : values;
}

function report({ path, bytes, tookMs, verified, records = {}, notAuthentic = 0 }: Backup, keyAt?: string): string[] {
  return [
    words.made(path, bytes, tookMs),
    verified === 'opened' ? words.opened(records.orders ?? 0, sumOf(records)) : words.read,
    ...(notAuthentic > 0 ? [words.notAuthentic(notAuthentic)] : []),
    keyAt === undefined ? words.keyElsewhere : words.keyKept(keyAt),
  ];
}

/** Gives the exit code. */
async function backup(args: string[]): Promise<number> {
  const wanted = parse(args);
  if (!wanted) throw new UsageError(words.usage);
  const { store, backups } = readConfig(process);
  const folder = wanted.to === undefined ? backups.folder : typedPath(wanted.to);
  if (folder === undefined) throw new UsageError(words.noFolder);
  const keyAt = wanted['key-to'] === undefined ? undefined : keepKey(store, typedPath(wanted['key-to']), folder);
  const made = await untilTold((signal) => makeBackup({ store, folder, keep: backups.keep, signal }));
  console.log(wanted.json ? JSON.stringify(made) : report(made, keyAt).join('\n'));
  return 0;
}

class UsageError extends Error {}

await runCommandLine(backup, {
  usage: words.usage,
  failed: 1,
  explain: (error) => (error instanceof UsageError ? [error.message] : explainBackups(error)),
});
