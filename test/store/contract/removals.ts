import { describe, expect, it } from 'vitest';
import { type OpenBench, useBench } from './bench.ts';
import { free, orderSchema, ordersOf } from './order.ts';

export function describeRemovals(open: OpenBench): void {
  describe('a guarded remove', () => {
    const fixture = useBench(open);

    it('takes a record with all its tags and holds, and its names are free for others', async () => {
      const orders = ordersOf(await fixture.open());
      await orders.write('a', { status: 'x' }, { seen: 0, tags: ['s', 't'], holds: ['h', 'i'] });
      await orders.write('b', { status: 'x' }, { seen: 0, tags: ['t'], holds: ['j'] });
      expect(await orders.remove('a', 1)).toBe(true);
      expect(await orders.get('a')).toBeUndefined();
      expect([await orders.count('s'), await orders.count('t')]).toEqual([0, 1]);
      expect([await orders.holder('h'), await orders.holder('i')]).toEqual([undefined, undefined]);
      expect(await orders.get('b')).toEqual({ version: 1, status: 'x' });
      expect(await orders.holder('j')).toBe('b');
      const next = await orders.write('c', { status: 'x' }, { seen: 0, tags: [], holds: ['h', 'i'] });
      expect(next).toEqual({ ok: true, version: 1 });
    });

    it('leaves what was written since, what is not there, and the same key elsewhere', async () => {
      const store = await fixture.open();
      const orders = ordersOf(store);
      const others = store.records('others', orderSchema);
      await orders.write('a', { status: 'x' }, { seen: 0, tags: ['t'], holds: ['h'] });
      await orders.write('a', { status: 'y' }, { seen: 1, tags: ['t'], holds: ['h'] });
      for (const seen of [0, 1, 3]) expect(await orders.remove('a', seen)).toBe(false);
      for (const seen of [0, 1]) expect(await orders.remove('nobody', seen)).toBe(false);
      expect(await others.remove('a', 2)).toBe(false);
      expect(await orders.get('a')).toEqual({ version: 2, status: 'y' });
      expect([await orders.count('t'), await orders.holder('h')]).toEqual([1, 'a']);
    });

    it('tells a late writer that there is no such record', async () => {
      const orders = ordersOf(await fixture.open());
      await orders.write('a', { status: 'x' }, { seen: 0, ...free });
      await orders.remove('a', 1);
      const late = await orders.write('a', { status: 'y' }, { seen: 1, tags: ['t'], holds: ['h'] });
      expect(late).toEqual({ ok: false, reason: 'changed', version: 0 });
      expect([await orders.count('t'), await orders.holder('h')]).toEqual([0, undefined]);
    });

    it('and a write of the same version: one of them wins, whoever else tries', async () => {
      const orders = ordersOf(await fixture.open());
      for (let round = 0; round < 10; round++) {
        const key = `o${round}`;
        const guard = { tags: ['open'], holds: [`hold/${key}`] };
        await orders.write(key, { status: 'x' }, { seen: 0, ...guard });
        const removing = [1, 2, 3].map(() => orders.remove(key, 1));
        const writing = [1, 2, 3].map(() => orders.write(key, { status: 'y' }, { seen: 1, ...guard }));
        const removed = (await Promise.all(removing)).filter(Boolean).length;
        const written = (await Promise.all(writing)).filter(({ ok }) => ok).length;
        expect(removed + written).toBe(1);
        expect((await orders.get(key))?.status).toBe(written === 1 ? 'y' : undefined);
        expect(await orders.holder(`hold/${key}`)).toBe(written === 1 ? key : undefined);
      }
    });

    it('never gives a page of a list twice what came after it', async () => {
      const orders = ordersOf(await fixture.open());
      const add = (key: string) => orders.write(key, { status: key }, { seen: 0, tags: ['open'], holds: [] });
      for (const key of ['o0', 'o1', 'o2', 'o3']) await add(key);
      const first = await orders.tagged('open', { limit: 2 });
      await orders.remove('o3', 1);
      await orders.remove('o1', 1);
      await add('o4');
      const second = await orders.tagged('open', { limit: 2, before: first.next });
      expect(second.records.map(({ status }) => status)).toEqual(['o0']);
    });
  });
}
