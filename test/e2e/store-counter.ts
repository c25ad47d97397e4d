import { DatabaseSync } from 'node:sqlite';

/*
 * Loaded into a bot before anything else (`counting` in `counted.ts`; the bench does it too): counts what it asks of SQLite.
 * A transaction that was committed is one commit, and so is a statement outside of one that changed something; any other
 * outside of one is a read. `rows`: how many were read, in transactions as well. On SIGUSR2 it says what was since the last time.
 */
type Statement = Record<'get' | 'all' | 'run', (...values: unknown[]) => unknown>;

let commits = 0;
let rows = 0;
let lines: string[] = [];
const { exec, prepare } = DatabaseSync.prototype;

DatabaseSync.prototype.exec = function (sql: string) {
  exec.call(this, sql);
  if (sql === 'COMMIT') commits++;
};

DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string) {
  const statement = prepare.call(this, sql) as unknown as Statement;
  for (const name of ['get', 'all', 'run'] as const) {
    const call = statement[name].bind(statement);
    statement[name] = (...values) => {
      const written = values.map((value) => String(value).slice(0, 60)).join(' ');
      const isAlone = !this.isTransaction;
      const result = call(...values);
      const isCommit = isAlone && name === 'run' && Number((result as { changes: number | bigint }).changes) > 0;
      if (isCommit) commits++;
      if (name === 'all') rows += (result as unknown[]).length;
      if (name === 'get' && result !== undefined) rows++;
      const kind = isCommit ? 'commit' : isAlone ? 'read' : 'in';
      lines.push(`${kind} ${sql.trim().split(/\s+/).slice(0, 2).join(' ')} ${written}`);
      return result;
    };
  }
  return statement as unknown as ReturnType<typeof prepare>;
};

process.on('SIGUSR2', () => {
  const reads = lines.filter((line) => line.startsWith('read ')).length;
  process.stdout.write(`counted ${JSON.stringify({ commits, reads, rows, lines })}\n`);
  commits = 0;
  rows = 0;
  lines = [];
});
