import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { DAY_MS, VERSION } from '../lib/index.ts';
import { type Copies, copiesOf, keyFileOf, keyOf, StoreError, type StoreOptions, syncPath } from '../store/index.ts';
import { BackupError, ofFile } from './backup-error.ts';
import { type Contents, inspect } from './inspect.ts';
import { type Backup, backupsIn, type Manifest, manifestPath, sha256Of } from './manifest.ts';

/** A copy under way is named so: no backup, whatever becomes of it. */
const DRAFT = '.partial-';

export interface BackupOptions {
  readonly store: StoreOptions;
  readonly folder: string;
  /** How many are kept, from 1. */
  readonly keep: number;
  /** Aborted when the process is told to end: what was begun is taken away again. */
  readonly signal?: AbortSignal;
}

/**
 * Makes a backup beside whoever serves the store: copied to a draft, opened with the key and looked through, and given its
 * name only then; its manifest comes last. Two at once make two. Throws a BackupError or a StoreError.
 */
export async function makeBackup({ store, folder, keep, signal }: BackupOptions): Promise<Backup> {
  const began = Date.now();
  const copies = await copiesOf(store);
  const key = keyOf(store);
  prepare(folder);
  requireKeyApart(store, folder);
  const name = `cardigan-${new Date(began).toISOString().replaceAll(/[:.]/g, '-')}-${randomBytes(2).toString('hex')}${copies.ending}`;
  const draft = join(folder, `${DRAFT}${name}`);
  const clear = () => {
    for (const end of ['', '-journal', '.json']) rmSync(`${draft}${end}`, { force: true });
  };
  try {
    at(draft, () => writeFileSync(draft, '', { mode: 0o600, flag: 'wx' }));
    await copies.make(store.url, draft);
    signal?.throwIfAborted();
    const verified = await verify(copies, { url: store.url, draft, key });
    signal?.throwIfAborted();
    const manifest: Manifest = {
      cardigan: VERSION,
      at: new Date(began).toISOString(),
      file: name,
      bytes: statSync(draft).size,
      sha256: await sha256Of(draft),
      tookMs: Date.now() - began,
      ...verified,
    };
    signal?.throwIfAborted();
    at(draft, () => publish(draft, join(folder, name), manifest));
    rotate(folder, keep, name);
    return { ...manifest, path: join(folder, name) };
  } finally {
    clear();
  }
}

function at<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw ofFile(error, path);
  }
}

/** The folder is its owner's alone, and what killed processes left in it is taken away once nothing can be at it. */
function prepare(folder: string): void {
  at(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(folder).filter((each) => each.startsWith(DRAFT))) {
      const path = join(folder, name);
      const isForgotten = (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < Date.now() - DAY_MS;
      if (isForgotten) rmSync(path, { force: true });
    }
  });
}

/** Whoever copies the folder elsewhere is not to copy the key with it. */
function requireKeyApart(store: StoreOptions, folder: string): void {
  const key = store.encryptionKey?.trim() ? undefined : keyFileOf(store);
  if (key === undefined || !existsSync(key)) return;
  const [kept, backups] = [key, folder].map((path) => `${realpathSync(path)}${sep}`);
  if (kept?.startsWith(backups ?? '')) throw new BackupError('key_beside', { path: key });
}

interface Draft {
  readonly url: string;
  readonly draft: string;
  readonly key: string;
}

/** As far as it can be: a database in which nothing may be made lets nobody open a dump. */
async function verify(
  copies: Copies,
  { url, draft, key }: Draft,
): Promise<Pick<Manifest, 'verified'> & Partial<Contents>> {
  const opened = await copies.open(url, draft).catch((error: unknown) => {
    if (error instanceof StoreError && error.code === 'unwritable') return undefined;
    throw error;
  });
  if (!opened) {
    await copies.read(draft);
    return { verified: 'read' };
  }
  try {
    return { verified: 'opened', ...(await inspect(copies, opened, key)) };
  } catch (error) {
    throw error instanceof BackupError ? new BackupError('not_whole', { path: draft }) : error;
  } finally {
    await opened.drop();
  }
}

/** On the disk for good before it has its name; killed in between, it has no manifest and is no backup. */
function publish(draft: string, path: string, manifest: Manifest): void {
  chmodSync(draft, 0o600);
  syncPath(draft);
  const noted = manifestPath(draft);
  writeFileSync(noted, `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(draft, path);
  renameSync(noted, manifestPath(path));
  syncPath(dirname(path));
}

/** The newest are kept, the one just made even if the clock was set back, and whatever is newest of those that were opened. A manifest goes first: without it, it is none. */
function rotate(folder: string, keep: number, made: string): void {
  const all = backupsIn(folder);
  const lastOpened = all.find(({ verified }) => verified === 'opened');
  for (const backup of all.slice(Math.max(1, keep))) {
    if (backup === lastOpened || backup.file === made) continue;
    rmSync(manifestPath(backup.path), { force: true });
    rmSync(backup.path, { force: true });
  }
  dropUnnamed(folder);
}

/** Copies whose process was killed before it wrote down what they are. */
function dropUnnamed(folder: string): void {
  const names = new Set(readdirSync(folder));
  for (const name of names) {
    const isCopy = /^cardigan-.*\.(db|pgdump)$/.test(name) && !names.has(basename(manifestPath(name)));
    const path = join(folder, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (isCopy && age > DAY_MS) rmSync(path, { force: true });
  }
}
