import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createExpiring } from '../../../src/store/keyv/expiry.ts';
import { StoreError } from '../../../src/store/store-error.ts';
import { type Bench, type OpenBench, useBench } from './bench.ts';
import { free, ordersOf } from './order.ts';

/**
 * Repeats `act` with its first, second, … call to the database failing, until none is left to fail. Each failure
 * has to reach the caller. Returns how many calls there were.
 */
async function failEachCall(
  bench: Bench,
  act: () => Promise<unknown>,
  afterFailure: () => Promise<unknown> = async () => {},
): Promise<number> {
  for (let at = 1; ; at++) {
    let calls = 0;
    const restore = bench.beforeEachCall(() => {
      if (++calls === at) throw new Error('injected');
    });
    const outcome = await act().catch((error: unknown) => error);
    restore();
    if (calls < at) return at - 1;
    expect(outcome).toBeInstanceOf(StoreError);
    expect(outcome).toMatchObject({ code: 'broken', cause: { message: 'injected' } });
    await afterFailure();
  }
}

export function describeFailures(open: OpenBench): void {
  describe('a database that fails once', () => {
    const fixture = useBench(open);

    it('is an error to whoever called, for every kind of call and every step of it', async () => {
      const store = await fixture.open();
      const orders = ordersOf(store);
      const queries = store.expiring('queries', z.string(), 60_000);
      const vault = store.vault(z.string());
      await orders.write('a', { status: 'x' }, { seen: 0, tags: ['open'], holds: ['h'] });
      await queries.set('q', 'x');
      await vault.seal('a', 'x');
      const acts: Record<string, () => Promise<unknown>> = {
        get: () => orders.get('a'),
        miss: () => orders.get('nobody'),
        tagged: () => orders.tagged('open', { limit: 5 }),
        count: () => orders.count('open'),
        holder: () => orders.holder('h'),
        keep: () => orders.remove('a', 9),
        lose: () => orders.write('a', { status: 'y' }, { seen: 9, ...free }),
        expiringGet: () => queries.get('q'),
        expiringSet: () => queries.set('q', 'y'),
        seal: () => vault.seal('a', 'y'),
        add: () => vault.seal('a', (known) => `${known}z`),
        open: () => vault.open('a'),
        purge: () => vault.purge('a'),
      };
      for (const [name, act] of Object.entries(acts)) {
        expect(await failEachCall(fixture.bench, act), name).toBeGreaterThan(0);
      }
    });

    it('fails a guarded write as a whole, and the same write goes through afterwards', async () => {
      const orders = ordersOf(await fixture.open());
      await orders.write('a', { status: 'x' }, { seen: 0, tags: ['t'], holds: ['h'] });
      const write = () => orders.write('a', { status: 'y' }, { seen: 1, tags: ['u'], holds: ['i'] });
      const calls = await failEachCall(fixture.bench, write, async () => {
        expect(await orders.get('a')).toEqual({ version: 1, status: 'x' });
        expect(await orders.holder('h')).toBe('a');
        expect(await orders.holder('i')).toBeUndefined();
        expect((await orders.tagged('t', { limit: 9 })).records).toHaveLength(1);
        expect((await orders.tagged('u', { limit: 9 })).records).toHaveLength(0);
      });
      expect(calls).toBeGreaterThan(1);
      expect(await orders.get('a')).toEqual({ version: 2, status: 'y' });
    });

    it('fails a guarded remove as a whole, and the same one goes through afterwards', async () => {
      const orders = ordersOf(await fixture.open());
      await orders.write('a', { status: 'x' }, { seen: 0, tags: ['t'], holds: ['h'] });
      const calls = await failEachCall(
        fixture.bench,
        () => orders.remove('a', 1),
        async () => {
          expect(await orders.get('a')).toEqual({ version: 1, status: 'x' });
          expect([await orders.count('t'), await orders.holder('h')]).toEqual([1, 'a']);
        },
      );
      expect(calls).toBeGreaterThan(1);
      expect(await orders.get('a')).toBeUndefined();
    });

    it('shows nobody a half-done write, even when undoing it failed too', async () => {
      const orders = ordersOf(await fixture.open());
      await orders.write('a', { status: 'x' }, { seen: 0, ...free });
      for (let at = 1; at <= 8; at++) {
        let calls = 0;
        const restore = fixture.bench.beforeEachCall(() => {
          if (++calls >= at) throw new Error('injected');
        });
        const write = orders.write('a', { status: 'y' }, { seen: 1, tags: ['t'], holds: ['h'] });
        await expect(write).rejects.toMatchObject({ cause: { message: 'injected' } });
        restore();
        expect(await orders.get('a')).toEqual({ version: 1, status: 'x' });
        expect(await orders.holder('h')).toBeUndefined();
        const next = await orders.write(`b${at}`, { status: 'z' }, { seen: 0, ...free });
        expect(next).toEqual({ ok: true, version: 1 });
      }
    });

    it('is noticed also where it only answers "false"', async () => {
      const storage = (await fixture.connect()).plain('queries');
      vi.spyOn(storage, 'set').mockResolvedValue(false);
      const queries = createExpiring(storage, z.string(), 60_000);
      await expect(queries.set('q', 'x')).rejects.toMatchObject({ code: 'broken' });
    });

    it('that is closed says so', async () => {
      const store = await fixture.open();
      await store.close();
      await expect(ordersOf(store).get('a')).rejects.toMatchObject({ code: 'closed' });
    });
  });
}
