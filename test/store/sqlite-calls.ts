import { DatabaseSync, StatementSync } from 'node:sqlite';
import { intercept } from './intercept.ts';

/** Runs `hook` before every call that reaches SQLite in this process; returns how to stop it. */
export function beforeEachSqliteCall(hook: () => void): () => void {
  const undo = [
    intercept(DatabaseSync.prototype, 'exec', hook),
    intercept(StatementSync.prototype, 'get', hook),
    intercept(StatementSync.prototype, 'all', hook),
    intercept(StatementSync.prototype, 'run', hook),
  ];
  return () => {
    for (const restore of undo) restore();
  };
}
