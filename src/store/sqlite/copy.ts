import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

/** The whole database as another file, which only its owner can read: there, on the disk, or not there at all. */
export function copyDatabase(db: DatabaseSync, to: string): void {
  const draft = `${to}.part`;
  rmSync(draft, { force: true });
  try {
    // SQLite takes an empty file, and keeps its mode.
    closeSync(openSync(draft, 'wx', 0o600));
    db.prepare('VACUUM INTO ?').run(draft);
    sync(draft);
    renameSync(draft, to);
    sync(dirname(to));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
