import fc from 'fast-check';
import { detectKeyvStorage, Keyv } from 'keyv';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type OpenBench, storedIn, testSeal, useBench } from './bench.ts';
import { free, ordersOf } from './order.ts';

export function describeKeyv(open: OpenBench): void {
  describe('Keyv is the door to every record', () => {
    const fixture = useBench(open);

    it('uses our adapters as they are, for guarded and for plain records', async () => {
      const database = await fixture.connect();
      for (const adapter of [database.guarded('orders', testSeal), database.plain('queries')]) {
        expect(detectKeyvStorage(adapter).store).toBe('keyvStorage');
        expect(new Keyv({ store: adapter }).store).toBe(adapter);
        expect(() => new Keyv({ store: adapter, namespace: 'other' })).toThrow(TypeError);
      }
    });

    it('reads back through Keyv whatever a guarded write stored', async () => {
      const storage = (await fixture.connect()).guarded('orders', testSeal);
      const keyv = new Keyv({ store: storage });
      const json = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__'));
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(fc.string({ minLength: 1, unit: 'grapheme' }), json, async (name, value) => {
          const key = `${runs++}/${name}`;
          const text = String(await keyv.encode({ value }));
          expect(await storage.write(key, text, { seen: 0, ...free })).toEqual({
            ok: true,
            version: 1,
          });
          expect(await keyv.get(key)).toEqual(JSON.parse(JSON.stringify(value)));
          expect(await keyv.has(key)).toBe(true);
        }),
        { numRuns: 50 },
      );
    });

    it('refuses plain changes of guarded records', async () => {
      const storage = (await fixture.connect()).guarded('orders', testSeal);
      const keyv = new Keyv({ store: storage });
      await storage.write('a', String(await keyv.encode({ value: 1 })), { seen: 0, ...free });
      await expect(keyv.set('a', 2)).rejects.toThrow('write() only');
      await expect(keyv.setMany([{ key: 'a', value: 2 }])).rejects.toThrow('write() only');
      await expect(keyv.delete('a')).rejects.toThrow('write() only');
      await expect(keyv.delete(['a'])).rejects.toThrow('write() only');
      await expect(keyv.clear()).rejects.toThrow('write() only');
      expect(await keyv.get('a')).toBe(1);
    });

    it('keeps the same key apart in every namespace', async () => {
      const store = await fixture.open();
      const orders = ordersOf(store);
      const others = store.records('others', z.object({ version: z.number(), name: z.string() }));
      const queries = store.expiring('queries', z.string(), 60_000);
      const vault = store.vault(z.array(z.string()));
      await orders.write('same', { status: 'quoted' }, { seen: 0, tags: ['open'], holds: [] });
      await others.write('same', { name: 'other' }, { seen: 0, tags: ['open'], holds: [] });
      await queries.set('same', 'query');
      await vault.seal('same', ['code']);

      expect(await orders.get('same')).toEqual({ version: 1, status: 'quoted' });
      expect(await others.get('same')).toEqual({ version: 1, name: 'other' });
      expect(await queries.get('same')).toBe('query');
      expect(await vault.open('same')).toEqual(['code']);
      expect((await orders.tagged('open', { limit: 10 })).records).toHaveLength(1);
      await vault.purge('same');
      expect(await vault.open('same')).toBeUndefined();
      expect(await orders.get('same')).toBeDefined();
    });

    it('deletes, clears and lists plain records of its own namespace only', async () => {
      const database = await fixture.connect();
      const keyv = new Keyv({ store: database.plain('a') });
      const other = new Keyv({ store: database.plain('b') });
      await other.set('1', 'kept');
      await keyv.setMany(['1', '2', '3'].map((key) => ({ key, value: key })));
      expect(await keyv.get(['1', '2', '4'])).toEqual(['1', '2', undefined]);
      expect(await keyv.delete('1')).toBe(true);
      expect(await keyv.delete(['1', '2'])).toEqual([false, true]);
      expect(await keyv.has(['2', '3'])).toEqual([false, true]);
      await keyv.clear();
      expect(await keyv.has('3')).toBe(false);
      expect(await other.get('1')).toBe('kept');
    });

    it('replaces a text only while it is the one that was seen, and its expiry never', async () => {
      vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
      const plain = (await fixture.connect()).plain('a');
      expect(await plain.exchange('k', 'x', 'y')).toBe(false);
      expect(await plain.get('k')).toBeUndefined();
      expect(await plain.exchange('k', undefined, 'x')).toBe(true);
      expect(await plain.exchange('k', undefined, 'y')).toBe(false);
      expect(await plain.exchange('k', 'y', 'z')).toBe(false);
      expect(await plain.get('k')).toBe('x');
      await plain.set('k', 'x', 1_000_100);
      expect(await plain.exchange('k', 'x', 'z')).toBe(true);
      expect(await plain.get('k')).toBe('z');
      vi.setSystemTime(1_000_100);
      expect(await plain.get('k')).toBeUndefined();
    });

    it('forgets a value when its time is over, to the millisecond', async () => {
      vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
      const queries = (await fixture.open()).expiring('queries', z.string(), 500);
      await queries.set('page', 'steam');
      vi.setSystemTime(1_000_499);
      expect(await queries.get('page')).toBe('steam');
      vi.setSystemTime(1_000_500);
      expect(await queries.get('page')).toBeUndefined();
      await queries.set('page', 'again');
      expect(await queries.get('page')).toBe('again');
    });

    it('clears expired values away little by little as new ones come', async () => {
      vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
      const plain = (await fixture.connect()).plain('queries');
      for (let i = 0; i < 20; i++) await plain.set(`old${i}`, 'x', 1_000_100);
      vi.setSystemTime(1_000_100);
      for (let i = 0; i < 10; i++) await plain.set(`new${i}`, 'x', 1_000_200);
      const keys = [...(await storedIn(plain)).keys()];
      expect(keys.filter((key) => key.startsWith('old'))).toEqual([]);
      expect(keys).toHaveLength(10);
    });

    it('gives one door per namespace: the same for the same schema, none for another', async () => {
      const store = await fixture.open();
      expect(ordersOf(store)).toBe(ordersOf(store));
      const other = z.object({ version: z.number() });
      expect(() => store.records('orders', other)).toThrow('in use');
      expect(() => store.records('vault', other) && store.vault(z.string())).toThrow('in use');
      expect(() => store.records('store', other)).toThrow('in use');
    });

    it('refuses an empty key instead of finding nothing there', async () => {
      const orders = ordersOf(await fixture.open());
      await expect(orders.get('')).rejects.toThrow('empty');
      await expect(orders.write('', { status: 'x' }, { seen: 0, ...free })).rejects.toThrow('empty');
    });
  });
}
