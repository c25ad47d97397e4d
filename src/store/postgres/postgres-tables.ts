import type { GuardedRow } from '../authentic/stored.ts';
import type { Locks } from '../lock.ts';
import type { PlainEntry, Tables } from '../tables.ts';
import type { Connection, PgRow } from './connection.ts';
import { guardedRemove, guardedWrite } from './guarded-write.ts';

const live = `SELECT key, value FROM entries
  WHERE namespace = $1 AND key = ANY ($2::text[]) AND (expires IS NULL OR expires > $3)`;
const upsert = `INSERT INTO entries (namespace, key, value, expires) VALUES ($1, $2, $3, $4)
  ON CONFLICT (namespace, key) DO UPDATE SET value = excluded.value, expires = excluded.expires`;
const create = `INSERT INTO entries (namespace, key, value) VALUES ($1, $2, $3)
  ON CONFLICT (namespace, key) DO NOTHING RETURNING seq`;
const replace = `UPDATE entries SET value = $3 WHERE namespace = $1 AND key = $2 AND value = $4
  RETURNING seq`;
const remove = `DELETE FROM entries WHERE namespace = $1 AND key = ANY ($2::text[]) RETURNING key`;
/** Each set clears away up to four: what has expired never piles up. What another process has hold of is left. */
const sweep = `DELETE FROM entries WHERE seq IN (SELECT seq FROM entries WHERE expires <= $1
  ORDER BY expires LIMIT $2 FOR UPDATE SKIP LOCKED)`;
const pageAfter = `SELECT key, value FROM entries WHERE namespace = $1 AND key > $2
  ORDER BY key LIMIT 100`;
const records = 'SELECT key, value, version FROM entries WHERE namespace = $1 AND key = ANY ($2::text[])';
const rowsAfter = `SELECT seq, namespace, key, version, value,
  array_to_json(ARRAY (SELECT name FROM tags WHERE entry = seq))::text AS tags,
  array_to_json(ARRAY (SELECT name FROM holds WHERE entry = seq))::text AS holds
  FROM entries WHERE seq > $1 AND version > 0 ORDER BY seq LIMIT $2`;
const listed = `SELECT e.seq, e.key FROM tags t JOIN entries e ON e.seq = t.entry
  WHERE t.namespace = $1 AND t.name = $2 AND t.entry < $3 ORDER BY t.entry DESC LIMIT $4`;
const counted = 'SELECT count(*) AS n FROM tags WHERE namespace = $1 AND name = $2';
const holding = 'SELECT e.key FROM holds h JOIN entries e ON e.seq = h.entry WHERE h.name = $1';

/** The store's calls in PostgreSQL's words. */
export function createPostgresTables(connection: Connection, locks: Locks): Tables {
  const { query, transaction } = connection;
  const drop = async (namespace: string, keys: readonly string[]): Promise<boolean[]> => {
    const gone = new Set((await query(remove, namespace, keys)).map(({ key }) => key));
    // A key given twice is gone the second time.
    return keys.map((key) => gone.delete(key));
  };

  return {
    async find(namespace, keys, now) {
      const rows = await query(live, namespace, keys, now);
      const texts = new Map(rows.map(({ key, value }) => [key, value]));
      return keys.map((key) => texts.get(key));
    },
    put: (namespace, entries, now) =>
      transaction(async (on) => {
        for (const { key, value, expires } of inOrder(entries)) {
          await on(upsert, namespace, key, value, expires);
        }
        await on(sweep, now, 4 * entries.length);
      }),
    async exchange(namespace, key, seen, next) {
      const rows =
        seen === undefined
          ? await query(create, namespace, key, next)
          : await query(replace, namespace, key, next, seen);
      return rows.length > 0;
    },
    remove: drop,
    async clear(namespace) {
      await query('DELETE FROM entries WHERE namespace = $1', namespace);
    },
    // What PostgreSQL deletes stays in its files until VACUUM, and in its log. Only sealed text is ever purged.
    async purge(namespace, key) {
      await drop(namespace, [key]);
    },
    page: async (namespace, after) =>
      (await query(pageAfter, namespace, after)).map(({ key = '', value = '' }) => [key, value]),
    write: (change) => guardedWrite(connection, change),
    removeSeen: (namespace, key, seen) => guardedRemove(connection, namespace, key, seen),
    async records(namespace, keys) {
      const rows = await query(records, namespace, keys);
      const found = new Map(
        rows.map(({ key, value = '', version }) => [key, { text: value, version: Number(version) }]),
      );
      return keys.map((key) => found.get(key));
    },
    rows: async (after, limit) => (await query(rowsAfter, after, limit)).map(rowOf),
    exchangeAll: (changes) =>
      transaction(async (on) => {
        for (const { namespace, key, seen, next } of changes) await on(replace, namespace, key, next, seen);
      }),
    listed: async (namespace, tag, end, limit) =>
      (await query(listed, namespace, tag, end, limit)).map(({ seq, key = '' }) => ({ seq: Number(seq), key })),
    count: async (namespace, tag) => Number((await query(counted, namespace, tag))[0]?.n),
    holder: async (hold) => (await query(holding, hold))[0]?.key,
    lock: locks.lock,
    async close() {
      await Promise.all([locks.close(), connection.close()]);
    },
  };
}

/** Two processes that put the same keys lock them in the same order. The last of a key's texts is the one that stays. */
function inOrder(entries: readonly PlainEntry[]): PlainEntry[] {
  return [...entries].sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
}

function rowOf({ seq, namespace = '', key = '', version, value = '', tags = '[]', holds = '[]' }: PgRow): GuardedRow {
  const stored = { text: value, version: Number(version) };
  return { seq: Number(seq), namespace, key, stored, tags: JSON.parse(tags), holds: JSON.parse(holds) };
}
