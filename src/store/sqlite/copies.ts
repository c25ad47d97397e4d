import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Copies, OpenedCopy, PlaceClaim } from '../beside/copies.ts';
import { syncPath } from '../beside/sync-path.ts';
import { lockPath, pathOf } from './connect.ts';
import { asStoreError } from './errors.ts';

const besides = ['-wal', '-shm', '-journal'];
const addressOf = (file: string): string => `sqlite://${file}`;

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asStoreError(error, path);
  }
}

function using<T>(path: string, readOnly: boolean, work: (db: DatabaseSync) => T): T {
  return attempt(path, () => {
    const db = new DatabaseSync(path, { readOnly, timeout: 5_000 });
    try {
      return work(db);
    } finally {
      db.close();
    }
  });
}

/**
 * `VACUUM INTO` reads one state of the database in one go and writes it anew: who serves the store reads and writes
 * meanwhile, and nothing that was deleted comes along.
 */
export const sqliteCopies: Copies = {
  ending: '.db',
  async make(url, file) {
    // Which of the two files a failure is about nobody says; a full disk is most likely where it is written.
    attempt(file, () => using(pathOf(url), true, (db) => db.prepare('VACUUM INTO ?').run(file)));
  },
  open: async (_, file) => ({ url: addressOf(file), async drop() {} }),
  isSound: async ({ url }) =>
    using(pathOf(url), true, (db) => {
      const said = db.prepare('PRAGMA integrity_check(1)').get()?.integrity_check;
      return said === 'ok' && db.prepare('PRAGMA foreign_key_check').get() === undefined;
    }),
  async read() {},
  claim: async (url) => claim(pathOf(url)),
};

function claim(path: string): PlaceClaim {
  const handle = attempt(path, () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return lockPath(`${path}.lock`);
  });
  const staged = `${path}.restoring`;
  const drop = async (): Promise<void> => {
    for (const end of ['', '.lock', ...besides]) rmSync(`${staged}${end}`, { force: true });
  };
  return {
    async stage(file): Promise<OpenedCopy> {
      await drop();
      attempt(staged, () => {
        copyFileSync(file, staged);
        // It comes with the mode of the backup, which may have travelled.
        chmodSync(staged, 0o600);
        syncPath(staged);
      });
      return { url: addressOf(staged), drop };
    },
    async put() {
      const before = attempt(path, () => exchange(path, staged));
      await drop();
      return before;
    },
    async release() {
      handle.close();
    },
  };
}

/** There is no moment at which there is no store, and none at which the log of one lies beside the other. */
function exchange(path: string, staged: string): string | undefined {
  const isThere = existsSync(path);
  const before = `${path}.before-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  if (isThere) {
    foldLog(path);
    for (const end of besides) if (existsSync(`${path}${end}`)) renameSync(`${path}${end}`, `${before}${end}`);
    linkSync(path, before);
  }
  renameSync(staged, path);
  syncPath(dirname(path));
  return isThere ? before : undefined;
}

/** Into the database that it belongs to, so that it is one file. One that is broken keeps its log beside it. */
function foldLog(path: string): void {
  try {
    using(path, false, (db) => db.exec('PRAGMA journal_mode = DELETE'));
  } catch {
    // It is kept as it is: that it cannot be read may be why it is replaced.
  }
}
