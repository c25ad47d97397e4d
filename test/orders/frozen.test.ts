import { describe, expect, it } from 'vitest';
import { startCardPlusPay } from '../../sandbox/cardpluspay/start-cardpluspay.ts';
import { createCardPlusPay } from '../../src/cardpluspay/client.ts';
import { buy, lastOf, openDesk } from './desk.ts';
import { rawAnswer } from './vendor.ts';

const CHECKS_LAST_MS = 30_000;
const TRIES_START_WITHIN_MS = 10_000;

describe('a process that was frozen', () => {
  it('between the checks and the purchase checks again', async () => {
    const desk = await openDesk();
    const calls: string[] = [];
    desk.vendor.before = async (call) => {
      calls.push(call);
      // The first look at the order list takes ages.
      if (call === 'orders' && calls.filter((each) => each === call).length === 1) {
        desk.clock.advance(CHECKS_LAST_MS + 1);
        desk.vendor.inStock = true;
      }
    };
    expect((await buy(desk)).status).toBe('delivered');
    // Once for the books, and for each of the two checks.
    expect(calls.filter((call) => call === 'orders')).toHaveLength(3);
    expect(desk.vendor.posts).toHaveLength(1);
  });

  it('and finds the price risen then, buys nothing', async () => {
    const desk = await openDesk();
    let looks = 0;
    desk.vendor.before = async (call) => {
      if (call !== 'orders' || looks++ > 0) return;
      desk.clock.advance(CHECKS_LAST_MS + 1);
      desk.vendor.prices['ACME-5'] = '6';
    };
    expect((await buy(desk)).status).toBe('repriced');
    expect(desk.vendor.posts).toEqual([]);
  });

  it('for longer than an approval lasts ends the order', async () => {
    const desk = await openDesk();
    desk.vendor.before = async (call) => {
      if (call === 'orders') desk.clock.advance(15 * 60_000);
    };
    const order = await buy(desk);
    expect(lastOf(order)).toMatchObject({ status: 'expired', why: 'too_late' });
    expect(await desk.day(order)).toEqual({ settled: '0', held: {} });
  });

  it('while it seals an answer that names no order keeps its codes apart: others may have matched its order by then', async () => {
    let isFrozen = false;
    const desk = await openDesk({
      wrap: ({ store, ...parts }) => {
        const vault: typeof store.vault = (schema) => {
          const real = store.vault(schema);
          const seal: typeof real.seal = async (id, entry) => {
            if (typeof entry === 'function' && !isFrozen) {
              isFrozen = true;
              // Its first try loses to another process, and it hears of that only when its attempt counts as over.
              (entry as (known: undefined) => unknown)(undefined);
              desk.clock.advance(1.5 * 60_000);
            }
            await real.seal(id, entry);
          };
          return { ...real, seal };
        };
        return { ...parts, store: { ...store, vault } };
      },
    });
    desk.vendor.answer = async () => rawAnswer(200, { success: true, data: { codes: [{ code: 'SOMEBODYS-CODE' }] } });
    const order = await buy(desk);
    expect(isFrozen).toBe(true);
    const kept = await desk.vault.open(order.id);
    expect(kept?.answer).toBeUndefined();
    expect(kept?.stray).toBeDefined();
  });

  it.each([
    ['longer than ten seconds before the POST sends nothing', TRIES_START_WITHIN_MS + 1, 'failed', 0],
    ['ten seconds before the POST still buys', TRIES_START_WITHIN_MS, 'delivered', 1],
  ])('for %s', async (_, ms, status, sent) => {
    const standIn = await startCardPlusPay();
    const { url: baseUrl, apiKey } = standIn;
    const desk = await openDesk({
      giftCards: (clock) => {
        const client = createCardPlusPay({ baseUrl, apiKey, clock });
        const createOrder: typeof client.createOrder = (...args) => {
          desk.clock.advance(ms);
          return client.createOrder(...args);
        };
        return { ...client, createOrder };
      },
    });
    const order = await buy(desk, { itemCode: 'steam-usd-5' });
    expect(order.status).toBe(status);
    expect(standIn.orders()).toHaveLength(sent);
    if (sent === 0) expect(lastOf(order)).toMatchObject({ why: 'never_sent', detail: 'too_late' });
    expect((await desk.day(order)).held).toEqual({});
    await standIn.close();
  });
});
