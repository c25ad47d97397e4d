import type { Locks } from '../lock.ts';
import type { PlainEntry, Tables } from '../tables.ts';
import type { Connection } from './connection.ts';
import { guardedWrite } from './guarded-write.ts';

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
  const drop = (namespace: string, keys: readonly string[]): boolean[] =>
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
        const { changes } =
          seen === undefined ? run(create, namespace, key, next) : run(replace, next, namespace, key, seen);
        return changes > 0;
      }),
    remove: async (namespace, keys) => drop(namespace, keys),
    clear: async (namespace) => {
      transaction(() => run('DELETE FROM entries WHERE namespace = ?', namespace));
    },
    // Deleted pages are zeroed (secure_delete), but older copies wait in the log until it is emptied.
    purge: async (namespace, key) => {
      drop(namespace, [key]);
      connection.checkpoint();
    },
    page: async (namespace, after) =>
      read(() => all(pageAfter, namespace, after)).map(({ key, value }) => [String(key), String(value)]),
    write: async (change) => guardedWrite(connection, change),
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
      await locks.close();
      close();
    },
  };
}
