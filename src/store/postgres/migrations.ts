import type { Migration } from '../versions/layout.ts';

/**
 * `seq` is the order of creation and never used twice: pages of a tag go by it. A plain entry has version 0.
 * COLLATE "C" makes texts compare by their bytes, whatever the database's language is and becomes.
 */
const tables = [
  `CREATE TABLE entries (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    namespace TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL DEFAULT 0,
    expires BIGINT,
    value TEXT NOT NULL,
    UNIQUE (namespace, key)
  )`,
  'CREATE INDEX entries_by_expiry ON entries (expires) WHERE expires IS NOT NULL',
  `CREATE TABLE tags (
    namespace TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    entry BIGINT NOT NULL REFERENCES entries (seq),
    PRIMARY KEY (namespace, name, entry)
  )`,
  'CREATE INDEX tags_by_entry ON tags (entry)',
  `CREATE TABLE holds (
    name TEXT COLLATE "C" PRIMARY KEY,
    entry BIGINT NOT NULL REFERENCES entries (seq)
  )`,
  'CREATE INDEX holds_by_entry ON holds (entry)',
  'CREATE TABLE layout (version INTEGER NOT NULL)',
  'INSERT INTO layout VALUES (1)',
];

/**
 * A process of an earlier version that is still at work may seal codes, and can change no record any more: it would leave
 * some that nobody believes. Of what is there already nothing is looked at.
 */
const authentic = `ALTER TABLE entries ADD CONSTRAINT authentic
  CHECK (version = 0 OR value LIKE '%,"mac":"%') NOT VALID`;

/** One is never changed or taken away once it is released: stores are as it has left them. */
export const migrations: readonly Migration[] = [
  { layout: 1, since: '0.1.0', does: 'the tables', statements: tables },
  {
    layout: 2,
    since: '1.0.0',
    does: 'records are authentic, which an earlier version would undo',
    statements: [authentic],
  },
];
