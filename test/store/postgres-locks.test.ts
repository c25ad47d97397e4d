import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Lock } from '../../src/store/lock.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { fallSilent } from '../postgres/hostile-server.ts';
import { linesOf, startChild } from './child.ts';
import { newKey } from './contract/bench.ts';
import { isLost } from './contract/locks.ts';
import { openPostgresBench, type PostgresBench } from './postgres-bench.ts';

const encryptionKey = newKey();
const NAME = 'shard/0';

let bench: PostgresBench;
let stores: Store[] = [];

/** A store as another process has it. */
async function open(url = bench.url): Promise<Store> {
  const store = await openStore({ url, encryptionKey });
  stores.push(store);
  return store;
}

/** Ends the sessions that have a lock of Cardigan's, as an administrator or a restart does. */
const endHolders = () =>
  bench.schema.query(
    `SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND a.application_name = $1`,
    [bench.schema.name],
  );

/** As a standby tries, until it has it. */
async function got(store: Store): Promise<Lock> {
  let lock: Lock | undefined;
  const tried = async () => {
    lock ??= await store.lock(NAME).catch(() => undefined);
    return lock !== undefined;
  };
  await expect.poll(tried, { timeout: 50_000 }).toBe(true);
  return lock as Lock;
}

describe.skipIf(!inject('postgresUrl'))('a lock on PostgreSQL', () => {
  beforeEach(async () => {
    bench = await openPostgresBench();
  });

  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    stores = [];
    await bench.dispose();
  });

  it('is had by one of several processes, and by the next at once when it is released', async () => {
    const [a, b] = await Promise.all([open(), open()]);
    const tries = await Promise.all([a.lock(NAME), b.lock(NAME)]);
    const winner = tries.findIndex((lock) => lock !== undefined);
    expect(tries.filter((lock) => lock !== undefined)).toHaveLength(1);
    await tries[winner]?.release();
    expect(await isLost(await (winner === 0 ? b : a).lock(NAME))).toBe(false);
  });

  it('takes one connection, however often it is tried in vain', async () => {
    const [a, b] = await Promise.all([open(), open()]);
    await a.lock(NAME);
    await b.lock(NAME);
    const before = await bench.schema.connections();
    for (let i = 0; i < 5; i++) expect(await b.lock(NAME)).toBeUndefined();
    expect(await bench.schema.connections()).toBe(before);
  });

  it('is another one in another schema of the same database', async () => {
    const other = await openPostgresBench();
    const [a, b] = await Promise.all([open(), open(other.url)]);
    const locks = await Promise.all([a.lock(NAME), b.lock(NAME)]);
    expect(await Promise.all(locks.map(isLost))).toEqual([false, false]);
    await b.close();
    await other.dispose();
  });

  it('is lost, and heard to be lost, with its connection; its store works on and may have it again', async () => {
    const [a, b] = await Promise.all([open(), open()]);
    const lock = await a.lock(NAME);
    await endHolders();
    await lock?.lost;
    const next = await got(b);
    await lock?.release();
    expect(await isLost(next)).toBe(false);
    await next.release();
    expect(await isLost(await got(a))).toBe(false);
  });

  it('goes to another process when the one that has it is killed', async () => {
    const child = startChild(['lock', bench.url], encryptionKey);
    for await (const line of linesOf(child)) {
      expect(line).toBe('locked');
      break;
    }
    const store = await open();
    expect(await store.lock(NAME)).toBeUndefined();
    child.kill('SIGKILL');
    await got(store);
  });

  it('is counted as lost when nobody answers any more, long before PostgreSQL gives it to another', async () => {
    let isSilent = false;
    const url = new URL(bench.url);
    url.host = await fallSilent(new URL(inject('postgresUrl')), () => isSilent);
    const [cut, other] = await Promise.all([open(url.href), open()]);
    const lock = await cut.lock(NAME);
    isSilent = true;
    await lock?.lost;
    expect(await other.lock(NAME)).toBeUndefined();
    // What PostgreSQL is told to do with a session that it hears nothing of.
    await got(other);
    isSilent = false;
  });

  it('that cannot be asked for is an error, and no connection is left behind', async () => {
    const store = await open();
    const restore = bench.beforeEachCall(() => {
      throw new Error('injected');
    });
    await expect(store.lock(NAME)).rejects.toMatchObject({ cause: { message: 'injected' } });
    restore();
    expect(await isLost(await store.lock(NAME))).toBe(false);
    await store.close();
    await expect.poll(() => bench.schema.connections(), { timeout: 30_000 }).toBe(0);
  });
});
