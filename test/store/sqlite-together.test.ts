import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { openStore } from '../../src/store/open.ts';

const schema = z.object({ version: z.int(), what: z.string() });
const guard = { seen: 0, tags: [], holds: [] };

const { exec } = DatabaseSync.prototype;

async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-together-'));
  const file = join(folder, 'cardigan.db');
  const url = `sqlite://${file}`;
  const store = await openStore({ url });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const records = store.records('trial', schema);
  const executed = vi.spyOn(DatabaseSync.prototype, 'exec');
  onTestFinished(() => executed.mockRestore());
  const commits = () => executed.mock.calls.filter(([sql]) => sql === 'COMMIT').length;
  return { store, records, file, url, executed, commits };
}

describe('writes on SQLite that are asked for at the same moment', () => {
  it('are one commit, each with an answer of its own', async () => {
    const { records, commits } = await start();
    const write = (key: string, holds: string[] = []) => records.write(key, { what: key }, { ...guard, holds });
    const results = await Promise.all([
      ...Array.from({ length: 50 }, (_, at) => write(`record-${at}`, at < 2 ? ['only one'] : [])),
      write('record-7'),
    ]);
    expect(commits()).toBe(1);
    expect(results.filter(({ ok }) => ok)).toHaveLength(49);
    expect(results[1]).toEqual({ ok: false, reason: 'held', hold: 'only one', owner: 'record-0' });
    expect(results[50]).toEqual({ ok: false, reason: 'changed', version: 1 });
    expect((await records.get('record-49'))?.what).toBe('record-49');
  });

  it('do not fail with one of them, of which nothing is left', async () => {
    const { records, file } = await start();
    using other = new DatabaseSync(file);
    other.exec(`CREATE TRIGGER trial BEFORE INSERT ON holds WHEN new.name = 'bad'
      BEGIN SELECT raise(ABORT, 'no'); END`);
    const write = (key: string, holds: string[]) => records.write(key, { what: key }, { ...guard, holds });
    const results = await Promise.allSettled([write('a', ['good']), write('b', ['bad']), write('c', [])]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await Promise.all(['a', 'b', 'c'].map(async (key) => (await records.get(key))?.version))).toEqual([
      1,
      undefined,
      1,
    ]);
    other.exec('DROP TRIGGER trial');
  });

  it.each([
    { fails: 1, written: 3 },
    { fails: 2, written: 2 },
    { fails: 4, written: 0 },
  ])('are said to be written only if they are, where the disk is full for $fails commits', async (each) => {
    const { records, commits, executed, file } = await start();
    executed.mockImplementation(function (this: DatabaseSync, sql) {
      if (sql === 'COMMIT' && commits() <= each.fails) throw new Error('database or disk is full');
      exec.call(this, sql);
    });
    const keys = ['a', 'b', 'c'];
    const results = await Promise.allSettled(keys.map((key) => records.write(key, { what: key }, guard)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(each.written);
    using other = new DatabaseSync(file, { readOnly: true });
    for (const [at, key] of keys.entries()) {
      const row = other.prepare('SELECT version FROM entries WHERE key = ?').get(key);
      expect(row?.version).toBe(results[at]?.status === 'fulfilled' ? 1 : undefined);
    }
    // Nothing is left of those that failed.
    expect(await records.write('later', { what: 'later' }, guard)).toMatchObject({ ok: true });
  });

  it('are on disk when the store is closed before their turn', async () => {
    const { store, records, url } = await start();
    const written = records.write('last', { what: 'last' }, guard);
    // Encoding it takes a moment; then it waits for the end of the turn.
    await new Promise<void>((resolve) => queueMicrotask(resolve));
    await Promise.all([written, store.close()]);
    const again = await openStore({ url });
    expect((await again.records('trial', schema).get('last'))?.what).toBe('last');
    await again.close();
  });
});
