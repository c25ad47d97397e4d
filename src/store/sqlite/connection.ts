import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';
import { StoreError } from '../store-error.ts';
import { asStoreError } from './errors.ts';

export type SqliteRow = Record<string, SQLOutputValue>;

/** One SQLite handle with the two ways to use it. `get`, `all` and `run` belong inside one of them. */
export interface Connection {
  read<T>(work: () => T): T;
  /** `work` is synchronous: nothing else of this process can come between its statements. */
  transaction<T>(work: () => T): T;
  get(sql: string, ...values: SQLInputValue[]): SqliteRow | undefined;
  all(sql: string, ...values: SQLInputValue[]): SqliteRow[];
  run(sql: string, ...values: SQLInputValue[]): { changes: number; id: number };
  /** Moves the write-ahead log into the database and empties it. */
  checkpoint(): void;
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

  return {
    read: attempt,
    transaction: (work) =>
      attempt(() => {
        db.exec('BEGIN IMMEDIATE');
        try {
          const result = work();
          db.exec('COMMIT');
          return result;
        } catch (error) {
          undo(rollBack);
          throw error;
        }
      }),
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
          `Another program is reading ${path}, so deleted data could not be wiped yet: stop it.`,
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
