import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createLocalLocks } from '../lock.ts';
import { StoreError } from '../store-error.ts';
import type { Connected } from '../tables.ts';
import type { Upgrade } from '../versions/layout.ts';
import { createConnection } from './connection.ts';
import { asStoreError } from './errors.ts';
import { migrations } from './migrations.ts';
import { lookAtLayout, prepareSchema } from './schema.ts';
import { spaceAt } from './space.ts';
import { createSqliteTables } from './sqlite-tables.ts';

/**
 * Opens (or makes) the database file of a `sqlite://` address, for this process alone.
 * Throws a StoreError: `bad_url`, `locked`, `unwritable`, `full`, `newer`, `broken`.
 */
export async function connectSqlite(url: string, given: Partial<Upgrade> = {}): Promise<Connected> {
  const upgrade = { migrations, say: () => {}, ...given };
  const path = pathOf(url);
  const open: DatabaseSync[] = [];
  const close = (): void => {
    for (const handle of open.splice(0).reverse()) handle.close();
  };
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    open.push(lockPath(`${path}.lock`));
    // Before the database is opened for writing, which changes it.
    const found = lookAtLayout(path, upgrade.migrations);
    const db = openPrivately(path);
    open.push(db);
    configure(db);
    prepareSchema(db, path, found, upgrade);
    const locks = createLocalLocks();
    const tables = createSqliteTables(createConnection(db, path), locks, close);
    return { tables, keyFile: `${path}.key`, space: () => spaceAt(path) };
  } catch (error) {
    close();
    throw asStoreError(error, path);
  }
}

/** Throws a StoreError: `bad_url`. */
export function checkUrl(url: string): void {
  pathOf(url);
}

/** Throws a StoreError: `bad_url`. */
export function pathOf(url: string): string {
  const path = url.slice('sqlite://'.length);
  if (!url.startsWith('sqlite://') || path === '' || path.endsWith('/')) {
    throw new StoreError(
      'bad_url',
      'STORE_URL must name a file, such as sqlite://data/cardigan.db or sqlite:///var/lib/cardigan/cardigan.db.',
    );
  }
  // Such a file is another one than that which people see written there: a second, empty store.
  if (/\p{C}|^\s|\s$|\s\/|\/\s/u.test(path)) {
    throw new StoreError(
      'bad_url',
      'STORE_URL has a space at the start or end of a name, or an invisible character: type it again.',
    );
  }
  return resolve(path);
}

/**
 * The file is made by us because SQLite would make it readable by others; its -wal and -shm take its mode.
 * A file that exists must not be opened and closed here: closing it would drop the locks that this process
 * has on it (POSIX), and with them the promise that nobody else is in.
 */
function openPrivately(path: string): DatabaseSync {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return new DatabaseSync(path);
}

/** An exclusive transaction that stays open; the operating system ends it with the process, however it dies. */
export function lockPath(path: string): DatabaseSync {
  const handle = openPrivately(path);
  try {
    // Nothing is ever written to it, so it needs no journal file beside it.
    handle.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return handle;
  } catch (error) {
    handle.close();
    throw error;
  }
}

function configure(db: DatabaseSync): void {
  // FULL: what was answered as written is still there after a power cut.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
}
