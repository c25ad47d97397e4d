import { describe, expect, it } from 'vitest';
import { type OpenBench, useBench } from './bench.ts';
import { free, ordersOf } from './order.ts';

export function describeTags(open: OpenBench): void {
  describe('a tag', () => {
    const fixture = useBench(open);

    it('lists records by their creation, newest first, whatever is written later', async () => {
      const orders = ordersOf(await fixture.open());
      for (const key of ['a', 'c', 'b']) {
        await orders.write(key, { status: key }, { seen: 0, tags: ['open'], holds: [] });
      }
      await orders.write('a', { status: 'a' }, { seen: 1, tags: [], holds: [] });
      await orders.write('a', { status: 'a' }, { seen: 2, tags: ['open'], holds: [] });
      const { records } = await orders.tagged('open', { limit: 10 });
      expect(records.map(({ status }) => status)).toEqual(['b', 'c', 'a']);
    });

    it('shows every record once, page by page, while others come and go', async () => {
      const orders = ordersOf(await fixture.open());
      const add = (key: string) => orders.write(key, { status: key }, { seen: 0, tags: ['open'], holds: [] });
      for (let i = 0; i < 7; i++) await add(`o${i}`);
      const first = await orders.tagged('open', { limit: 3 });
      await add('newcomer');
      await orders.write('o5', { status: 'o5' }, { seen: 1, ...free });
      const second = await orders.tagged('open', { limit: 3, before: first.next });
      const third = await orders.tagged('open', { limit: 3, before: second.next });
      const seen = [first, second, third].map(({ records }) => records.map(({ status }) => status));
      expect(seen).toEqual([['o6', 'o5', 'o4'], ['o3', 'o2', 'o1'], ['o0']]);
      expect(third.next).toBeUndefined();
    });

    it('refuses a cursor or a page size that makes no sense', async () => {
      const orders = ordersOf(await fixture.open());
      await expect(orders.tagged('open', { limit: 1, before: 'x' })).rejects.toThrow(RangeError);
      await expect(orders.tagged('open', { limit: 0 })).rejects.toThrow(RangeError);
    });
  });
}
