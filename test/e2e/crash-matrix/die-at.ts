import { writeSync } from 'node:fs';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { Client } from 'pg';
import { type DieAt, lastWords, type Write } from './killing-write.ts';

/**
 * Loaded into a bot process before its own code (NODE_OPTIONS=--import). It ends the process with SIGKILL right before
 * or right after one write reaches the database, which it knows by what is written: the bot itself knows nothing of it.
 */

const dieAt: DieAt | undefined = process.env.DIE_AT ? JSON.parse(process.env.DIE_AT) : undefined;
let written = 0;

function isMeant(write: Write, sql: string, values: readonly unknown[]): boolean {
  if (write === 'vault') return /^(INSERT INTO|UPDATE) entries/.test(sql) && values.includes('vault');
  return values.some((value) => typeof value === 'string' && isOf(write, recordIn(value)));
}

interface Recorded {
  status?: string;
  history?: { why?: string }[];
  held?: object;
}

function isOf(write: Exclude<Write, 'vault'>, { status, history, held }: Recorded): boolean {
  if (write === 'day') return held !== undefined;
  return status === write.order && (!write.why || history?.at(-1)?.why === write.why);
}

/** The record in a text of the store, as Keyv encodes it; nothing in any other text. */
function recordIn(text: string): Recorded {
  if (!text.startsWith('{"value":{')) return {};
  return JSON.parse(text).value;
}

function die(cause: DieAt): void {
  writeSync(2, `${lastWords(cause)}\n`);
  process.kill(process.pid, 'SIGKILL');
}

/** Connections in a transaction, and those of them in which the write has been made and not yet committed. */
const begun = new WeakSet<object>();
const pending = new WeakSet<object>();

/** Whether this statement is what makes the write last: a COMMIT, or the write itself outside a transaction. */
function makesItLast(write: Write, connection: object, sql: string, values: readonly unknown[]) {
  if (sql.startsWith('BEGIN')) begun.add(connection);
  if (sql === 'ROLLBACK') pending.delete(connection);
  if (sql === 'ROLLBACK' || sql === 'COMMIT') begun.delete(connection);
  if (sql === 'COMMIT') return pending.delete(connection);
  if (!isMeant(write, sql, values)) return false;
  if (begun.has(connection)) pending.add(connection);
  return !begun.has(connection);
}

/** To be told of every statement before it runs. Gives what to do once it has run. */
function watch(connection: object, sql: string, values: readonly unknown[]): () => void {
  const nothing = () => {};
  if (!dieAt) return nothing;
  if (!makesItLast(dieAt.write, connection, sql, values)) return nothing;
  if (++written !== (dieAt.nth ?? 1)) return nothing;
  if (dieAt.when === 'before') die(dieAt);
  return () => die(dieAt);
}

type Method = (this: object, ...values: unknown[]) => unknown;

function replace(target: object, name: string, make: (original: Method) => Method): void {
  const original: Method = Reflect.get(target, name);
  Object.defineProperty(target, name, { value: make(original), configurable: true });
}

/** SQLite: one connection writes, and its statements do not know it. */
const sqlite = {};
replace(
  StatementSync.prototype,
  'run',
  (original) =>
    function (...values) {
      watch(sqlite, (this as StatementSync).sourceSQL, values);
      return original.apply(this, values);
    },
);
replace(
  DatabaseSync.prototype,
  'exec',
  (original) =>
    function (sql) {
      const after = watch(sqlite, String(sql), []);
      const result = original.call(this, sql);
      after();
      return result;
    },
);
replace(
  Client.prototype,
  'query',
  (original) =>
    function (...given) {
      const [sql, values] = given;
      const after = watch(this, String(sql), Array.isArray(values) ? values : []);
      const result = original.apply(this, given);
      return result instanceof Promise
        ? result.then((answer: unknown) => {
            after();
            return answer;
          })
        : result;
    },
);
