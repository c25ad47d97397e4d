import type { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../store-error.ts';

/** 2: records are authentic, which a version that reads only the first would take from them again. */
const version = 2;

/**
 * `seq` is the order of creation and never used twice: pages of a tag go by it. A plain entry has version 0.
 * The index on `expires` covers only what expires, so that sweeping looks at nothing else.
 */
const tables = `
CREATE TABLE entries (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  namespace TEXT NOT NULL,
  key TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 0,
  expires INTEGER,
  value TEXT NOT NULL,
  UNIQUE (namespace, key)
) STRICT;
CREATE INDEX entries_by_expiry ON entries (expires) WHERE expires IS NOT NULL;

CREATE TABLE tags (
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES entries (seq),
  PRIMARY KEY (namespace, name, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_by_entry ON tags (entry);

CREATE TABLE holds (
  name TEXT PRIMARY KEY,
  entry INTEGER NOT NULL REFERENCES entries (seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX holds_by_entry ON holds (entry);
`;

/** Makes the tables in a new database, all or none, and takes one of an earlier layout over; refuses one of a later layout than it knows. */
export function prepareSchema(db: DatabaseSync): void {
  const found = layoutOf(db);
  if (found === version) return;
  const missing = found === 0 ? tables : '';
  db.exec(`BEGIN IMMEDIATE; ${missing} PRAGMA user_version = ${version}; COMMIT`);
}

/** The layout of a database, 0 where it has no tables yet. Throws `newer` for a later one than is known. */
export function layoutOf(db: DatabaseSync): number {
  const found = Number(db.prepare('PRAGMA user_version').get()?.user_version);
  if (found <= version) return found;
  throw new StoreError('newer', 'The store was written by a later version of Cardigan: run that version.');
}
