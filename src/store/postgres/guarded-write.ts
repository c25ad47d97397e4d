import type { WriteResult } from '../storage.ts';
import type { GuardedChange } from '../tables.ts';
import { Again, type Connection, type RunSql } from './connection.ts';

const find = 'SELECT seq, version FROM entries WHERE namespace = $1 AND key = $2 FOR UPDATE';
const create = `INSERT INTO entries (namespace, key, version, value) VALUES ($1, $2, 1, $3)
  ON CONFLICT (namespace, key) DO NOTHING RETURNING seq`;
const replace = 'UPDATE entries SET version = version + 1, value = $2 WHERE seq = $1';
const dropTags = 'DELETE FROM tags WHERE entry = $1 AND name <> ALL ($2::text[])';
const addTags = `INSERT INTO tags (namespace, name, entry) SELECT $2, unnest($3::text[]), $1
  ON CONFLICT DO NOTHING`;
const dropHolds = 'DELETE FROM holds WHERE entry = $1 AND name <> ALL ($2::text[])';
const addHolds = `INSERT INTO holds (name, entry) SELECT unnest($2::text[]), $1
  ON CONFLICT DO NOTHING`;
const holders = `SELECT h.name, h.entry, e.key FROM holds h JOIN entries e ON e.seq = h.entry
  WHERE h.name = ANY ($1::text[])`;
/** Tags and holds go first, for they name the entry. */
const removals = [
  'DELETE FROM tags WHERE entry = $1',
  'DELETE FROM holds WHERE entry = $1',
  'DELETE FROM entries WHERE seq = $1',
];

/**
 * Record, tags and holds in one transaction; who loses is told what it lost to, and nothing is written.
 *
 * A writer waits for another in two places only: at the record's row, and where it inserts a hold that the other has
 * just taken or given up. Holds are inserted in the order of their names, and given up after that, so that no two
 * writers ever wait for each other.
 */
export function guardedWrite(connection: Connection, change: GuardedChange): Promise<WriteResult> {
  return connection.transaction(
    async (query): Promise<WriteResult> => {
      const [row] = await query(find, change.namespace, change.key);
      const version = Number(row?.version ?? 0);
      if (version !== change.seen) return { ok: false, reason: 'changed', version };

      const entry = await put(query, change, row?.seq);
      const taken = await takeHolds(query, change.holds, entry);
      if (taken) return { ok: false, reason: 'held', ...taken };
      await query(addTags, entry, change.namespace, change.tags);
      if (row) {
        await query(dropTags, entry, change.tags);
        await query(dropHolds, entry, change.holds);
      }
      return { ok: true, version: version + 1 };
    },
    ({ ok }) => ok,
  );
}

/** Holds are only given up here, so it waits for no other writer but at the record's row. */
export function guardedRemove(connection: Connection, namespace: string, key: string, seen: number): Promise<boolean> {
  return connection.transaction(async (query) => {
    const [row] = await query(find, namespace, key);
    if (row === undefined || Number(row.version) !== seen) return false;
    for (const statement of removals) await query(statement, row.seq);
    return true;
  });
}

/** Who makes a record that another has just made begins again, and finds it. */
async function put(query: RunSql, change: GuardedChange, known: string | undefined): Promise<string> {
  if (known !== undefined) {
    await query(replace, known, change.next);
    return known;
  }
  const [made] = await query(create, change.namespace, change.key, change.next);
  if (!made?.seq) throw new Again();
  return made.seq;
}

/** The first hold, in the order given, that another record has; undefined when they are all this record's now. */
async function takeHolds(query: RunSql, holds: readonly string[], entry: string) {
  if (holds.length === 0) return undefined;
  await query(addHolds, entry, holds.toSorted());
  const owners = new Map((await query(holders, holds)).map((row) => [row.name, row]));
  for (const hold of holds) {
    const row = owners.get(hold);
    // Was another's a moment ago, and has just been given up.
    if (!row) throw new Again();
    if (row.entry !== entry) return { hold, owner: String(row.key) };
  }
  return undefined;
}
