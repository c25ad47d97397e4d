import { Client, DatabaseError } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { openStore, type Store } from '../../src/store/open.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { loseCommits } from '../postgres/hostile-server.ts';
import { newKey } from './contract/bench.ts';
import { free, ordersOf } from './contract/order.ts';
import { openPostgresBench, type PostgresBench } from './postgres-bench.ts';

const encryptionKey = newKey();
const range = (length: number) => Array.from({ length }, (_, i) => i);

let bench: PostgresBench;
let stores: Store[] = [];

/** A store with a pool of its own, as another process has it. */
async function open(url = bench.url): Promise<Store> {
  const store = await openStore({ url, encryptionKey });
  stores.push(store);
  return store;
}

async function endAllConnections(): Promise<void> {
  await bench.schema.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [
    bench.schema.name,
  ]);
}

async function untilSomebodyWaits(): Promise<void> {
  const waiting = async () =>
    (
      await bench.schema.query(
        `SELECT 1 FROM pg_stat_activity WHERE application_name = $1 AND wait_event_type = 'Lock'`,
        [bench.schema.name],
      )
    ).length;
  await expect.poll(waiting, { timeout: 30_000, interval: 10 }).toBeGreaterThan(0);
}

describe.skipIf(!inject('postgresUrl'))('a store on PostgreSQL', () => {
  beforeEach(async () => {
    bench = await openPostgresBench();
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    await Promise.all(stores.map((store) => store.close()));
    stores = [];
    await bench.dispose();
  });

  describe('that several processes have open', () => {
    it('lets one of them win a record and a hold, and tells the others what they lost to', async () => {
      const doors = (await Promise.all(range(3).map(() => open()))).map(ordersOf);
      for (const seen of range(8)) {
        const results = await Promise.all(
          doors.flatMap((orders, i) => [
            orders.write('same', { status: `${i}` }, { seen, ...free }),
            orders.write(`${seen}/${i}`, { status: 'x' }, { seen: 0, tags: [], holds: [`h${seen}`] }),
          ]),
        );
        const [records, holds] = [0, 1].map((odd) => results.filter((_, i) => i % 2 === odd));
        const version = seen + 1;
        expect(records?.filter(({ ok }) => ok)).toEqual([{ ok: true, version }]);
        expect(records?.filter(({ ok }) => !ok)).toEqual(
          range(2).map(() => ({ ok: false, reason: 'changed', version })),
        );
        const owner = `${seen}/${holds?.findIndex(({ ok }) => ok)}`;
        expect(holds?.filter(({ ok }) => !ok)).toEqual(
          range(2).map(() => ({ ok: false, reason: 'held', hold: `h${seen}`, owner })),
        );
      }
    });

    it('has one key for fingerprints, also when they all start on it for the first time', async () => {
      const opened = await Promise.all(range(6).map(() => open()));
      expect(new Set(opened.map((store) => store.fingerprint('AAAA-1111'))).size).toBe(1);
    });

    it('never makes them wait for each other when they want holds in different orders', async () => {
      const doors = (await Promise.all(range(4).map(() => open()))).map(ordersOf);
      const query = vi.spyOn(Client.prototype, 'query');
      const names = range(12).map((i) => `hold/${i}`);
      const versions = range(4).map(() => 0);
      let wins = 0;
      for (const round of range(40)) {
        const results = await Promise.all(
          doors.map((orders, i) => {
            const mine = names.filter((_, n) => (n * (i + 3) + round) % 5 < 2);
            const holds = i % 2 ? mine : mine.toReversed();
            const guard = { seen: versions[i] ?? 0, tags: [], holds };
            return orders.write(`o${i}`, { status: 'x' }, guard);
          }),
        );
        for (const [i, result] of results.entries()) {
          if (result.ok) {
            wins++;
            versions[i] = result.version;
          } else expect(result.reason).toBe('held');
        }
      }
      expect(wins).toBeGreaterThan(40);
      const outcomes = await Promise.allSettled(query.mock.results.map(({ value }) => value));
      expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
    });

    it('gives a hold that is just given up to who waits for it', async () => {
      const orders = ordersOf(await open());
      await orders.write('a', { status: 'x' }, { seen: 0, tags: [], holds: ['lane'] });
      const other = new Client({ connectionString: inject('postgresUrl') });
      await other.connect();
      await other.query(`BEGIN; DELETE FROM ${bench.schema.name}.holds WHERE name = 'lane'`);
      const waiting = orders.write('b', { status: 'x' }, { seen: 0, tags: [], holds: ['lane'] });
      await untilSomebodyWaits();
      await other.query('COMMIT');
      await other.end();
      expect(await waiting).toEqual({ ok: true, version: 1 });
      expect(await orders.holder('lane')).toBe('b');
    });
  });

  it('gives a hold that is given up right after it was refused to who wanted it', async () => {
    const orders = ordersOf(await open());
    await orders.write('a', { status: 'x' }, { seen: 0, tags: [], holds: ['lane'] });
    const original = Client.prototype.query as (...values: unknown[]) => unknown;
    let isHeld = true;
    vi.spyOn(Client.prototype, 'query').mockImplementation(async function (this: Client, ...values: unknown[]) {
      if (isHeld && String(values[0]).startsWith('SELECT h.name')) {
        isHeld = false;
        await bench.schema.query(`DELETE FROM ${bench.schema.name}.holds WHERE name = 'lane'`);
      }
      return Reflect.apply(original, this, values);
    } as never);
    const write = await orders.write('b', { status: 'x' }, { seen: 0, tags: [], holds: ['lane'] });
    expect({ write, isHeld }).toEqual({ write: { ok: true, version: 1 }, isHeld: false });
    expect(await orders.holder('lane')).toBe('b');
  });

  describe('whose server ends all connections', () => {
    it('fails what is under way, leaves nothing half done, and works again', async () => {
      const orders = ordersOf(await open());
      await orders.write('a', { status: 'x' }, { seen: 0, tags: [], holds: ['h'] });
      const { name, query } = bench.schema;
      await query(`BEGIN; LOCK TABLE ${name}.holds IN EXCLUSIVE MODE`);
      const write = orders.write('a', { status: 'y' }, { seen: 1, tags: ['t'], holds: ['i'] });
      const failed = expect(write).rejects.toMatchObject({
        name: 'StoreError',
        code: 'unreachable',
      });
      await untilSomebodyWaits();
      await endAllConnections();
      await failed;
      await query('ROLLBACK');
      expect(await orders.get('a')).toEqual({ version: 1, status: 'x' });
      expect(await orders.holder('i')).toBeUndefined();
      const again = { seen: 1, tags: ['t'], holds: ['i'] };
      expect(await orders.write('a', { status: 'y' }, again)).toEqual({ ok: true, version: 2 });
    });

    it('while nobody uses them goes on, at the latest with the second call', async () => {
      const orders = ordersOf(await open());
      await Promise.all(range(5).map((i) => orders.get(`o${i}`)));
      await endAllConnections();
      const first = await orders.get('a').catch((error: unknown) => error);
      if (first !== undefined) expect(first).toBeInstanceOf(StoreError);
      await expect.poll(() => orders.get('a').then(() => 'works', String)).toBe('works');
    });

    it('between two statements of a write fails it', async () => {
      const orders = ordersOf(await open());
      const writer = vi.spyOn(Client.prototype, 'query');
      await orders.get('a');
      const client = writer.mock.contexts.at(-1) as Client;
      writer.mockRestore();
      // The only connection of the pool: the next write gets it.
      const original = client.query.bind(client) as (...values: unknown[]) => Promise<unknown>;
      const own = async (...values: unknown[]) => {
        if (values[0] === 'COMMIT') {
          await endAllConnections();
          await expect.poll(() => bench.schema.connections()).toBe(0);
        }
        return original(...values);
      };
      Object.assign(client, { query: own });
      const write = orders.write('a', { status: 'x' }, { seen: 0, ...free });
      await expect(write).rejects.toMatchObject({ name: 'StoreError', code: 'unreachable' });
      expect(await orders.get('a')).toBeUndefined();
    });
  });

  it('does not call a write done whose COMMIT was not answered, even if it was', async () => {
    const url = new URL(bench.url);
    let isLossy = false;
    url.host = await loseCommits(new URL(inject('postgresUrl')), () => isLossy);
    const orders = ordersOf(await open(url.href));
    isLossy = true;
    const write = orders.write('a', { status: 'x' }, { seen: 0, ...free });
    await expect(write).rejects.toMatchObject({ name: 'StoreError', code: 'unreachable' });
    isLossy = false;
    expect(await orders.get('a')).toEqual({ version: 1, status: 'x' });
  });

  it.each(['40P01', '40001'])('repeats what PostgreSQL ended with %s, a few times', async (code) => {
    const orders = ordersOf(await open());
    const ended = Object.assign(new DatabaseError('ended', 0, 'error'), { code });
    let left = 3;
    const restore = bench.beforeEachCall(() => {
      if (left-- > 0) throw ended;
    });
    const write = (key: string) => orders.write(key, { status: 'x' }, { seen: 0, ...free });
    expect(await write('a')).toEqual({ ok: true, version: 1 });
    left = Number.POSITIVE_INFINITY;
    await expect(write('b')).rejects.toMatchObject({
      code: 'broken',
      cause: { message: 'ended' },
    });
    restore();
    expect(await orders.get('b')).toBeUndefined();
  });
});
