import { afterEach, describe, expect, it } from 'vitest';
import { type CardPlusPayStandIn, startCardPlusPay } from '../../sandbox/cardpluspay/start-cardpluspay.ts';
import { createCardPlusPay } from '../../src/cardpluspay/client.ts';
import type { Order } from '../../src/orders/model/order.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { anna, buy, confirm, type Desk, lastOf, openDesk, quote, statusesOf } from './desk.ts';
import { orderAnswer, rawAnswer, refusal, vendorError } from './vendor.ts';

const CARD = 'steam-usd-5';
const running: CardPlusPayStandIn[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((standIn) => standIn.close()));
});

/** The real client on a stand-in over HTTP. */
async function openRealDesk() {
  const standIn = await startCardPlusPay();
  running.push(standIn);
  const { url: baseUrl, apiKey } = standIn;
  const desk = await openDesk({
    giftCards: (clock) => createCardPlusPay({ baseUrl, apiKey, clock }),
  });
  desk.clock.flows = true;
  const posts = () => standIn.requests.filter(({ method, path }) => method === 'POST' && path === '/orders').length;
  return { desk, standIn, posts };
}

/** The order has ended, nothing is reserved for it, and its lane is free. */
async function expectNothingCharged(desk: Desk, order: Order) {
  expect(order.status).toBe('failed');
  expect(await desk.day(order)).toEqual({ settled: '0', held: {} });
  expect((await buy(desk, { itemCode: order.quote.itemCode })).status).toBe('delivered');
}

/** The order may have been bought: what it may cost stays reserved, and nothing is sent again, ever. */
async function expectUnconfirmed(desk: Desk, order: Order) {
  expect(lastOf(order)).toMatchObject({ status: 'unconfirmed', why: 'no_answer' });
  expect((await desk.day(order)).held).toEqual({ [order.id]: order.quote.charged.amount });
  await desk.tick();
  await desk.newProcess().recover();
  expect((await desk.stored(order.id)).status).toBe('unconfirmed');
}

describe('what CardPlusPay answers', () => {
  it.each([400, 401, 403, 404, 422, 429])('a refusal with %i: nothing is charged', async (status) => {
    const desk = await openDesk();
    const { answer } = desk.vendor;
    desk.vendor.answer = async () => refusal(status);
    const order = await buy(desk);
    expect(lastOf(order)?.why).toBe('vendor_refused');
    desk.vendor.answer = answer;
    await expectNothingCharged(desk, order);
  });

  it('no connection was ever made: nothing is charged', async () => {
    const desk = await openDesk();
    const { answer } = desk.vendor;
    desk.vendor.answer = async () => {
      throw vendorError('network', 'not_sent');
    };
    const order = await buy(desk);
    expect(lastOf(order)).toMatchObject({ why: 'never_sent', detail: 'network' });
    desk.vendor.answer = answer;
    await expectNothingCharged(desk, order);
  });

  it('nothing, or a reset: nobody knows, and nothing is sent again', async () => {
    const desk = await openDesk();
    desk.vendor.answer = async () => {
      throw vendorError('network', 'unknown');
    };
    await expectUnconfirmed(desk, await buy(desk));
    expect(desk.vendor.posts).toHaveLength(1);
  });

  it('an error that is not even known: nobody knows, and nothing is sent again', async () => {
    const desk = await openDesk();
    desk.vendor.answer = async () => {
      throw new TypeError('a bug');
    };
    await expectUnconfirmed(desk, await buy(desk));
    expect(desk.vendor.posts).toHaveLength(1);
  });

  it.each([
    ['a 200 that nobody can read', rawAnswer(200, 'Thank you! SECRET-1')],
    ['a 200 that says no', rawAnswer(200, { success: false, message: 'Hm' })],
    ['a 200 without an order number', rawAnswer(200, { success: true, message: '', data: {} })],
    ['a 400 without an envelope', rawAnswer(400, 'Bad')],
    ['a 429 without an envelope', rawAnswer(429, 'Slow down')],
    ['a 409', refusal(409)],
    ['a 500', rawAnswer(500, 'Oops SECRET-1')],
    ['a body that broke off', rawAnswer(200, '{"success":true,"data":{"codes":["SECRET-1', false)],
  ])('%s is sealed as it came, and nobody knows', async (_, raw) => {
    const desk = await openDesk();
    desk.vendor.answer = async () => raw;
    const order = await buy(desk);
    await expectUnconfirmed(desk, order);
    expect(desk.vendor.posts).toHaveLength(1);
    expect(await desk.sealedText(order.id)).toBe(Buffer.from(raw.body).toString());
    expect((await desk.vault.open(order.id))?.answer?.complete).toBe(raw.complete);
  });

  it('more is charged than quoted: the codes are delivered, the day counts the truth, the log warns', async () => {
    const desk = await openDesk();
    desk.vendor.answer = async (request) => orderAnswer({ ...desk.vendor.commit(request), amount: '5.40' });
    const order = await buy(desk);
    expect(statusesOf(order).slice(-2)).toEqual(['bought', 'delivered']);
    expect(order.history.map(({ why }) => why)).toContain('charged_more');
    expect(order.quote.charged.amount).toBe('4.9');
    expect(order.remote?.charged.amount).toBe('5.4');
    expect(await desk.day(order)).toEqual({ settled: '5.4', held: {} });
    expect(desk.logged).toContainEqual(expect.objectContaining({ message: 'CardPlusPay charged more than the quote' }));
  });

  it('an order that already belongs to another one here: nothing is attached, no code goes out', async () => {
    const desk = await openDesk();
    const first = await buy(desk);
    desk.vendor.answer = async () =>
      orderAnswer({ orderId: 1001, amount: '4.90', codes: [{ code: 'SECRET-X', pin: '1' }] });
    const second = await buy(desk);
    expect(lastOf(second)).toMatchObject({ status: 'unconfirmed', why: 'remote_taken' });
    expect(second).toMatchObject({ cards: [] });
    expect(second.remote).toBeUndefined();
    expect(desk.post.parcels.map(({ order }) => order.id)).toEqual([first.id]);
    expect(await desk.sealedText(second.id)).toContain('SECRET-X');
  });
});

describe('the answer is sealed before anything else', () => {
  it('even if the store stumbles for a moment', async () => {
    let stumbles = 3;
    const desk = await openDesk({
      wrap: (parts) => {
        const vault: typeof parts.store.vault = (schema) => {
          const real = parts.store.vault(schema);
          const seal: typeof real.seal = async (id, entry) => {
            if (stumbles-- > 0) throw new Error('disk is full');
            await real.seal(id, entry);
          };
          return { ...real, seal };
        };
        return { ...parts, store: { ...parts.store, vault } };
      },
    });
    desk.clock.flows = true;
    const order = await buy(desk);
    expect(order.status).toBe('delivered');
    expect(stumbles).toBe(-1);
    expect(await desk.sealedText(order.id)).toContain('SECRET-1001-0');
  });

  it('even where something that nobody can read lies in its place', async () => {
    const desk = await openDesk();
    const order = await quote(desk);
    await desk.vault.seal(order.id, { odd: true } as never);
    expect((await confirm(desk, order)).status).toBe('delivered');
    expect(await desk.sealedText(order.id)).toContain('SECRET-1001-0');
  });

  it('and takes nothing away that another process sealed while the store failed', async () => {
    let fails = 1;
    const code = { code: 'SECRET-LATER', metadata: [] };
    const desk = await openDesk({
      wrap: (parts) => {
        const vault: typeof parts.store.vault = (schema) => {
          const real = parts.store.vault(schema);
          const seal: typeof real.seal = async (id, entry) => {
            if (fails-- > 0) {
              await real.seal(id, { later: [code] } as never);
              throw new StoreError('broken', 'The store failed.');
            }
            await real.seal(id, entry);
          };
          return { ...real, seal };
        };
        return { ...parts, store: { ...parts.store, vault } };
      },
    });
    desk.clock.flows = true;
    const { id } = await buy(desk);
    const sealed = await desk.vault.open(id);
    expect(sealed).toMatchObject({ answer: { status: 200 }, later: [code] });
  });

  it('even if the one call that failed had hung for longer than the store is waited for', async () => {
    let calls = 0;
    const desk = await openDesk({
      wrap: (parts) => {
        const vault: typeof parts.store.vault = (schema) => {
          const real = parts.store.vault(schema);
          const seal: typeof real.seal = async (id, entry) => {
            if (calls++ > 0) return real.seal(id, entry);
            // A machine that sleeps, and a connection that has gone when it wakes up.
            desk.clock.advance(60 * 60_000);
            throw new Error('connection terminated');
          };
          return { ...real, seal };
        };
        return { ...parts, store: { ...parts.store, vault } };
      },
    });
    desk.clock.flows = true;
    const order = await buy(desk);
    expect(order.status).toBe('delivered');
    expect(await desk.sealedText(order.id)).toContain('SECRET-1001-0');
  });

  it('and if the store cannot take it at all, nobody knows, and nothing is sent again', async () => {
    const desk = await openDesk({
      wrap: (parts) => {
        const vault: typeof parts.store.vault = (schema) => ({
          ...parts.store.vault(schema),
          seal: () => Promise.reject(new Error('disk is full')),
        });
        return { ...parts, store: { ...parts.store, vault } };
      },
    });
    desk.clock.flows = true;
    await expectUnconfirmed(desk, await buy(desk));
    expect(desk.vendor.posts).toHaveLength(1);
    expect(desk.post.parcels).toEqual([]);
  });
});

describe('over real connections', () => {
  it('a purchase brings the codes that CardPlusPay issued, with all their metadata', async () => {
    const { desk, standIn, posts } = await openRealDesk();
    const order = await buy(desk, { itemCode: CARD, quantity: 3 });
    expect(order.status).toBe('delivered');
    expect(posts()).toBe(1);
    const issued = standIn.orders()[0]?.codes.map(({ code }) => code);
    expect(desk.post.parcels[0]?.codes.map(({ code }) => code)).toEqual(issued);
    expect(order.remote?.charged.amount).toBe(String(Number(standIn.orders()[0]?.amount)));
  });

  it.each(['unreadable', 'broken-off', '500', 'reset', 'success-false'] as const)(
    'the answer is spoiled (%s) after the purchase: unconfirmed, one POST',
    async (kind) => {
      const { desk, standIn, posts } = await openRealDesk();
      standIn.fault(`${kind}-after-commit`);
      await expectUnconfirmed(desk, await buy(desk, { itemCode: CARD }));
      expect(posts()).toBe(1);
      expect(standIn.orders()).toHaveLength(1);
    },
  );

  it('what arrived of a broken-off answer is in the vault', async () => {
    const { desk, standIn } = await openRealDesk();
    standIn.fault('broken-off-after-commit');
    const order = await buy(desk, { itemCode: CARD });
    expect((await desk.vault.open(order.id))?.answer).toMatchObject({
      status: 200,
      complete: false,
    });
    expect(await desk.sealedText(order.id)).toContain('"success"');
  });

  it('a 429 with an envelope is tried again, and bought once', async () => {
    const { desk, standIn, posts } = await openRealDesk();
    standIn.fault('rate-limited', { retryAfter: 1, times: 2 });
    expect((await buy(desk, { itemCode: CARD })).status).toBe('delivered');
    expect(posts()).toBe(3);
    expect(standIn.orders()).toHaveLength(1);
  });

  it('a 429 that asks for more patience than there is ends the order, with nothing charged', async () => {
    const { desk, standIn, posts } = await openRealDesk();
    standIn.fault('rate-limited', { retryAfter: 11 });
    const order = await buy(desk, { itemCode: CARD });
    expect(lastOf(order)).toMatchObject({ why: 'vendor_refused', detail: 'rate_limited' });
    expect(posts()).toBe(1);
    await expectNothingCharged(desk, order);
  });

  it.each(['out-of-stock', 'insufficient-balance', 'unauthorized'] as const)(
    'a refusal (%s) at the last moment: nothing is charged',
    async (kind) => {
      const { desk, standIn } = await openRealDesk();
      standIn.fault(kind);
      const order = await buy(desk, { itemCode: CARD });
      expect(lastOf(order)?.why).toBe('vendor_refused');
      expect(standIn.orders()).toEqual([]);
      await expectNothingCharged(desk, order);
    },
  );

  it('codes that come later keep the PIN that came first', async () => {
    const { desk, standIn } = await openRealDesk();
    standIn.fault('codes-partly-late', { missing: 1, looks: 99 });
    const order = await buy(desk, { itemCode: CARD, quantity: 2 });
    expect(order.status).toBe('bought');
    standIn.releaseCodes(standIn.orders()[0]?.orderId ?? 0);
    expect((await desk.collect(order.id, anna)).status).toBe('delivered');
    const [first, second] = desk.post.parcels;
    const issued = standIn.orders()[0]?.codes.map(({ code }) => code);
    expect([...(first?.codes ?? []), ...(second?.codes ?? [])].map(({ code }) => code)).toEqual(issued);
    const { codes } = await desk.reveal(order.id, anna);
    expect(codes[0]).toEqual(first?.codes[0]);
  });
});
