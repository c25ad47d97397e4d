import type { WriteResult } from '../storage.ts';
import type { GuardedChange } from '../tables.ts';
import type { Connection, SqliteRow } from './connection.ts';

const find = 'SELECT seq, version FROM entries WHERE namespace = ? AND key = ?';
const create = 'INSERT INTO entries (namespace, key, version, value) VALUES (?, ?, 1, ?)';
const replace = 'UPDATE entries SET version = version + 1, value = ? WHERE seq = ?';
const holderOf = `SELECT h.entry, e.key FROM holds h JOIN entries e ON e.seq = h.entry WHERE h.name = ?`;
const removals = [
  'DELETE FROM tags WHERE entry = ?',
  'DELETE FROM holds WHERE entry = ?',
  'DELETE FROM entries WHERE seq = ?',
];

/** Record, tags and holds in one transaction; who loses is told what it lost to, and nothing is written. */
export function guardedWrite(connection: Connection, change: GuardedChange): Promise<WriteResult> {
  return connection.transaction<WriteResult>(() => {
    const row = connection.get(find, change.namespace, change.key);
    const version = Number(row?.version ?? 0);
    if (version !== change.seen) return { ok: false, reason: 'changed', version };

    const known = row && Number(row.seq);
    const taken = firstTaken(connection, change.holds, known);
    if (taken) return { ok: false, reason: 'held', ...taken };

    const entry = put(connection, change, known);
    keepTags(connection, change, entry);
    keepHolds(connection, change.holds, entry);
    return { ok: true, version: version + 1 };
  });
}

/** Its tags and holds go first, for they name its entry. */
export function guardedRemove(connection: Connection, namespace: string, key: string, seen: number): Promise<boolean> {
  return connection.transaction(() => {
    const row = connection.get(find, namespace, key);
    if (row === undefined || Number(row.version) !== seen) return false;
    for (const statement of removals) connection.run(statement, Number(row.seq));
    return true;
  });
}

function firstTaken(connection: Connection, holds: readonly string[], self: number | undefined) {
  for (const hold of holds) {
    const row = connection.get(holderOf, hold);
    if (row && row.entry !== self) return { hold, owner: String(row.key) };
  }
  return undefined;
}

function put(connection: Connection, change: GuardedChange, known: number | undefined): number {
  if (known === undefined) return connection.run(create, change.namespace, change.key, change.next).id;
  connection.run(replace, change.next, known);
  return known;
}

function keepTags(connection: Connection, { namespace, tags }: GuardedChange, entry: number): void {
  const { gone, fresh } = difference(connection.all('SELECT name FROM tags WHERE entry = ?', entry), tags);
  for (const tag of gone) {
    connection.run('DELETE FROM tags WHERE namespace = ? AND name = ? AND entry = ?', namespace, tag, entry);
  }
  for (const tag of fresh) connection.run('INSERT INTO tags VALUES (?, ?, ?)', namespace, tag, entry);
}

function keepHolds(connection: Connection, holds: readonly string[], entry: number): void {
  const { gone, fresh } = difference(connection.all('SELECT name FROM holds WHERE entry = ?', entry), holds);
  for (const hold of gone) connection.run('DELETE FROM holds WHERE name = ?', hold);
  for (const hold of fresh) connection.run('INSERT INTO holds VALUES (?, ?)', hold, entry);
}

/** Most writes move a record between few sets: only what differs is touched. */
function difference(rows: SqliteRow[], wanted: readonly string[]) {
  const had = new Set(rows.map((row) => String(row.name)));
  const want = new Set(wanted);
  return { gone: [...had].filter((name) => !want.has(name)), fresh: [...want].filter((name) => !had.has(name)) };
}
