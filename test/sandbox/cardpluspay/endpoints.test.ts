import { describe, expect, it } from 'vitest';
import { buy, call, start } from './calling.ts';

describe('the CardPlusPay stand-in', () => {
  it('says what it is', async () => {
    const reply = await call(await start(), '/');
    expect(reply).toMatchObject({ status: 200, success: true, data: { version: 'v1' } });
  });

  it('answers 401 in an envelope without the right key', async () => {
    const standIn = await start({ apiKey: 'right' });
    for (const headers of [{}, { 'x-api-key': 'wrong' }, { 'x-api-key': 'Right' }]) {
      const reply = await call(standIn, '/balance', undefined, headers);
      expect(reply).toMatchObject({ status: 401, success: false });
    }
    expect((await call(standIn, '/balance')).status).toBe(200);
  });

  it('shows the balance as text', async () => {
    const { data } = await call(await start({ balance: '100.5', currency: 'EUR' }), '/balance');
    expect(data).toEqual({ balance: '100.50', currency: 'EUR', state: 'success' });
  });

  it('answers 404 in an envelope for what does not exist', async () => {
    const standIn = await start();
    for (const path of ['/nothing', '/orders/12', '/orders/abc']) {
      expect(await call(standIn, path)).toMatchObject({ status: 404, success: false });
    }
    expect(await buy(standIn, 'no-such-card')).toMatchObject({ status: 404, success: false });
  });

  it('checks stock and tells the charged amount of one card as a number', async () => {
    const standIn = await start();
    const { data } = await call(standIn, '/orders/check', { item_id: 'razer-gold-usd-1' });
    expect(data).toEqual({
      price: 0.85,
      state: 'in_stock',
      status: true,
      message: 'Available',
      requested: 1,
    });
  });

  it('says no to a stock check when there are none, or too few', async () => {
    const standIn = await start();
    standIn.setStock('steam-usd-5', 3);
    const check = (quantity: number) => call(standIn, '/orders/check', { item_id: 'steam-usd-5', quantity });
    expect((await check(3)).success).toBe(true);
    expect(await check(4)).toMatchObject({ status: 200, success: false, data: { status: false } });
    standIn.setStock('steam-usd-5', 0);
    expect(await check(1)).toMatchObject({ status: 400, success: false });
    standIn.setStock('steam-usd-5', null);
    expect((await check(100)).success).toBe(true);
  });

  it('sells cards, and answers as the documentation shows', async () => {
    const standIn = await start({ balance: '100' });
    standIn.setPrice('netflix-usd-15', '14.70');
    const { status, data } = await buy(standIn, 'netflix-usd-15', 3);
    expect(status).toBe(200);
    expect(data).toMatchObject({
      type: 'bulk',
      brand: 'Netflix',
      state: 'completed',
      status: 'completed',
      amount: '44.10',
      total_denomination: 45,
      denomination_unit: 'USD',
    });
    expect(data.order_id).toEqual(expect.any(Number));
    expect(data.order_no).toMatch(/^ORD-\d{4}-001$/);
    expect(data.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+02:00$/);
    expect(data.codes).toHaveLength(3);
    expect(data.codes[0]).toMatchObject({ denomination: '15.00', charged_amount: '14.70' });
    expect(data.codes[0]?.metadata).toEqual([{ Pin: expect.stringMatching(/^\d{10}$/) }]);
    expect(standIn.balance()).toBe('55.90');
  });

  it('writes the time of an order with its offset, for the same moment', async () => {
    const at = Date.parse('2026-03-07T19:42:27Z');
    const { data } = await buy(await start({ now: () => at }));
    expect(data.created_at).toBe('2026-03-07T21:42:27+02:00');
  });

  it('buys one when no quantity is given, and takes item_id for item_code', async () => {
    const standIn = await start();
    const { data } = await call(standIn, '/orders', { item_id: 'steam-usd-5' });
    expect(data.codes).toHaveLength(1);
  });

  it('refuses orders that are not well formed, and books nothing', async () => {
    const standIn = await start();
    const item = { item_code: 'steam-usd-5' };
    const bad = [{}, { ...item, quantity: 0 }, { ...item, quantity: 101 }];
    for (const body of [...bad, { ...item, quantity: 1.5 }, { ...item, email: 'nobody' }, []]) {
      expect(await call(standIn, '/orders', body)).toMatchObject({ status: 422, success: false });
    }
    const response = await fetch(`${standIn.url}/orders`, {
      method: 'POST',
      headers: { 'x-api-key': standIn.apiKey },
      body: '{ broken',
    });
    expect(response.status).toBe(400);
    expect(standIn.orders()).toEqual([]);
  });

  it('refuses with 400 and a message when stock or balance do not reach', async () => {
    const standIn = await start({ balance: '9.69' });
    standIn.setStock('steam-usd-5', 1);
    expect((await buy(standIn, 'steam-usd-5', 2)).message).toMatch(/out of stock/i);
    expect(await buy(standIn, 'steam-usd-10')).toMatchObject({
      status: 400,
      message: 'Insufficient balance',
    });
    expect(standIn.balance()).toBe('9.69');
    standIn.setBalance('9.70');
    expect((await buy(standIn, 'steam-usd-10')).status).toBe(200);
    expect(standIn.balance()).toBe('0.00');
  });

  it('takes bought cards out of the stock', async () => {
    const standIn = await start();
    standIn.setStock('steam-usd-5', 2);
    expect((await buy(standIn, 'steam-usd-5', 2)).status).toBe(200);
    expect((await buy(standIn, 'steam-usd-5', 1)).status).toBe(400);
  });

  it('is exact: ten times 0.10 is one', async () => {
    const standIn = await start({ balance: '1' });
    standIn.setPrice('steam-usd-5', '0.10');
    for (let i = 0; i < 10; i++) expect((await buy(standIn)).status).toBe(200);
    expect(standIn.balance()).toBe('0.00');
  });

  it('shows an order by its id, thinner than when it was bought', async () => {
    const standIn = await start();
    const { data: bought } = await buy(standIn, 'netflix-usd-15', 2);
    const { data } = await call(standIn, `/orders/${bought.order_id}`);
    expect(data).toEqual({
      order_id: bought.order_id,
      order_no: bought.order_no,
      status: 'completed',
      state: 'success',
      codes: bought.codes.map(({ code }) => ({ code, status: 'completed' })),
      amount: Number(bought.amount),
      created_at: bought.created_at,
    });
  });

  it('lists orders newest first, in pages, sorted and filtered', async () => {
    const standIn = await start();
    const items = ['steam-usd-50', 'steam-usd-5', 'steam-usd-20'];
    for (const item of items) await buy(standIn, item);
    const list = async (query: string) => {
      const { data } = await call(standIn, `/orders?${query}`);
      return data.orders.map((row) => row.item_code);
    };
    expect(await list('')).toEqual(items.toReversed());
    expect(await list('sort_by=created_at&order=asc&per_page=2')).toEqual(items.slice(0, 2));
    expect(await list('per_page=2&page=2')).toEqual(['steam-usd-50']);
    expect(await list('sort_by=amount')).toEqual(['steam-usd-50', 'steam-usd-20', 'steam-usd-5']);
    expect(await list('status=processing')).toEqual([]);
    const { data } = await call(standIn, '/orders?per_page=2');
    expect(data.pagination).toEqual({ total: 3, per_page: 2, current_page: 1, last_page: 2 });
    expect(data.state).toBe('success');
  });

  it('answers 422 to a list of orders that it can not make', async () => {
    const standIn = await start();
    for (const query of ['per_page=0', 'per_page=101', 'page=x', 'sort_by=id', 'order=up']) {
      expect((await call(standIn, `/orders?${query}`)).status).toBe(422);
    }
  });

  it('gives ascending order ids, also to orders of others and after a new start', async () => {
    let now = Date.now();
    const first = await start({ now: () => now });
    const ids = [(await buy(first)).data.order_id];
    ids.push(first.placeForeignOrder('steam-usd-5', 2).orderId, (await buy(first)).data.order_id);
    now += 10_000;
    ids.push((await buy(await start({ now: () => now }))).data.order_id);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(new Set(ids).size).toBe(4);
  });

  it('keeps books in which every order, code and request is found', async () => {
    const standIn = await start();
    const changes: string[] = [];
    const stop = standIn.on('change', () => changes.push('change'));
    const { data } = await buy(standIn, 'zalando-eur-20', 2);
    stop();
    standIn.placeForeignOrder('steam-usd-5', 1);
    expect(changes).toEqual(['change']);
    const [mine, foreign] = standIn.orders();
    expect(mine).toMatchObject({ itemCode: 'zalando-eur-20', quantity: 2, foreign: false });
    expect(mine?.orderId).toBe(data.order_id);
    expect(foreign?.foreign).toBe(true);
    const issued = standIn.issuedCodes();
    for (const { code, metadata } of data.codes) {
      expect(issued).toContain(code);
      expect(issued).toContain(metadata[0]?.Pin);
      expect(metadata[1]).toEqual({ Expiry: '2031-12-31' });
    }
    expect(issued).toHaveLength(5);
    const [request] = standIn.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/orders', body: { quantity: 2 } });
    expect(JSON.stringify(standIn.requests)).not.toContain(standIn.apiKey);
  });
});
