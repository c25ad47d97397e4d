import { StoreError } from '../store-error.ts';
import type { Connection, RunSql } from './connection.ts';

/** 2: records are authentic, which a version that reads only the first would take from them again. */
const version = 2;
/** Any number that nothing else takes a lock of in the same database. */
const layoutLock = 0x43415244;

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
const authentic = [
  `ALTER TABLE entries ADD CONSTRAINT authentic
    CHECK (version = 0 OR value LIKE '%,"mac":"%') NOT VALID`,
  `UPDATE layout SET version = ${version}`,
];

/** Makes schema and tables, or takes an earlier layout over, all or nothing, one process after the other; refuses a later layout than it knows. */
export async function prepareSchema({ transaction }: Connection, schema: string): Promise<void> {
  await transaction(async (query) => {
    await query('SELECT pg_advisory_xact_lock($1)', layoutLock);
    await makeSchema(query, schema);
    const found = await layoutOf(query, schema);
    if (found === version) return;
    const statements = found === 0 ? [...tables, ...authentic] : authentic;
    for (const statement of statements) await query(statement);
  });
}

async function makeSchema(query: RunSql, schema: string): Promise<void> {
  const [there] = await query('SELECT to_regnamespace($1)::text AS schema', schema);
  if (!there?.schema) await query(`CREATE SCHEMA ${schema}`);
}

/** The layout of a database, 0 where it has no tables yet. Throws `newer` for a later one than is known. */
export async function layoutOf(query: RunSql, schema: string): Promise<number> {
  const [there] = await query(`SELECT to_regclass($1 || '.layout')::text AS layout`, schema);
  if (!there?.layout) return 0;
  const [row] = await query('SELECT version FROM layout');
  const found = Number(row?.version);
  if (found <= version) return found;
  throw new StoreError('newer', 'The store was written by a later version of Cardigan: run that version.');
}
