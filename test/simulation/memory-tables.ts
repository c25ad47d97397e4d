import { createLocalLocks } from '../../src/store/lock.ts';
import type { WriteResult } from '../../src/store/storage.ts';
import { StoreError } from '../../src/store/store-error.ts';
import type { GuardedChange, ListedKey, PlainEntry, Tables } from '../../src/store/tables.ts';

/** One entry as a database keeps it; `seq` is the order of creation. */
export interface Row {
  readonly seq: number;
  readonly namespace: string;
  readonly key: string;
  version: number;
  value: string;
  expires: number | undefined;
  tags: ReadonlySet<string>;
  holds: ReadonlySet<string>;
}

/** What a database in memory holds, for whoever wants to look into it past everything else. */
export interface Memory {
  readonly rows: Map<string, Row>;
  /** Hold → the row that has it. */
  readonly holds: Map<string, Row>;
  nextSeq: number;
}

export const createMemory = (): Memory => ({ rows: new Map(), holds: new Map(), nextSeq: 1 });

const placeOf = (namespace: string, key: string): string => `${namespace}\n${key}`;

/**
 * A database in memory, by the same contract as the real ones. Each call has its whole effect before it returns its
 * promise. `step` is called where a real database would run a statement, and may throw.
 */
export function createMemoryTables(memory: Memory, step: () => void = () => {}): Tables {
  let isClosed = false;
  const locks = createLocalLocks();
  const at = (namespace: string, key: string) => memory.rows.get(placeOf(namespace, key));

  /** Nothing is changed before the last step has gone through: that is all there is to a transaction here. */
  async function attempt<T>(work: () => T): Promise<T> {
    if (isClosed) throw new StoreError('closed', 'The store is closed.');
    try {
      return work();
    } catch (cause) {
      throw new StoreError('broken', 'The store in memory was made to fail.', { cause });
    }
  }

  const isLive = (row: Row | undefined, now: number): row is Row =>
    row !== undefined && (row.expires === undefined || row.expires > now);

  function insert(namespace: string, key: string, value: string): Row {
    const seq = memory.nextSeq++;
    const rest = { expires: undefined, tags: new Set<string>(), holds: new Set<string>() };
    const row: Row = { seq, namespace, key, version: 0, value, ...rest };
    memory.rows.set(placeOf(namespace, key), row);
    return row;
  }

  function put(namespace: string, { key, value, expires }: PlainEntry): void {
    const row = at(namespace, key) ?? insert(namespace, key, value);
    Object.assign(row, { value, expires });
  }

  function sweep(now: number): void {
    const gone = [...memory.rows.values()].filter(({ expires = now + 1 }) => expires <= now);
    gone.sort((a, b) => Number(a.expires) - Number(b.expires));
    for (const row of gone.slice(0, 4)) remove(row);
  }

  const remove = (row: Row | undefined): boolean =>
    row !== undefined && memory.rows.delete(placeOf(row.namespace, row.key));

  function write({ namespace, key, next, seen, tags, holds }: GuardedChange): WriteResult {
    step();
    const known = at(namespace, key);
    const version = known?.version ?? 0;
    if (version !== seen) return { ok: false, reason: 'changed', version };
    for (const hold of holds) {
      step();
      const owner = memory.holds.get(hold);
      if (owner && owner !== known) return { ok: false, reason: 'held', hold, owner: owner.key };
    }
    for (const _ of ['text', 'tags', 'new tags', 'holds', 'new holds', 'commit']) step();
    const row = known ?? insert(namespace, key, next);
    for (const hold of row.holds) memory.holds.delete(hold);
    for (const hold of holds) memory.holds.set(hold, row);
    const sets = { tags: new Set(tags), holds: new Set(holds) };
    Object.assign(row, { value: next, version: version + 1, ...sets });
    return { ok: true, version: version + 1 };
  }

  function removeSeen(namespace: string, key: string, seen: number): boolean {
    step();
    const row = at(namespace, key);
    if (row?.version !== seen) return false;
    for (const _ of ['tags', 'holds', 'entry', 'commit']) step();
    for (const hold of row.holds) memory.holds.delete(hold);
    return remove(row);
  }

  function listed(namespace: string, tag: string, end: number, limit: number): ListedKey[] {
    const found = [...memory.rows.values()].filter(
      (row) => row.namespace === namespace && row.seq < end && row.tags.has(tag),
    );
    const newest = found.sort((a, b) => b.seq - a.seq).slice(0, limit);
    return newest.map(({ seq, key }) => ({ seq, key }));
  }

  /** One statement, then its effect. */
  const single = <T>(work: () => T): Promise<T> =>
    attempt(() => {
      step();
      return work();
    });

  return {
    find: (namespace, keys, now) =>
      single(() =>
        keys.map((key) => {
          const row = at(namespace, key);
          return isLive(row, now) ? row.value : undefined;
        }),
      ),
    put: (namespace, entries, now) =>
      single(() => {
        for (const entry of entries) {
          sweep(now);
          put(namespace, entry);
        }
      }),
    exchange: (namespace, key, seen, next) =>
      single(() => {
        const row = at(namespace, key);
        if (row?.value !== seen) return false;
        Object.assign(row ?? insert(namespace, key, next), { value: next });
        return true;
      }),
    remove: (namespace, keys) => single(() => keys.map((key) => remove(at(namespace, key)))),
    clear: (namespace) =>
      single(() => {
        for (const row of memory.rows.values()) if (row.namespace === namespace) remove(row);
      }),
    purge: (namespace, key) => single(() => void remove(at(namespace, key))),
    page: (namespace, after) =>
      single(() => {
        const rows = [...memory.rows.values()].filter((row) => row.namespace === namespace && row.key > after);
        const sorted = rows.sort((a, b) => (a.key < b.key ? -1 : 1));
        return sorted.slice(0, 100).map(({ key, value }): [string, string] => [key, value]);
      }),
    records: (namespace, keys) =>
      single(() =>
        keys.map((key) => {
          const row = at(namespace, key);
          return row && { text: row.value, version: row.version };
        }),
      ),
    rows: (after, limit) =>
      single(() => {
        const guarded = [...memory.rows.values()].filter(({ seq, version }) => seq > after && version > 0);
        return guarded
          .sort((a, b) => a.seq - b.seq)
          .slice(0, limit)
          .map(({ seq, namespace, key, value, version, tags, holds }) => {
            const stored = { text: value, version };
            return { seq, namespace, key, stored, tags: [...tags], holds: [...holds] };
          });
      }),
    exchangeAll: (changes) =>
      single(() => {
        for (const { namespace, key, seen, next } of changes) {
          const row = at(namespace, key);
          if (row?.value === seen) row.value = next;
        }
      }),
    write: (change) => attempt(() => write(change)),
    removeSeen: (namespace, key, seen) => attempt(() => removeSeen(namespace, key, seen)),
    listed: (namespace, tag, end, limit) => single(() => listed(namespace, tag, end, limit)),
    count: (namespace, tag) => single(() => listed(namespace, tag, Number.POSITIVE_INFINITY, memory.rows.size).length),
    lock: locks.lock,
    holder: (hold) => single(() => memory.holds.get(hold)?.key),
    async close() {
      isClosed = true;
      await locks.close();
    },
  };
}
