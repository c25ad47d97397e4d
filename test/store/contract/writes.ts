import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type OpenBench, useBench } from './bench.ts';
import { free, ordersOf } from './order.ts';

const crowd = Array.from({ length: 25 }, (_, i) => i);

export function describeWrites(open: OpenBench): void {
  describe('a guarded write', () => {
    const fixture = useBench(open);

    it('counts versions from 1 and stores what was given', async () => {
      const orders = ordersOf(await fixture.open());
      expect(await orders.get('a')).toBeUndefined();
      expect(await orders.write('a', { status: 'quoted' }, { seen: 0, ...free })).toEqual({
        ok: true,
        version: 1,
      });
      expect(await orders.write('a', { status: 'approved' }, { seen: 1, ...free })).toEqual({
        ok: true,
        version: 2,
      });
      expect(await orders.get('a')).toEqual({ version: 2, status: 'approved' });
    });

    it('tells who is late which version is there now, and leaves that one alone', async () => {
      const orders = ordersOf(await fixture.open());
      const late = (seen: number) => orders.write('a', { status: 'late' }, { seen, ...free });
      expect(await late(1)).toEqual({ ok: false, reason: 'changed', version: 0 });
      await orders.write('a', { status: 'first' }, { seen: 0, ...free });
      expect(await late(0)).toEqual({ ok: false, reason: 'changed', version: 1 });
      expect(await late(2)).toEqual({ ok: false, reason: 'changed', version: 1 });
      expect(await orders.get('a')).toEqual({ version: 1, status: 'first' });
    });

    it('lets one of many writers win a record, and the others learn to which version', async () => {
      const orders = ordersOf(await fixture.open());
      for (const seen of [0, 1, 2]) {
        const results = await Promise.all(
          crowd.map((i) => orders.write('a', { status: `by ${i}` }, { seen, ...free })),
        );
        const winner = results.findIndex(({ ok }) => ok);
        expect(results.filter(({ ok }) => ok)).toEqual([{ ok: true, version: seen + 1 }]);
        for (const lost of results.filter(({ ok }) => !ok)) {
          expect(lost).toEqual({ ok: false, reason: 'changed', version: seen + 1 });
        }
        expect((await orders.get('a'))?.status).toBe(`by ${winner}`);
      }
    });

    it('lets one of many records have a hold, and the others learn whose it is', async () => {
      const orders = ordersOf(await fixture.open());
      const hold = 'lane/steam-10/1';
      const results = await Promise.all(
        crowd.map((i) => orders.write(`o${i}`, { status: 'buying' }, { seen: 0, tags: ['open'], holds: [hold] })),
      );
      const owner = `o${results.findIndex(({ ok }) => ok)}`;
      expect(await orders.holder(hold)).toBe(owner);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      for (const lost of results.filter(({ ok }) => !ok)) {
        expect(lost).toEqual({ ok: false, reason: 'held', hold, owner });
      }
      const { records } = await orders.tagged('open', { limit: 100 });
      expect(records).toHaveLength(1);
    });

    it('keeps a hold unique over all namespaces, also for records of the same key', async () => {
      const store = await fixture.open();
      const orders = ordersOf(store);
      const others = store.records('others', z.object({ version: z.number() }));
      await orders.write('a', { status: 'x' }, { seen: 0, tags: [], holds: ['reference/1'] });
      expect(await others.write('a', {}, { seen: 0, tags: [], holds: ['new', 'reference/1'] })).toEqual({
        ok: false,
        reason: 'held',
        hold: 'reference/1',
        owner: 'a',
      });
      expect(await others.holder('reference/1')).toBe('a');
      expect(await others.holder('new')).toBeUndefined();
    });

    it('gives up each hold and tag that is not named again', async () => {
      const orders = ordersOf(await fixture.open());
      const tagged = async (tag: string) => (await orders.tagged(tag, { limit: 9 })).records.length;
      await orders.write('a', { status: 'x' }, { seen: 0, tags: ['s', 't'], holds: ['h', 'i'] });
      await orders.write('a', { status: 'y' }, { seen: 1, tags: ['t', 'u'], holds: ['i', 'j', 'j'] });
      expect([await tagged('s'), await tagged('t'), await tagged('u')]).toEqual([0, 1, 1]);
      expect(await orders.holder('h')).toBeUndefined();
      expect([await orders.holder('i'), await orders.holder('j')]).toEqual(['a', 'a']);
      const other = await orders.write('b', { status: 'x' }, { seen: 0, tags: [], holds: ['h'] });
      expect(other).toEqual({ ok: true, version: 1 });
    });

    it('changes nothing at all when it loses', async () => {
      const orders = ordersOf(await fixture.open());
      await orders.write('a', { status: 'x' }, { seen: 0, tags: ['t'], holds: ['h'] });
      await orders.write('b', { status: 'x' }, { seen: 0, tags: ['t'], holds: ['i'] });
      await orders.write('b', { status: 'y' }, { seen: 1, tags: ['u'], holds: ['j', 'h'] });
      await orders.write('b', { status: 'y' }, { seen: 0, tags: ['u'], holds: ['j'] });
      expect(await orders.get('b')).toEqual({ version: 1, status: 'x' });
      expect(await orders.holder('i')).toBe('b');
      expect(await orders.holder('j')).toBeUndefined();
      expect((await orders.tagged('u', { limit: 9 })).records).toEqual([]);
    });

    it('refuses a record that could not be read back, and names what cannot be read', async () => {
      const other = z.object({ version: z.number(), status: z.number() });
      const odd = (await fixture.open()).records('orders', other);
      await odd.write('odd', { status: 5 }, { seen: 0, ...free });
      await odd.write('torn', { status: 6 }, { seen: 0, ...free });
      await (await fixture.connect()).plain('orders').set('torn', '{"value":{"status":"secret,"mac":"');
      const orders = ordersOf(await fixture.open());
      const bad = { status: 7 as unknown as string };
      await expect(orders.write('a', bad, { seen: 0, ...free })).rejects.toThrow('orders/a');
      await expect(orders.get('odd')).rejects.toThrow('orders/odd is not valid (status: invalid_type)');
      const torn = await orders.get('torn').catch((error: unknown) => error);
      expect(torn).toMatchObject({
        code: 'broken',
        message: expect.stringContaining('orders/torn'),
      });
      expect(JSON.stringify([torn, (torn as Error).message, (torn as Error).cause])).not.toContain('secret');
    });
  });
}
