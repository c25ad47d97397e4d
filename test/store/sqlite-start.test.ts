import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store } from '../../src/store/open.ts';
import { linesOf, startChild } from './child.ts';
import { openSqliteBench, type SqliteBench } from './sqlite-bench.ts';

let bench: SqliteBench;
let store: Store | undefined;

beforeEach(async () => {
  bench = await openSqliteBench();
});

afterEach(async () => {
  await store?.close();
  store = undefined;
  await bench.dispose();
});

async function open(url = bench.url): Promise<Store> {
  store = await openStore({ url });
  return store;
}

function setLayout(version: number): void {
  const db = new DatabaseSync(bench.path);
  db.exec(`PRAGMA user_version = ${version}`);
  db.close();
}

const problemOf = (promise: Promise<unknown>) => promise.then(String, (error: unknown) => error);

describe('one process at a time', () => {
  it('has the store: a second one is told so, and gets in once the first has died', async () => {
    const child = startChild(['hold', bench.url]);
    const ended = once(child, 'exit');
    for await (const line of linesOf(child)) {
      expect(line).toBe('open');
      expect(await problemOf(open())).toMatchObject({
        code: 'locked',
        message: expect.stringContaining('in use by another process'),
      });
      child.kill('SIGKILL');
    }
    await ended;
    await expect(open()).resolves.toBeDefined();
  });

  it('keeps it when it fails to open the store a second time itself', async () => {
    await open();
    await expect(openStore({ url: bench.url })).rejects.toMatchObject({ code: 'locked' });
    const child = startChild(['hold', bench.url]);
    const said: string[] = [];
    for await (const line of linesOf(child)) {
      said.push(line);
      child.kill();
    }
    expect(said).toEqual(['locked']);
  });
});

describe('a store that this Cardigan cannot serve', () => {
  it('is refused when a later version wrote it, and lets go of it', async () => {
    await (await open()).close();
    setLayout(99);
    expect(await problemOf(open())).toMatchObject({ code: 'newer' });
    setLayout(1);
    await expect(open()).resolves.toBeDefined();
  });

  it.each(['', 'data/cardigan.db', 'sqlite:data.db', 'sqlite://', 'sqlite://data/', 'oracle://u:secret@h'])(
    'is refused when STORE_URL is "%s", without repeating it',
    async (url) => {
      const problem = await problemOf(open(url));
      expect(problem).toMatchObject({ code: 'bad_url' });
      expect((problem as Error).message).not.toContain('secret');
    },
  );
});
