import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { type FoundLayout, type Migration, takingOver, type Upgrade } from '../versions/layout.ts';
import { neededBy, needsLater } from '../versions/needed.ts';
import { copyDatabase } from './copy.ts';

/** Where an earlier version looks, whatever else it cannot read: it stays as it is for ever. */
const needs = [
  'CREATE TABLE IF NOT EXISTS layout (needs TEXT NOT NULL) STRICT',
  'DELETE FROM layout',
  'INSERT INTO layout (needs) VALUES (?)',
] as const;

/** Reads a file that may be of a later version: nothing of it changes, nor of what a killed process left beside it. */
export function lookAtLayout(path: string, migrations: readonly Migration[]): FoundLayout {
  // Whoever opens it for writing says what else is there.
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return { layout: 0 };
  const url = pathToFileURL(path);
  // Else SQLite makes files beside it, and whoever only reads does not take them away.
  if (!existsSync(`${path}-wal`)) url.searchParams.set('immutable', '1');
  const db = new DatabaseSync(url, { readOnly: true });
  try {
    return layoutOf(db, migrations);
  } finally {
    db.close();
  }
}

/** Layout 0 where there are no tables yet. Throws `newer`. */
export function layoutOf(db: DatabaseSync, migrations: readonly Migration[]): FoundLayout {
  const layout = Number(db.prepare('PRAGMA user_version').get()?.user_version);
  const saysMore = db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'layout'`).get();
  const row = saysMore && db.prepare('SELECT needs FROM layout').get();
  const found = { layout, needs: row && String(row.needs) };
  if (layout > migrations.length) throw needsLater(found.needs);
  return found;
}

/**
 * Makes the tables in a new database, and takes one of an earlier layout over, all or nothing; of the latter a copy is made
 * before. Nobody else has the database meanwhile. Throws `full` where there is no room for the copy.
 */
export function prepareSchema(db: DatabaseSync, path: string, found: FoundLayout, { migrations, say }: Upgrade): void {
  const pending = migrations.slice(found.layout);
  if (pending.length === 0) return;
  if (found.layout > 0) {
    const copy = `${path}.layout-${found.layout}`;
    copyDatabase(db, copy);
    say(takingOver(pending, found, copy));
  }
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const statement of pending.flatMap(({ statements }) => statements)) db.exec(statement);
    for (const statement of needs.slice(0, -1)) db.exec(statement);
    db.prepare(needs[2]).run(neededBy(migrations));
    db.exec(`PRAGMA user_version = ${migrations.length}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
