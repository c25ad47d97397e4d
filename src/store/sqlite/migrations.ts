import type { Migration } from '../versions/layout.ts';

/**
 * `seq` is the order of creation and never used twice: pages of a tag go by it. A plain entry has version 0.
 * The index on `expires` covers only what expires, so that sweeping looks at nothing else.
 */
const tables = [
  `CREATE TABLE entries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    namespace TEXT NOT NULL,
    key TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 0,
    expires INTEGER,
    value TEXT NOT NULL,
    UNIQUE (namespace, key)
  ) STRICT`,
  'CREATE INDEX entries_by_expiry ON entries (expires) WHERE expires IS NOT NULL',
  `CREATE TABLE tags (
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    entry INTEGER NOT NULL REFERENCES entries (seq),
    PRIMARY KEY (namespace, name, entry)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX tags_by_entry ON tags (entry)',
  `CREATE TABLE holds (
    name TEXT PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES entries (seq)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX holds_by_entry ON holds (entry)',
];

/** One is never changed or taken away once it is released: stores are as it has left them. */
export const migrations: readonly Migration[] = [
  { layout: 1, since: '0.1.0', does: 'the tables', statements: tables },
  // The records themselves are sealed when the store is opened: it has the key.
  { layout: 2, since: '1.0.0', does: 'records are authentic, which an earlier version would undo', statements: [] },
];
