import type { GuardedRow, Replacement } from '../authentic/stored.ts';
import type { Locks } from '../lock.ts';
import type { PlainEntry, Tables } from '../tables.ts';
import type { Connection, SqliteRow } from './connection.ts';
import { guardedRemove, guardedWrite } from './guarded-write.ts';

const live = 'SELECT value FROM entries WHERE namespace = ? AND key = ? AND (expires IS NULL OR expires > ?)';
const upsert = `INSERT INTO entries (namespace, key, value, expires) VALUES (?, ?, ?, ?)
  ON CONFLICT (namespace, key) DO UPDATE SET value = excluded.value, expires = excluded.expires`;
const create = `INSERT INTO entries (namespace, key, value) VALUES (?, ?, ?)
  ON CONFLICT (namespace, key) DO NOTHING`;
const replace = 'UPDATE entries SET value = ? WHERE namespace = ? AND key = ? AND value = ?';
const remove = 'DELETE FROM entries WHERE namespace = ? AND key = ?';
/** A set adds one entry and clears away up to four: what has expired never piles up, no set pays for many. */
const sweep = `DELETE FROM entries WHERE seq IN
  (SELECT seq FROM entries WHERE expires <= ? ORDER BY expires LIMIT 4)`;
const pageAfter = 'SELECT key, value FROM entries WHERE namespace = ? AND key > ? ORDER BY key LIMIT 100';
const record = 'SELECT value, version FROM entries WHERE namespace = ? AND key = ?';
const rowsAfter = `SELECT seq, namespace, key, version, value,
  (SELECT json_group_array(name) FROM tags WHERE entry = seq) AS tags,
  (SELECT json_group_array(name) FROM holds WHERE entry = seq) AS holds
  FROM entries WHERE seq > ? AND version > 0 ORDER BY seq LIMIT ?`;
const listed = `SELECT e.seq, e.key FROM tags t JOIN entries e ON e.seq = t.entry
  WHERE t.namespace = ? AND t.name = ? AND t.entry < ? ORDER BY t.entry DESC LIMIT ?`;
const counted = 'SELECT count(*) AS n FROM tags WHERE namespace = ? AND name = ?';
const holding = 'SELECT e.key FROM holds h JOIN entries e ON e.seq = h.entry WHERE h.name = ?';

/** The store's calls in SQLite's words. Each runs through without a pause: nothing comes in between. */
export function createSqliteTables(connection: Connection, locks: Locks, close: () => void): Tables {
  const { read, transaction, get, all, run } = connection;
  const put = (namespace: string, { key, value, expires }: PlainEntry, now: number): void => {
    run(sweep, now);
    run(upsert, namespace, key, value, expires ?? null);
  };
  const exchange = ({ namespace, key, seen, next }: Replacement) => run(replace, next, namespace, key, seen);
  const drop = (namespace: string, keys: readonly string[]): Promise<boolean[]> =>
    transaction(() => keys.map((key) => run(remove, namespace, key).changes > 0));

  return {
    find: async (namespace, keys, now) =>
      read(() =>
        keys.map((key) => {
          const row = get(live, namespace, key, now);
          return row && String(row.value);
        }),
      ),
    put: async (namespace, entries, now) =>
      transaction(() => {
        for (const entry of entries) put(namespace, entry, now);
      }),
    exchange: async (namespace, key, seen, next) =>
      transaction(() => {
        const isNew = seen === undefined;
        const { changes } = isNew ? run(create, namespace, key, next) : exchange({ namespace, key, seen, next });
        return changes > 0;
      }),
    remove: async (namespace, keys) => drop(namespace, keys),
    clear: async (namespace) => {
      await transaction(() => run('DELETE FROM entries WHERE namespace = ?', namespace));
    },
    // Deleted pages are zeroed (secure_delete), but older copies wait in the log until it is emptied.
    purge: async (namespace, key) => {
      await drop(namespace, [key]);
      connection.checkpoint();
    },
    page: async (namespace, after) =>
      read(() => all(pageAfter, namespace, after)).map(({ key, value }) => [String(key), String(value)]),
    write: async (change) => guardedWrite(connection, change),
    removeSeen: async (namespace, key, seen) => guardedRemove(connection, namespace, key, seen),
    records: async (namespace, keys) =>
      read(() =>
        keys.map((key) => {
          const row = get(record, namespace, key);
          return row && { text: String(row.value), version: Number(row.version) };
        }),
      ),
    rows: async (after, limit) => read(() => all(rowsAfter, after, limit)).map(rowOf),
    exchangeAll: async (changes) =>
      transaction(() => {
        for (const change of changes) exchange(change);
      }),
    listed: async (namespace, tag, end, limit) =>
      read(() => all(listed, namespace, tag, end, limit)).map(({ seq, key }) => ({
        seq: Number(seq),
        key: String(key),
      })),
    count: async (namespace, tag) => Number(read(() => get(counted, namespace, tag))?.n),
    holder: async (hold) => {
      const row = read(() => get(holding, hold));
      return row && String(row.key);
    },
    lock: locks.lock,
    async close() {
      connection.flush();
      await locks.close();
      close();
    },
  };
}

function rowOf({ seq, namespace, key, version, value, tags, holds }: SqliteRow): GuardedRow {
  return {
    seq: Number(seq),
    namespace: String(namespace),
    key: String(key),
    stored: { text: String(value), version: Number(version) },
    tags: JSON.parse(String(tags)),
    holds: JSON.parse(String(holds)),
  };
}
