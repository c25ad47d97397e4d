import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { z } from 'zod';
import { openStore, type Store } from '../../src/store/open.ts';
import { free, ordersOf } from './contract/order.ts';
import { openSqliteBench, type SqliteBench } from './sqlite-bench.ts';

const code = 'AAAA-1111-BBBB-2222';
let bench: SqliteBench;
let store: Store | undefined;
let exec: MockInstance<DatabaseSync['exec']>;

beforeEach(async () => {
  bench = await openSqliteBench();
  exec = vi.spyOn(DatabaseSync.prototype, 'exec');
});

afterEach(async () => {
  exec.mockRestore();
  await store?.close();
  store = undefined;
  await bench.dispose();
});

async function open(url = bench.url): Promise<Store> {
  store = await openStore({ url });
  return store;
}

/** The handle on the database itself (not that on its lock file), as the newest store has it. */
function handle(): DatabaseSync {
  const handles = exec.mock.contexts as DatabaseSync[];
  const found = handles.findLast((db) => db.isOpen && db.location() === bench.path);
  if (!found) throw new Error('no open handle');
  return found;
}

/** Every byte of every file. Reading them drops this process's own locks: not for tests of locks. */
async function allBytes(): Promise<string> {
  const folder = dirname(bench.path);
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')))).join('\n');
}

const problemOf = (promise: Promise<unknown>) => promise.then(String, (error: unknown) => error);

describe('the files of a SQLite store', () => {
  it('can be read by their owner only', async () => {
    await ordersOf(await open()).write('a', { status: 'x' }, { seen: 0, ...free });
    const folder = dirname(bench.path);
    const modes: Record<string, string> = {};
    for (const name of await readdir(folder)) {
      modes[name] = ((await stat(join(folder, name))).mode & 0o777).toString(8);
    }
    const name = basename(bench.path);
    expect(modes).toEqual(Object.fromEntries(['', '-wal', '-shm', '.lock', '.key'].map((end) => [name + end, '600'])));
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('lie where STORE_URL says, relative to the working folder or absolute', async () => {
    await open(`sqlite://${relative(process.cwd(), bench.path)}`);
    expect(await readdir(dirname(bench.path))).toContain(basename(bench.path));
  });

  it('are written through to the disk, and wiped when something is deleted', async () => {
    await open();
    const pragma = (name: string) => handle().prepare(`PRAGMA ${name}`).get()?.[name];
    expect([pragma('journal_mode'), pragma('synchronous'), pragma('secure_delete')]).toEqual(['wal', 2, 1]);
  });

  it('never show a code or the fingerprint key, and nothing of a code once it is purged', async () => {
    const opened = await open();
    const vault = opened.vault(z.string());
    await vault.seal('o1', code);
    opened.fingerprint(code);
    expect(await allBytes()).toContain('vaulto1');
    for (const text of [code, Buffer.from(code).toString('base64'), 'fingerprintKey']) {
      expect(await allBytes()).not.toContain(text);
    }
    await vault.purge('o1');
    expect(await allBytes()).not.toContain('vaulto1');
  });

  it('keep nothing of what was purged, even had it been plain text', async () => {
    const database = await bench.connect();
    const plain = database.plain('anything');
    await plain.set('small', `small ${code}`);
    await plain.set('large', `large ${code} `.repeat(5000));
    await plain.set('large', `newer ${code} `.repeat(3000));
    expect(await allBytes()).toContain(code);
    await plain.purge('large');
    await plain.purge('small');
    expect(await allBytes()).not.toContain(code);
    await database.close();
  });

  it('are not called wiped while another program still reads the old state', async () => {
    const vault = (await open()).vault(z.string());
    await vault.seal('o1', code);
    const reader = new DatabaseSync(bench.path, { readOnly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM entries').get();
    expect(await problemOf(vault.purge('o1'))).toMatchObject({ code: 'locked' });
    reader.close();
    await vault.purge('o1');
    expect(await allBytes()).not.toContain('vaulto1');
  });
});

describe('a disk that does not do its part', () => {
  it('when full, fails the write, keeps what there is, and goes on when there is room', async () => {
    const opened = await open();
    const orders = ordersOf(opened);
    const vault = opened.vault(z.string());
    await orders.write('a', { status: 'x' }, { seen: 0, ...free });
    handle().exec('PRAGMA max_page_count = 30');
    const big = { status: 'y'.repeat(300_000) };
    for (const failed of [
      orders.write('a', big, { seen: 1, tags: ['t'], holds: ['h'] }),
      vault.seal('o1', 'y'.repeat(300_000)),
    ]) {
      expect(await problemOf(failed)).toMatchObject({
        code: 'full',
        message: expect.stringContaining('free some space'),
        cause: { errcode: 13 },
      });
    }
    expect(await orders.get('a')).toEqual({ version: 1, status: 'x' });
    expect(await orders.holder('h')).toBeUndefined();
    expect(await vault.open('o1')).toBeUndefined();
    handle().exec('PRAGMA max_page_count = 3000');
    expect(await orders.write('a', big, { seen: 1, ...free })).toEqual({ ok: true, version: 2 });
  });

  it('when it cannot be written, says whose turn it is', async () => {
    await mkdir(bench.path, { recursive: true });
    await writeFile(join(bench.folder, 'file'), '');
    for (const url of [bench.url, `sqlite://${bench.folder}/file/cardigan.db`]) {
      expect(await problemOf(open(url))).toMatchObject({
        code: 'unwritable',
        message: expect.stringContaining('STORE_URL'),
      });
    }
  });

  it.skipIf(process.getuid?.() === 0)('when its folder is read-only, says so', async () => {
    await mkdir(dirname(bench.path), { mode: 0o500 });
    expect(await problemOf(open())).toMatchObject({ code: 'unwritable' });
  });

  it('when it holds something else under that name, leaves it alone', async () => {
    await mkdir(dirname(bench.path));
    await writeFile(bench.path, 'a letter to my mother '.repeat(100));
    expect(await problemOf(open())).toMatchObject({ code: 'broken' });
    expect(await readFile(bench.path, 'utf8')).toContain('a letter');
  });
});
