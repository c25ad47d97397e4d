import { constants, type Stats } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { type Finding, finding } from '../findings.ts';
import { note } from '../notes.ts';
import type { Machine } from '../ports.ts';
import { type Outcome, well, wrong } from '../result.ts';

const OTHERS_READ = 0o044;
const OTHERS_WRITE = 0o022;
const OTHERS_ANY = 0o077;
const OWNER_WRITES = 0o200;

const MB = 1024 * 1024;
/** Below this SQLite's own log may not fit, and the next write may be the one that fails. */
const FULL_MB = 64;

export const checkEnvironment = async ({ problems }: Machine): Promise<Outcome> =>
  wrong(...problems.map((problem) => finding('environment_wrong', { problem })));

export async function checkNode({ node: { version, wanted } }: Machine): Promise<Outcome> {
  const major = (text: string) => Number(/\d+/.exec(text)?.[0]);
  if (major(version) < major(wanted)) return wrong(finding('node_old', { version, wanted }));
  return well(note('runs_on', { version }));
}

export const checkEnvFiles = (machine: Machine): Promise<Outcome> => secretsIn(machine, machine.envFiles);

/** By the variable's name: whoever set it wrongly may have put the secret where its path belongs. */
export const checkSecretFiles = (machine: Machine): Promise<Outcome> =>
  secretsIn(
    machine,
    machine.secretFiles.map(({ path }) => path),
    new Map(machine.secretFiles.map(({ path, variable }) => [path, `"$${variable}"`])),
  );

export async function checkKeyFile(machine: Machine): Promise<Outcome> {
  const { store } = machine;
  if (!store?.key) return well(note('no_file', {}));
  // Both are made at the first start.
  const [key, database] = [await look(store.key), await look(store.database)];
  if (!key && database) return wrong(finding('key_missing', { file: store.key }));
  return secretsIn(machine, [store.key]);
}

export async function checkDatabaseFile(machine: Machine): Promise<Outcome> {
  const { store } = machine;
  if (!store) return well(note('no_file', {}));
  // What SQLite keeps beside it takes its mode.
  return secretsIn(machine, [store.database]);
}

export async function checkStoreFolder({ store, user }: Machine): Promise<Outcome> {
  if (!store) return well(note('no_file', {}));
  const seen = await look(store.folder);
  if (!seen) return well();
  const file = store.folder;
  const isOpen = (seen.mode & OTHERS_ANY) !== 0;
  return wrong(
    ...(isOpen ? [finding('folder_open', { file })] : []),
    ...(isForeign(seen, user) ? [finding('file_foreign', { file })] : []),
  );
}

export async function checkSpace({ store, freeBytes, lowDiskBytes }: Machine): Promise<Outcome> {
  if (!store) return well(note('no_file', {}));
  const megabytes = Math.floor((await freeBytes(store.folder)) / MB);
  if (megabytes < FULL_MB) return wrong(finding('disk_full', { megabytes }));
  if (megabytes < lowDiskBytes / MB) return wrong(finding('disk_low', { megabytes }));
  return well(note('free', { megabytes }));
}

/** Whoever is root may write everything; the owner's own right says what was meant. */
export async function unwritableOf(files: readonly string[]): Promise<Finding[]> {
  const each = await Promise.all(
    files.map(async (file) => {
      const seen = await look(file);
      if (!seen) return [];
      const mayWrite = (seen.mode & OWNER_WRITES) !== 0 && (await mayAccess(file, constants.W_OK));
      return mayWrite ? [] : [finding('store_unwritable', { file })];
    }),
  );
  return each.flat();
}

/** `names`: what a file is called, if not by its path. */
async function secretsIn(
  { user }: Pick<Machine, 'user'>,
  files: readonly string[],
  names: ReadonlyMap<string, string> = new Map(),
): Promise<Outcome> {
  const each = await Promise.all(files.map((path) => secretFile({ path, file: names.get(path) ?? path }, user)));
  return wrong(...each.flat());
}

/** One that is not there is somebody else's to tell. */
async function secretFile({ path, file }: { path: string; file: string }, user?: number): Promise<Finding[]> {
  const seen = await look(path);
  if (!seen) return [];
  if (!(await mayAccess(path, constants.R_OK))) return [finding('file_unreadable', { file })];
  const code = openness(seen);
  return [
    ...(code ? [finding(code, { file })] : []),
    ...(isForeign(seen, user) ? [finding('file_foreign', { file })] : []),
  ];
}

function openness({ mode }: Stats): 'file_changeable' | 'file_readable' | undefined {
  if ((mode & OTHERS_WRITE) !== 0) return 'file_changeable';
  return (mode & OTHERS_READ) === 0 ? undefined : 'file_readable';
}

/** What root owns nobody else changes. */
const isForeign = ({ uid }: Stats, user: number | undefined): boolean =>
  user !== undefined && uid !== user && uid !== 0;

async function look(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch {
    return undefined;
  }
}

async function mayAccess(path: string, how: number): Promise<boolean> {
  return access(path, how).then(
    () => true,
    () => false,
  );
}
