import { describe, expect, it } from 'vitest';
import { call, type ProductRow, start } from './calling.ts';

async function list(query: string): Promise<ProductRow[]> {
  const { data } = await call(await start(), `/catalog?per_page=100&${query}`);
  return data.products;
}

describe("the stand-in's catalog", () => {
  it('is believable: some 60 products of a dozen brands, several currencies, discounts', async () => {
    const rows = await list('');
    expect(rows.length).toBeGreaterThanOrEqual(60);
    expect(rows.length).toBeLessThanOrEqual(75);
    expect(new Set(rows.map((row) => row.item_code)).size).toBe(rows.length);
    expect(new Set(rows.map((row) => row.brand)).size).toBeGreaterThanOrEqual(12);
    expect(new Set(rows.map((row) => row.currency))).toEqual(new Set(['USD', 'EUR', 'GBP', 'JPY']));
    const dollars = rows.filter((row) => row.currency === 'USD');
    expect(dollars.every((row) => Number(row.price) <= Number(row.value))).toBe(true);
    expect(dollars.some((row) => row.price === row.value)).toBe(true);
    const google = rows.find((row) => row.item_code === 'google-play-usd-5');
    expect(google).toMatchObject({ value: '5.00', price: '4.90', delivery_type: 'DIGITAL' });
  });

  it('gives ten a page unless asked otherwise, and every product on one page', async () => {
    const standIn = await start();
    const codes = new Set<string>();
    const { data: first } = await call(standIn, '/catalog');
    expect(first.pagination).toMatchObject({ per_page: 10, current_page: 1 });
    for (let page = 1; page <= first.pagination.last_page; page++) {
      const { data } = await call(standIn, `/catalog?page=${page}`);
      for (const row of data.products) codes.add(row.item_code);
    }
    expect(codes.size).toBe(first.pagination.total);
    expect((await call(standIn, '/catalog?page=999')).data.products).toEqual([]);
  });

  it('finds by item code, brand and words', async () => {
    expect(await list('item_id=steam-usd-5')).toMatchObject([{ item_code: 'steam-usd-5' }]);
    expect(await list('item_id=steam-usd')).toEqual([]);
    const steam = await list('brand=STEAM');
    expect(new Set(steam.map((row) => row.brand))).toEqual(new Set(['Steam']));
    expect((await list('q=nintendo')).length).toBe(6);
    expect((await list('q=eshop-jpy')).length).toBe(2);
  });

  it('filters by region, currency, country, delivery and face value', async () => {
    const all = await list('');
    const expectSame = async (query: string, test: (row: ProductRow) => boolean) => {
      const wanted = all.filter(test).map((row) => row.item_code);
      expect(wanted.length, query).toBeGreaterThan(0);
      expect((await list(query)).map((row) => row.item_code)).toEqual(wanted);
    };
    await expectSame('region=eu', (row) => row.region === 'eu');
    await expectSame('currency=gbp', (row) => row.currency === 'GBP');
    await expectSame('country_code=AT', (row) => row.country_code.includes('AT'));
    await expectSame('delivery_type=BOTH', (row) => row.delivery_type === 'BOTH');
    await expectSame('value_min=50&value_max=60', ({ value }) => +value >= 50 && +value <= 60);
  });

  it('sorts by brand, face value and category, both ways', async () => {
    const values = (await list('sort_by=value&order=desc')).map((row) => Number(row.value));
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    const brands = (await list('sort_by=brand')).map((row) => row.brand);
    expect(brands).toEqual(brands.toSorted());
    expect((await list('sort_by=category'))[0]?.brand).toBe('Google Play');
  });

  it('answers 422 to bad parameters, and names them', async () => {
    const standIn = await start();
    const bad = {
      per_page: '101',
      page: '0',
      sort_by: 'price',
      order: 'up',
      delivery_type: 'digital',
      value_min: '-1',
      value_max: 'much',
      q: 'x'.repeat(256),
    };
    for (const [name, value] of Object.entries(bad)) {
      const reply = await call(standIn, `/catalog?${new URLSearchParams({ [name]: value })}`);
      expect(reply).toMatchObject({ status: 422, success: false });
      expect(Object.keys(reply.data.errors)).toEqual([name]);
    }
  });

  it('can be as large as a benchmark wants, with a code of its own for each product', async () => {
    const standIn = await start({ products: 2_000 });
    const codes = new Set<string>();
    for (let page = 1; page <= 20; page++) {
      const { data } = await call(standIn, `/catalog?per_page=100&page=${page}`);
      expect(data.pagination.total).toBe(2_000);
      for (const row of data.products) codes.add(row.item_code);
    }
    expect(codes.size).toBe(2_000);
  });
});
