import { describe, expect, it } from 'vitest';
import type { OrdersQuery, RemoteOrder, VendorPage } from '../../../src/cardpluspay/types.ts';
import { readOrderList } from '../../../src/orders/reconcile/search.ts';

/** A list of so many rows a page; `change` is what goes wrong with a page. */
function listOf(ids: number[], perPage: number, change: (page: VendorPage<RemoteOrder>) => object = () => ({})) {
  const asked: OrdersQuery[] = [];
  const orders = async (query: OrdersQuery) => {
    asked.push(query);
    const page = query.page ?? 1;
    const items = ids.slice((page - 1) * perPage, page * perPage).map((orderId) => ({ orderId }));
    const lastPage = Math.ceil(ids.length / perPage);
    const whole = { items, page, lastPage, total: ids.length, skipped: 0 };
    return { ...whole, ...change(whole) };
  };
  const read = async (watermark: number) => (await readOrderList({ orders }, watermark)).map(({ orderId }) => orderId);
  return { read, asked };
}

describe('reading CardPlusPay’s list of orders', () => {
  it('stops at the watermark where it is in descending order', async () => {
    const list = listOf([9, 8, 7, 6, 5, 4, 3, 2, 1], 2);
    expect(await list.read(7)).toEqual([9, 8, 7, 6]);
    expect(list.asked.map(({ page }) => page)).toEqual([1, 2]);
    expect(list.asked[0]).toMatchObject({ perPage: 100, sortBy: 'created_at', order: 'desc' });
  });

  it.each([
    ['ascending', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['in no order', [2, 8, 1, 9, 3, 7, 5, 4, 6]],
    ['descending but for one', [7, 8, 6, 5, 4, 3, 2, 1, 9]],
  ])('reads all pages where it is %s', async (_, ids) => {
    expect(await listOf(ids, 2).read(8)).toContain(9);
    expect(await listOf(ids, 2).read(0)).toEqual(ids);
  });

  it('an account without orders has an empty list', async () => {
    expect(await listOf([], 10).read(0)).toEqual([]);
  });

  it.each<[string, (page: VendorPage<RemoteOrder>) => object]>([
    ['a row that nobody can read', ({ page }) => (page === 2 ? { skipped: 1 } : {})],
    ['the first page again and again', () => ({ page: 1 })],
    ['fewer rows than it says', ({ items }) => ({ items: items.slice(1) })],
  ])('with %s it was not read', async (_, change) => {
    await expect(listOf([4, 3, 2, 1], 2, change).read(0)).rejects.toThrow('the order list came with');
  });

  it('is not read without end', async () => {
    const endless = ({ page }: VendorPage<RemoteOrder>) => ({ items: [{ orderId: page }], lastPage: 9e9, total: 9e9 });
    const list = listOf([1], 1, endless);
    await expect(list.read(0)).rejects.toThrow('pages without end');
    expect(list.asked.length).toBeLessThan(1100);
  });

  it.each<[string, number[], number]>([
    ['the only page', [4, 3, 2, 1], 10],
    ['a page before the last', [5, 4, 3, 2, 1], 2],
  ])('a row that is missing from %s is noticed before the watermark ends the reading', async (_, ids, perPage) => {
    const change = ({ page, items }: VendorPage<RemoteOrder>) => (page === 1 ? { items: items.slice(1) } : {});
    await expect(listOf(ids, perPage, change).read(3)).rejects.toThrow('fewer rows than it has');
    expect((await listOf(ids, perPage).read(3)).at(0)).toBe(ids[0]);
  });
});
