import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { createLocalLocks } from '../lock.ts';
import { StoreError } from '../store-error.ts';
import type { ConnectedBeside } from '../tables.ts';
import { pathOf } from './connect.ts';
import { createConnection } from './connection.ts';
import { asStoreError } from './errors.ts';
import { migrations } from './migrations.ts';
import { layoutOf } from './schema.ts';
import { spaceAt } from './space.ts';
import { createSqliteTables } from './sqlite-tables.ts';

/** So long a reader waits where the one who serves has the file for itself: it empties its log, or recovers after a crash. */
const WAIT_MS = 5_000;

/**
 * Opens the database file of a `sqlite://` address for reading only, also while another process serves it: the lock file
 * is not touched. Throws a StoreError: `bad_url`, `absent`, `newer`, `unwritable`, `broken`.
 */
export async function connectSqliteBeside(url: string): Promise<ConnectedBeside> {
  const path = pathOf(url);
  if (!existsSync(path)) throw new StoreError('absent', `There is no store yet at ${path}: the first start makes it.`);
  let db: DatabaseSync | undefined;
  try {
    const opened = new DatabaseSync(path, { readOnly: true, timeout: WAIT_MS });
    db = opened;
    const { layout } = layoutOf(opened, migrations);
    if (layout === 0) throw new StoreError('absent', `The file ${path} is no store of Cardigan.`);
    const tables = createSqliteTables(createConnection(opened, path), createLocalLocks(), () => opened.close());
    return { tables, layout, keyFile: `${path}.key`, space: () => spaceAt(path), takesWrites: async () => true };
  } catch (error) {
    db?.close();
    throw asStoreError(error, path);
  }
}
