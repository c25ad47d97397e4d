import { describe, expect, it } from 'vitest';
import { buy, call, start, until } from './calling.ts';

const booked = [
  ['before', 0],
  ['after', 1],
] as const;

describe.each(booked)('a purchase that goes wrong %s the order is booked', (when, count) => {
  it('can hang until the stand-in is closed', async () => {
    const standIn = await start();
    standIn.fault(`hang-${when}-commit`);
    const answer = buy(standIn).then(
      () => 'answered',
      () => 'cut off',
    );
    await until(() => standIn.requests.length === 1);
    const other = await call(standIn, '/balance');
    expect(other.status).toBe(200);
    expect(standIn.orders()).toHaveLength(count);
    await standIn.close();
    expect(await answer).toBe('cut off');
  });

  it('can end in a reset connection', async () => {
    const standIn = await start();
    standIn.fault(`reset-${when}-commit`);
    await expect(buy(standIn)).rejects.toThrow();
    expect(standIn.orders()).toHaveLength(count);
  });

  it('can end in a 500', async () => {
    const standIn = await start();
    standIn.fault(`500-${when}-commit`);
    expect(await buy(standIn)).toMatchObject({ status: 500, success: false });
    expect(standIn.orders()).toHaveLength(count);
  });

  it('can end in 200 with a body that is no JSON', async () => {
    const standIn = await start();
    standIn.fault(`unreadable-${when}-commit`);
    await expect(buy(standIn)).rejects.toThrow(SyntaxError);
    expect(standIn.orders()).toHaveLength(count);
  });

  it('can break off in the middle of the body', async () => {
    const standIn = await start();
    standIn.fault(`broken-off-${when}-commit`);
    const response = await fetch(`${standIn.url}/orders`, {
      method: 'POST',
      headers: { 'x-api-key': standIn.apiKey },
      body: JSON.stringify({ item_code: 'steam-usd-5' }),
    });
    expect(response.status).toBe(200);
    const chunks: Uint8Array[] = [];
    const reading = async () => {
      for await (const chunk of response.body ?? []) chunks.push(chunk);
    };
    await expect(reading()).rejects.toThrow();
    expect(Buffer.concat(chunks).toString()).toMatch(/^\{"success":true/);
    expect(standIn.orders()).toHaveLength(count);
  });

  it('can end in 200 with success: false', async () => {
    const standIn = await start();
    standIn.fault(`success-false-${when}-commit`);
    expect(await buy(standIn)).toMatchObject({ status: 200, success: false });
    expect(standIn.orders()).toHaveLength(count);
  });
});

describe('a purchase that is booked late', () => {
  it('is booked after its time, although the connection was reset', async () => {
    const standIn = await start();
    standIn.fault('reset-late-commit', { delayMs: 20 });
    await expect(buy(standIn)).rejects.toThrow();
    await until(() => standIn.orders().length === 1);
    expect(standIn.orders()).toHaveLength(1);
  });

  it('can wait until a test books it', async () => {
    const standIn = await start();
    standIn.fault('reset-late-commit');
    await expect(buy(standIn)).rejects.toThrow();
    expect(standIn.orders()).toHaveLength(0);
    standIn.commitLate();
    standIn.commitLate();
    expect(standIn.orders()).toHaveLength(1);
  });

  it('can hang meanwhile, and is dropped when the stand-in is closed first', async () => {
    const standIn = await start();
    standIn.fault('hang-late-commit', { delayMs: 60_000 });
    const answer = expect(buy(standIn)).rejects.toThrow();
    await until(() => standIn.requests.length === 1);
    await standIn.close();
    await answer;
    expect(standIn.orders()).toHaveLength(0);
  });
});

describe('a purchase that is refused', () => {
  it.each([
    ['out-of-stock', 400],
    ['insufficient-balance', 400],
    ['unauthorized', 401],
    ['rate-limited', 429],
  ] as const)('as %s comes in an envelope with %i and books nothing', async (kind, status) => {
    const standIn = await start();
    standIn.fault(kind);
    expect(await buy(standIn)).toMatchObject({ status, success: false });
    expect(standIn.orders()).toEqual([]);
    expect((await buy(standIn)).status).toBe(200);
  });

  it('tells when to come back, if it is to', async () => {
    const standIn = await start();
    standIn.fault('rate-limited');
    standIn.fault('rate-limited', { retryAfter: 3 });
    expect((await buy(standIn)).headers.has('retry-after')).toBe(false);
    expect((await buy(standIn)).headers.get('retry-after')).toBe('3');
  });

  it('can be a 429 without an envelope', async () => {
    const standIn = await start();
    standIn.fault('rate-limited-without-envelope', { retryAfter: 1 });
    await expect(buy(standIn)).rejects.toThrow(SyntaxError);
    expect(standIn.orders()).toEqual([]);
  });
});

describe('a purchase that is not as expected', () => {
  it('costs the new price in stock check and order once it has moved', async () => {
    const standIn = await start({ balance: '100' });
    standIn.setPrice('steam-usd-5', '4.99');
    const check = await call(standIn, '/orders/check', { item_id: 'steam-usd-5' });
    expect(check.data.price).toBe(4.99);
    await buy(standIn);
    expect(standIn.balance()).toBe('95.01');
  });

  it('can cost more than the stock check said', async () => {
    const standIn = await start({ balance: '100' });
    standIn.fault('charged-more', { price: '6.10' });
    const check = await call(standIn, '/orders/check', { item_id: 'steam-usd-5', quantity: 2 });
    expect(check.data.price).toBe(4.85);
    const { data } = await buy(standIn, 'steam-usd-5', 2);
    expect(data).toMatchObject({ amount: '12.20', codes: [{ charged_amount: '6.10' }, {}] });
    expect(standIn.balance()).toBe('87.80');
  });

  it('can have its codes only after some looks', async () => {
    const standIn = await start();
    standIn.fault('codes-late', { looks: 2 });
    const { data } = await buy(standIn, 'steam-usd-5', 2);
    expect(data).toMatchObject({ status: 'processing', codes: [] });
    const look = async () => (await call(standIn, `/orders/${data.order_id}`)).data;
    expect(await look()).toMatchObject({ status: 'processing', codes: [] });
    expect(await look()).toMatchObject({ status: 'processing', codes: [] });
    expect(await look()).toMatchObject({ status: 'completed', codes: [{}, {}] });
  });

  it('can have its codes only when they are released', async () => {
    const standIn = await start();
    standIn.fault('codes-late');
    const { data } = await buy(standIn);
    expect((await call(standIn, `/orders/${data.order_id}`)).data.codes).toEqual([]);
    standIn.releaseCodes(data.order_id);
    expect((await call(standIn, `/orders/${data.order_id}`)).data.codes).toHaveLength(1);
  });

  it('can bring some codes at once and the rest later', async () => {
    const standIn = await start();
    standIn.fault('codes-partly-late', { missing: 2, looks: 0 });
    const { data } = await buy(standIn, 'steam-usd-5', 3);
    expect(data).toMatchObject({ status: 'partial', codes: [{}] });
    const { data: later } = await call(standIn, `/orders/${data.order_id}`);
    expect(later).toMatchObject({ status: 'completed', codes: [{}, {}, {}] });
    expect(later.codes[0]?.code).toBe(data.codes[0]?.code);
  });

  it('can lack codes for ever, although they are charged', async () => {
    const standIn = await start({ balance: '100' });
    standIn.fault('codes-missing');
    const { data } = await buy(standIn, 'steam-usd-5', 3);
    expect(data).toMatchObject({ status: 'completed', amount: '14.55', codes: [{}, {}] });
    expect(standIn.balance()).toBe('85.45');
  });

  it('can be slow, and is booked before it is answered', async () => {
    const standIn = await start();
    standIn.fault('slow', { delayMs: 50 });
    let answered = false;
    const answer = buy(standIn).then((reply) => {
      answered = true;
      return reply;
    });
    await until(() => standIn.orders().length === 1);
    expect(answered).toBe(false);
    expect((await answer).status).toBe(200);
  });
});

describe('faults', () => {
  it('wait in a queue, each for as many purchases as asked', async () => {
    const standIn = await start();
    standIn.fault('out-of-stock', { times: 2 });
    standIn.fault('500-before-commit');
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await buy(standIn)).status);
    expect(statuses).toEqual([400, 400, 500, 200]);
  });

  it('can be taken back', async () => {
    const standIn = await start();
    standIn.fault('out-of-stock');
    standIn.faultGet('/balance', '500');
    standIn.clearFaults();
    expect((await buy(standIn)).status).toBe(200);
    expect((await call(standIn, '/balance')).status).toBe(200);
  });

  it('of other requests hit the path they name and no purchase', async () => {
    const standIn = await start();
    standIn.faultGet(/^\/orders/, '500');
    standIn.faultGet('/balance', 'rate-limited', { retryAfter: 2 });
    expect((await buy(standIn)).status).toBe(200);
    expect((await call(standIn, '/catalog')).status).toBe(200);
    expect((await call(standIn, '/balance')).headers.get('retry-after')).toBe('2');
    expect((await call(standIn, '/orders/1')).status).toBe(500);
    expect((await call(standIn, '/orders')).status).toBe(200);
  });

  it.each(['reset', 'unreadable', 'broken-off', 'rate-limited-without-envelope'] as const)(
    'of other requests can be: %s',
    async (kind) => {
      const standIn = await start();
      standIn.faultGet('/balance', kind);
      await expect(call(standIn, '/balance')).rejects.toThrow();
      expect((await call(standIn, '/balance')).status).toBe(200);
    },
  );

  it('of other requests can hang until the stand-in is closed', async () => {
    const standIn = await start();
    standIn.faultGet('/balance', 'hang');
    const answer = expect(call(standIn, '/balance')).rejects.toThrow();
    await until(() => standIn.requests.length === 1);
    await standIn.close();
    await answer;
  });

  it('can leave the list of orders with the documented fields only', async () => {
    const standIn = await start();
    await buy(standIn);
    standIn.faultGet('/orders', 'thin-rows', { times: Number.POSITIVE_INFINITY });
    for (let i = 0; i < 3; i++) {
      const { data } = await call(standIn, '/orders');
      expect(Object.keys(data.orders[0] ?? {})).toEqual(['order_id', 'order_no', 'status', 'amount']);
    }
  });
});

describe('what a page needs', () => {
  it('knows how every request was answered, or how its answer was lost', async () => {
    const standIn = await start();
    const kinds: string[] = [];
    standIn.on('answer', (request) => kinds.push(request?.lost ?? String(request?.status)));
    await buy(standIn);
    standIn.fault('reset-after-commit');
    await expect(buy(standIn)).rejects.toThrow();
    standIn.fault('hang-after-commit');
    void buy(standIn).catch(() => {});
    await until(() => standIn.requests.length === 3);

    const [answered, reset, hanging] = standIn.requests;
    expect(answered).toMatchObject({ status: 200, endedAt: expect.any(Number) });
    expect(reset).toMatchObject({ lost: 'reset', endedAt: expect.any(Number) });
    expect(reset?.status).toBeUndefined();
    expect(hanging).toMatchObject({ lost: 'hang' });
    expect(hanging?.endedAt).toBeUndefined();
    expect(kinds).toEqual(['200', 'reset']);
  });

  it('says which faults wait for a purchase, and takes one back', async () => {
    const standIn = await start();
    standIn.fault('slow', { delayMs: 60_000 });
    standIn.fault('reset-before-commit');
    expect(standIn.faultsWaiting()).toEqual(['slow', 'reset-before-commit']);
    standIn.liftFault('slow');
    await expect(buy(standIn)).rejects.toThrow();
    expect(standIn.faultsWaiting()).toEqual([]);
    expect(standIn.orders()).toEqual([]);
    expect(await buy(standIn)).toMatchObject({ status: 200 });
  });

  it('lists its products with their prices as they are now', async () => {
    const standIn = await start();
    standIn.setPrice('apple-eur-50', '49.5');
    const apple = standIn.products().find(({ itemCode }) => itemCode === 'apple-eur-50');
    expect(apple).toMatchObject({ price: '49.50', stock: 1 });
  });
});
