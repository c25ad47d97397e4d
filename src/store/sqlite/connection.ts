import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { StoreError } from '../store-error.ts';
import { asStoreError } from './errors.ts';

export type SqliteRow = Record<string, SQLOutputValue>;

/** One SQLite handle with the two ways to use it. `get`, `all` and `run` belong inside one of them. */
export interface Connection {
  read<T>(work: () => T): T;
  /**
   * `work` is synchronous: nothing else of this process can come between its statements. What is asked for within one turn
   * of the event loop is one commit, for each waits for the disk; whatever fails in it fails alone. Resolves once what it
   * wrote is on disk. May be called a second time, when nothing is left of the first.
   */
  transaction<T>(work: () => T): Promise<T>;
  get(sql: string, ...values: SQLInputValue[]): SqliteRow | undefined;
  all(sql: string, ...values: SQLInputValue[]): SqliteRow[];
  run(sql: string, ...values: SQLInputValue[]): { changes: number; id: number };
  /** Moves the write-ahead log into the database and empties it. */
  checkpoint(): void;
  /** Does at once what waits for the end of this turn. */
  flush(): void;
}

/** A transaction that waits for the end of this turn. `run`: throws what is wrong with it; `done`: it is on disk. */
interface Queued {
  run(): void;
  done(): void;
  failed(error: unknown): void;
}

export function createConnection(db: DatabaseSync, path: string): Connection {
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql) ?? db.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  // Also before each call: should a ROLLBACK itself have failed, nothing may see what it left behind.
  const rollBack = (): void => {
    if (db.isTransaction) db.exec('ROLLBACK');
  };
  const attempt = <T>(work: () => T): T => {
    try {
      rollBack();
      return work();
    } catch (error) {
      throw asStoreError(error, path);
    }
  };

  const commit = (work: () => void): void =>
    attempt(() => {
      db.exec('BEGIN IMMEDIATE');
      try {
        work();
        db.exec('COMMIT');
      } catch (error) {
        undo(rollBack);
        throw error;
      }
    });
  const tryCommit = (all: readonly Queued[]): { error: unknown } | undefined => {
    try {
      commit(() => {
        for (const { run } of all) run();
      });
    } catch (error) {
      return { error };
    }
    for (const { done } of all) done();
    return undefined;
  };

  let queue: Queued[] = [];
  function flush(): void {
    const batch = queue;
    queue = [];
    const isOver = batch.length > 1 && !tryCommit(batch);
    // Nothing is left of what was done together: one of them stood in the way of the others.
    for (const each of isOver ? [] : batch) {
      const failed = tryCommit([each]);
      if (failed) each.failed(failed.error);
    }
  }

  return {
    read: attempt,
    transaction: <T>(work: () => T) =>
      new Promise<T>((resolve, reject) => {
        let result: T;
        const run = () => {
          result = work();
        };
        if (queue.push({ run, done: () => resolve(result), failed: reject }) === 1) setImmediate(flush);
      }),
    flush,
    get: (sql, ...values) => statement(sql).get(...values),
    all: (sql, ...values) => statement(sql).all(...values),
    run: (sql, ...values) => {
      const { changes, lastInsertRowid } = statement(sql).run(...values);
      return { changes: Number(changes), id: Number(lastInsertRowid) };
    },
    checkpoint: () =>
      attempt(() => {
        if (statement('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0) return;
        throw new StoreError(
          'locked',
          `Another program is reading ${path}, so deleted data could not be wiped yet. It is tried again; stop that program unless it is a backup.`,
        );
      }),
  };
}

/** The first error is the one to tell; an undo that fails is made up for before the next call. */
function undo(rollBack: () => void): void {
  try {
    rollBack();
  } catch {
    // Said above: the next call rolls back again, and fails itself if it cannot.
  }
}
