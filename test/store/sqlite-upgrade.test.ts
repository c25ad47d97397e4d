import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { newKey } from './contract/bench.ts';
import { ordersOf } from './contract/order.ts';
import { connectPlanted } from './planted.ts';
import { openSqliteBench, type SqliteBench } from './sqlite-bench.ts';
import { describeUpgrades } from './upgrades.ts';

const bytesOf = (path: string) =>
  ['', '-wal']
    .map((end) => statSync(path + end, { throwIfNoEntry: false }) && readFileSync(path + end, 'latin1'))
    .join('|');

describeUpgrades('SQLite', async () => {
  const bench = await openSqliteBench();
  return {
    ...bench,
    contents: async () => bytesOf(bench.path),
    settled: async () => {},
    async run(sql) {
      using db = new DatabaseSync(bench.path);
      db.exec(sql);
    },
  };
});

describe('taking over a SQLite store', () => {
  const encryptionKey = newKey();
  let bench: SqliteBench;

  beforeEach(async () => {
    bench = await openSqliteBench();
  });
  afterEach(async () => {
    await bench.dispose();
  });

  it('leaves a copy beside it, for its owner alone, that the version before can be run on', async () => {
    const store = await openStore({ url: bench.url, encryptionKey });
    await ordersOf(store).write('a', { status: 'held' }, { seen: 0, tags: [], holds: [] });
    await store.close();
    const said: string[] = [];
    await (await connectPlanted(bench.url, (line) => said.push(line))).close();
    const copy = `${bench.path}.layout-2`;
    expect(said[0]).toContain(`A copy of it as it was is at ${copy}`);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(bench.path)).filter((name) => name.endsWith('.part'))).toEqual([]);
    const back = join(bench.folder, 'back.db');
    cpSync(copy, back);
    const again = await openStore({ url: `sqlite://${back}`, encryptionKey });
    expect(await ordersOf(again).get('a')).toMatchObject({ status: 'held' });
    await again.close();
  });

  it('refuses a later one with what a killed process left beside it, and leaves it there', async () => {
    const url = `sqlite://${join(bench.folder, 'later.db')}`;
    const later = await connectPlanted(url);
    await later.plain('queries').set('a', 'b');
    // As after a kill: the database and its log, copied while it is open.
    for (const end of ['', '-wal']) cpSync(join(bench.folder, `later.db${end}`), bench.path + end);
    await later.close();
    const before = bytesOf(bench.path);
    expect(before.split('|')[1]).not.toBe('');
    const problem = await openStore({ url: bench.url, encryptionKey }).catch((error: unknown) => error);
    expect(problem).toMatchObject({ code: 'newer', message: expect.stringContaining('2.0.0') });
    expect(bytesOf(bench.path)).toBe(before);
  });
});
