import { DatabaseSync, StatementSync } from 'node:sqlite';

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

function intercept<T extends object>(target: T, name: keyof T & string, hook: () => void) {
  const original = target[name] as (...values: unknown[]) => unknown;
  const replacement = function (this: T, ...values: unknown[]) {
    hook();
    return original.apply(this, values);
  };
  Object.defineProperty(target, name, { value: replacement, configurable: true, writable: true });
  return () =>
    Object.defineProperty(target, name, { value: original, configurable: true, writable: true });
}
