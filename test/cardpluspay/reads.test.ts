import { errors } from 'undici';
import { describe, expect, test } from 'vitest';
import type { CatalogQuery } from '../../src/cardpluspay/types.ts';
import { errorWithCode, failureOf, KEY, orderData, refusal, scriptedVendor, success } from './scripted-vendor.ts';

test('the balance is exact and has its currency', async () => {
  const { client, answer, requests } = scriptedVendor();
  answer('GET', '/balance', { status: 200, body: success({ balance: '-0.10', currency: 'usd' }) });
  expect(await client.balance()).toEqual({ amount: '-0.1', currency: 'USD' });
  expect(requests().map(({ headers }) => headers)).toEqual([{ 'X-API-Key': KEY, Accept: 'application/json' }]);
});

test('the balance may be grouped, and needs a currency that is one', async () => {
  const { client, answer } = scriptedVendor();
  answer('GET', '/balance', { status: 200, body: success({ balance: '5,000.00', currency: 'USD' }) });
  expect(await client.balance()).toEqual({ amount: '5000', currency: 'USD' });
  for (const currency of ['', ' ', 'x'.repeat(10_000), null]) {
    answer('GET', '/balance', { status: 200, body: success({ balance: '1', currency }) });
    expect((await failureOf(client.balance())).message).toContain('data.currency is missing or unreadable');
  }
});

const pagination = { total: '3', per_page: 2, current_page: 2, last_page: 2 };

describe('the catalog', () => {
  test('takes every documented parameter', async () => {
    const { client, answer, requests } = scriptedVendor();
    const search =
      '?item_id=A&brand=B+%26+B&q=%C3%A4&per_page=100&page=2&sort_by=value&order=desc' +
      '&region=eu&currency=EUR&delivery_type=DIGITAL&value_min=5&value_max=10.5&country_code=DE';
    answer('GET', `/catalog${search}`, { status: 404, body: refusal('None') });
    const query = {
      itemId: 'A',
      brand: 'B & B',
      q: 'ä',
      perPage: 100,
      page: 2,
      sortBy: 'value',
      order: 'desc',
      region: 'eu',
      currency: 'EUR',
      deliveryType: 'DIGITAL',
      valueMin: '5',
      valueMax: '10.5',
      countryCode: 'DE',
    };
    await failureOf(client.catalog(query as CatalogQuery));
    expect(requests()[0]?.fullUrl).toBe(`https://vendor.test/v1/catalog${search}`);
  });

  test('keeps charged and face value apart, and skips and counts what it cannot read', async () => {
    const { client, answer } = scriptedVendor();
    const products = [
      {
        item_code: 'A',
        product_name: 'Acme',
        brand: 'Acme',
        category: 'Games',
        value: '5.00',
        price: 4.9,
        currency: 'eur',
        region: 'eu',
        country_code: ['DE', 7, 'FR'],
        delivery_type: 'DIGITAL',
        novelty: { of: 'tomorrow' },
      },
      { item_code: 'B', value: 15, price: '14.70', country_code: 'US', brand: null },
      { item_code: 'C', value: 15 },
    ];
    answer('GET', '/catalog', { status: 200, body: success({ products, pagination }) });
    expect(await client.catalog({})).toEqual({
      items: [
        {
          itemCode: 'A',
          name: 'Acme',
          brand: 'Acme',
          category: 'Games',
          faceValue: '5',
          charged: '4.9',
          currency: 'EUR',
          region: 'eu',
          countryCodes: ['DE', 'FR'],
          deliveryType: 'DIGITAL',
        },
        { itemCode: 'B', name: 'B', faceValue: '15', charged: '14.7', countryCodes: ['US'] },
      ],
      page: 2,
      lastPage: 2,
      total: 3,
      skipped: 1,
      skippedFor: { price: 1 },
    });
  });

  const read = async (products: unknown, more: object = { pagination }, query: CatalogQuery = {}) => {
    const { client, answer } = scriptedVendor();
    const search = new URLSearchParams(query.page ? { page: String(query.page), per_page: String(query.perPage) } : {});
    answer('GET', `/catalog${search.size > 0 ? `?${search}` : ''}`, {
      status: 200,
      body: success({ products, ...more }),
    });
    return client.catalog(query);
  };
  const row = { item_code: 'A', value: 5, price: 4.9 };

  test('names its products when they are not there', async () => {
    const error = await failureOf(read(undefined));
    expect(error.message).toContain('data.products is missing or unreadable');
    expect(error.code).toBe('unreadable');
  });

  test.each([
    ['no brand', { brand: '' }, { brand: undefined }],
    ['a blank brand', { brand: ' \u200b\u2060\u3164' }, { brand: undefined }],
    ['no currency', { currency: '' }, { currency: undefined }],
    ['a currency that formats', { currency: '*[x](https://evil.example)*' }, { currency: undefined }],
    ['a currency with blanks', { currency: ' usd ' }, { currency: 'USD' }],
    ['no name', { product_name: '' }, { name: 'A' }],
    ['a blank name', { product_name: '\n\u00a0&nbsp;&zwnj;' }, { name: 'A' }],
    ['a name of entities', { product_name: 'Ben &amp; Jerry&#39;s &lt;5&gt;' }, { name: "Ben & Jerry's <5>" }],
    ['a brand of entities', { brand: 'H&amp;M' }, { brand: 'H&M' }],
    ['an ampersand that is no entity', { brand: 'AT&T &copy' }, { brand: 'AT&T &copy' }],
    ['a country as text', { country_code: 'US' }, { countryCodes: ['US'] }],
    ['countries as text', { country_code: 'US, CA;GB' }, { countryCodes: ['US', 'CA', 'GB'] }],
    ['countries as an object', { country_code: { 0: 'US', 2: 'CA' } }, { countryCodes: ['US', 'CA'] }],
    ['no country', { country_code: null }, { countryCodes: [] }],
    ['a country that is blank', { country_code: '' }, { countryCodes: [] }],
    ['a number for countries', { country_code: 7 }, { countryCodes: [] }],
    ['grouped amounts', { price: '1,470.00', value: '1,500.00' }, { charged: '1470', faceValue: '1500' }],
    ['a blank delivery', { delivery_type: '', region: ' ' }, { deliveryType: undefined, region: undefined }],
  ])('takes a product with %s', async (_, odd, expected) => {
    const { items } = await read([{ ...row, ...odd }]);
    expect(items).toMatchObject([{ itemCode: 'A', ...expected }]);
  });

  test.each([[''], [' '], ['\u200b'], ['x'.repeat(101)], ['A\nB'], [null], [{}]])(
    'leaves out and counts a product whose item code is %j',
    async (item_code) => {
      expect(await read([{ ...row, item_code }, row])).toMatchObject({ items: [{ itemCode: 'A' }], skipped: 1 });
    },
  );

  test('cuts texts without end, and counts them', async () => {
    const long = 'n'.repeat(10_000);
    const found = await read([{ ...row, product_name: long, brand: long, category: long, region: long }, row]);
    expect(JSON.stringify(found).length).toBeLessThan(1000);
    expect(found.cut).toBe(1);
  });

  test('takes rows that PHP wrote as an object', async () => {
    expect((await read({ 0: row, 7: { ...row, item_code: 'B' } })).items.map(({ itemCode }) => itemCode)).toEqual([
      'A',
      'B',
    ]);
  });

  test.each([[null], [undefined], [{}], ['none'], [{ current_page: null, last_page: null, total: null }]])(
    'goes by its rows where its pages are %j',
    async (pages) => {
      const query = { page: 3, perPage: 2 };
      const rows = [row, { ...row, item_code: 'B' }];
      expect(await read(rows, { pagination: pages }, query)).toMatchObject({ page: 3, lastPage: 4, total: 6 });
      expect(await read([row], { pagination: pages }, query)).toMatchObject({ page: 3, lastPage: 3, total: 5 });
      expect(await read([], { pagination: pages }, query)).toMatchObject({ page: 3, lastPage: 3, total: 4 });
    },
  );
});

describe('orders', () => {
  test('are listed even when their rows are thin', async () => {
    const { client, answer, requests } = scriptedVendor();
    const orders = [
      {
        order_id: 9,
        order_no: 'N9',
        status: 'completed',
        amount: 5.0,
        item_code: 'A',
        quantity: '2',
      },
      { order_id: '8', amount: null },
      { order_no: 'N7' },
    ];
    const path = '/orders?per_page=1&page=1&status=completed&sort_by=created_at&order=desc';
    answer('GET', path, { status: 200, body: success({ orders, pagination }) });
    const query = {
      perPage: 1,
      page: 1,
      status: 'completed',
      sortBy: 'created_at',
      order: 'desc',
    } as const;
    const page = await client.orders(query);
    expect(page.skipped).toBe(1);
    expect(page.items).toEqual([
      { orderId: 9, orderNo: 'N9', status: 'completed', charged: '5', itemCode: 'A', quantity: 2 },
      { orderId: 8 },
    ]);
    expect(requests()).toHaveLength(1);
  });

  test('need their pages: without them nobody knows whether the list is whole', async () => {
    const { client, answer } = scriptedVendor();
    const data = { orders: [], pagination: { ...pagination, last_page: null } };
    answer('GET', '/orders', { status: 200, body: success(data) });
    const error = await failureOf(client.orders({}));
    expect(error.message).toContain('data.pagination.last_page is missing or unreadable');
  });

  test('have texts that are cut', async () => {
    const { client, answer } = scriptedVendor();
    const orders = [{ order_id: 1, order_no: 'N'.repeat(2_000_000), status: 's'.repeat(10_000) }];
    answer('GET', '/orders', { status: 200, body: success({ orders, pagination }) });
    expect(JSON.stringify(await client.orders({})).length).toBeLessThan(300);
  });

  test('one is found by its number, with its codes', async () => {
    const { client, answer } = scriptedVendor();
    const data = { ...orderData, amount: 5.0, codes: [{ code: 'X', status: 'completed' }] };
    answer('GET', '/orders/123', { status: 200, body: success(data) });
    const order = await client.order(123);
    expect(order).toMatchObject({
      orderId: 123,
      charged: '5',
      codes: [{ code: 'X', metadata: [] }],
    });
  });
});

describe('the stock check', () => {
  const check = async (status: number, body: unknown) => {
    const { client, answer, requests } = scriptedVendor();
    answer('POST', '/orders/check', { status, body });
    const result = await client.checkStock('A', 3).then(
      (value) => ({ value, error: undefined }),
      async (error) => ({ value: undefined, error: await failureOf(Promise.reject(error)) }),
    );
    return { ...result, request: requests()[0] };
  };
  const inStock = {
    price: 0.85,
    state: 'in_stock',
    status: true,
    message: 'Available',
    requested: 3,
  };

  test('says what one card costs', async () => {
    const { value, request } = await check(200, success(inStock));
    expect(value).toEqual({ available: true, unitCharged: '0.85', message: 'Available' });
    expect(request?.body).toBe('{"item_id":"A","quantity":3}');
    expect(request?.headers).toMatchObject({ 'Content-Type': 'application/json' });
  });

  test.each([
    ['by its state alone', { ...inStock, status: undefined }],
    ['by its status alone', { ...inStock, state: undefined }],
  ])('knows %s that a product is there', async (_, data) => {
    expect((await check(200, success(data))).value).toMatchObject({ available: true });
  });

  test.each([
    ['a status of false', 200, success({ ...inStock, status: false, message: 'Sold out' })],
    ['a state that contradicts', 200, success({ ...inStock, state: 'out_of_stock', message: 'Sold out' })],
    ['success: false', 200, refusal('Sold out')],
    ['a 400 that says so', 400, refusal('Sold out')],
  ])('"not available" is an answer, not an error: %s', async (_, status, body) => {
    expect((await check(status, body)).value).toEqual({ available: false, message: 'Sold out' });
  });

  test.each([
    ['an unknown item', 404, refusal('No such item'), { code: 'not_found', detail: 'No such item' }],
    ['a bad quantity', 422, refusal('quantity'), { code: 'invalid', outcome: 'refused' }],
    ['another 400', 400, refusal('quantity must be a number'), { code: 'invalid' }],
    ['a price that is missing', 200, success({ ...inStock, price: null }), { code: 'unreadable' }],
    ['neither state nor status', 200, success({ price: 1 }), { code: 'unreadable' }],
  ])('%s is an error', async (_, status, body, facts) => {
    expect(await check(status, body)).toMatchObject({ error: facts });
  });

  test('is retried like a GET', async () => {
    const { client, answer, requests } = scriptedVendor();
    answer('POST', '/orders/check', { status: 503, body: 'busy' });
    answer('POST', '/orders/check', { status: 200, body: success(inStock) });
    expect((await client.checkStock('A', 1)).available).toBe(true);
    expect(requests()).toHaveLength(2);
  });
});

const goodBalance = { status: 200, body: success({ balance: 1, currency: 'USD' }) };

describe('a read is tried again', () => {
  test.each([
    ['a server error', { status: 500, body: refusal('x') }],
    ['a 429', { status: 429, body: refusal('Too many requests') }],
    ['a 429 without an envelope', { status: 429, body: 'slow down' }],
    ['a reset', { status: 0, error: errorWithCode('ECONNRESET') }],
    ['a refused connection', { status: 0, error: errorWithCode('ECONNREFUSED') }],
    ['a time-out of the headers', { status: 0, error: new errors.HeadersTimeoutError() }],
  ])('after %s, with a pause that grows', async (_, reply) => {
    const { client, answer, clock } = scriptedVendor();
    answer('GET', '/balance', reply);
    answer('GET', '/balance', reply);
    answer('GET', '/balance', goodBalance);
    expect((await client.balance()).amount).toBe('1');
    expect(clock.sleeps).toEqual([300, 600]);
  });

  test.each([
    ['2', [2000]],
    ['Tue, 14 Nov 2023 22:13:25 GMT', [5000]],
  ])('no sooner than Retry-After: %s allows', async (header, sleeps) => {
    const { client, answer, clock } = scriptedVendor();
    const headers = { 'retry-after': header };
    answer('GET', '/balance', { status: 429, body: refusal('x'), headers });
    answer('GET', '/balance', goodBalance);
    await client.balance();
    expect(clock.sleeps).toEqual(sleeps);
  });

  test('three times at most', async () => {
    const { client, answer, requests } = scriptedVendor();
    answer('GET', '/balance', { status: 500, body: refusal('Oops') }, 9);
    const error = await failureOf(client.balance());
    expect(error).toMatchObject({
      code: 'server',
      outcome: 'unknown',
      status: 500,
      detail: 'Oops',
    });
    expect(requests()).toHaveLength(3);
  });

  test('not when it would keep somebody waiting: the delay is told instead', async () => {
    const { client, answer, clock } = scriptedVendor();
    const headers = { 'retry-after': '60' };
    answer('GET', '/balance', { status: 429, body: refusal('Too many'), headers });
    const error = await failureOf(client.balance());
    expect(error).toMatchObject({ code: 'rate_limited', outcome: 'refused', retryAfterMs: 60_000 });
    expect(clock.sleeps).toEqual([]);
  });
});

test.each([
  [400, refusal('Bad page'), 'invalid', 'refused'],
  [401, refusal('Invalid API key'), 'unauthorized', 'refused'],
  [401, refusal('Signature verification failed'), 'signing_wanted', 'refused'],
  [401, 'nginx', 'unauthorized', 'unknown'],
  [403, refusal('Forbidden'), 'unauthorized', 'refused'],
  [404, refusal('Not found'), 'not_found', 'refused'],
  [404, '<html>', 'unreadable', 'unknown'],
  [422, refusal('Invalid'), 'invalid', 'refused'],
  [409, refusal('Conflict'), 'unexpected', 'unknown'],
  [302, '', 'unexpected', 'unknown'],
  [200, refusal('No'), 'unexpected', 'unknown'],
  [200, '<html>', 'unreadable', 'unknown'],
])('a read that is answered %s %j means %s (%s) and is not tried again', async (status, body, code, outcome) => {
  const { client, answer, requests } = scriptedVendor();
  answer('GET', '/balance', { status, body, headers: { location: 'https://evil.example/' } });
  expect(await failureOf(client.balance())).toMatchObject({ code, outcome, status });
  expect(requests()).toHaveLength(1);
});
