import { describe, expect, it } from 'vitest';
import { PURCHASE_WITHIN_MS } from '../../src/orders/purchase/purchase.ts';
import { anna, confirm, type Desk, lastOf, openDesk, quote, stagesOf } from './desk.ts';
import { until } from './scripted-clock.ts';
import { ITEM, OTHER_ITEM, orderAnswer, vendorError } from './vendor.ts';

/** An order whose POST does not come back until `land` is called. */
async function inTheAir(desk: Desk, quantity = 1) {
  const order = await quote(desk, { quantity });
  const gate = Promise.withResolvers<void>();
  desk.vendor.before = async (call) => {
    if (call === 'createOrder') await gate.promise;
  };
  const done = confirm(desk, order);
  await until(async () => (await desk.stored(order.id)).status === 'buying');
  desk.vendor.before = async () => undefined;
  return { order, done, land: gate.resolve };
}

describe('orders that could be mistaken for each other', () => {
  it('never fly together: the second waits, is told so, and is then bought', async () => {
    const desk = await openDesk();
    const first = await inTheAir(desk);
    const second = await quote(desk);
    const stages = () => stagesOf(desk, second);
    const bought = desk.confirm(second.id, anna);
    await until(() => stages().includes('waiting') && desk.clock.sleeping() > 0);
    expect((await desk.stored(second.id)).status).toBe('approved');
    expect(desk.vendor.posts).toHaveLength(0);

    first.land();
    await first.done;
    desk.clock.advance(500);
    expect((await bought).status).toBe('delivered');
    expect(desk.vendor.posts).toHaveLength(2);
    // Checked again after the wait, with the first one as the newest order.
    expect(stages()).toEqual(['checking', 'waiting', 'checking', 'buying', 'delivering']);
    expect((await bought).attempt?.watermark).toBe(1001);
  });

  it('who waited pays no more than the quote either', async () => {
    const desk = await openDesk();
    const first = await inTheAir(desk);
    const waiting = confirm(desk, await quote(desk));
    await until(() => desk.clock.sleeping() > 0);
    desk.vendor.prices[ITEM] = '5';
    first.land();
    await first.done;
    desk.clock.advance(500);
    expect((await waiting).status).toBe('repriced');
    expect(desk.vendor.posts).toHaveLength(1);
  });

  it('another quantity or another item does not wait', async () => {
    const desk = await openDesk();
    const first = await inTheAir(desk);
    expect((await confirm(desk, await quote(desk, { quantity: 2 }))).status).toBe('delivered');
    const other = await quote(desk, { itemCode: OTHER_ITEM });
    expect((await confirm(desk, other)).status).toBe('delivered');
    first.land();
    expect((await first.done).status).toBe('delivered');
  });

  it('an unknown outcome keeps its lane, and who waits for it gives up when the approval is too old', async () => {
    const desk = await openDesk();
    desk.vendor.answer = async () => {
      throw vendorError('timeout', 'unknown');
    };
    const lost = await confirm(desk, await quote(desk));
    expect(lost.status).toBe('unconfirmed');
    const waiting = await quote(desk);
    desk.clock.flows = true;
    const ended = await confirm(desk, waiting);
    expect(lastOf(ended)).toMatchObject({ status: 'expired', why: 'too_late' });
    expect(lastOf(ended)?.at).toBeGreaterThanOrEqual((ended.approvedAt ?? 0) + PURCHASE_WITHIN_MS);
    expect(desk.vendor.posts).toHaveLength(1);
    expect(Object.keys((await desk.day(lost)).held)).toEqual([lost.id]);
  });

  it('who waits can cancel', async () => {
    const desk = await openDesk();
    const first = await inTheAir(desk);
    const second = await quote(desk);
    const waiting = confirm(desk, second);
    await until(() => desk.clock.sleeping() > 0);
    await desk.cancel(second.id, anna);
    first.land();
    await first.done;
    desk.clock.advance(500);
    expect((await waiting).status).toBe('cancelled');
    expect(desk.vendor.posts).toHaveLength(1);
    expect((await desk.day(second)).held).toEqual({});
  });

  it('many for one card are bought one after the other, each once', async () => {
    const desk = await openDesk();
    const quotes = [];
    for (let i = 0; i < 6; i++) quotes.push(await quote(desk));
    let flying = 0;
    desk.vendor.answer = async (request) => {
      expect(++flying).toBe(1);
      await desk.clock.sleep(100);
      flying--;
      return orderAnswer(desk.vendor.commit(request));
    };
    desk.clock.flows = true;
    const done = await Promise.all(quotes.map((order) => confirm(desk, order)));
    expect(done.map(({ status }) => status)).toEqual(Array(6).fill('delivered'));
    expect(desk.vendor.posts).toHaveLength(6);
  });
});

describe('stopping the bot', () => {
  it('leaves who waits approved, and the next start buys it', async () => {
    const desk = await openDesk();
    const first = await inTheAir(desk);
    const waiting = await quote(desk);
    const press = confirm(desk, waiting);
    await until(() => desk.clock.sleeping() > 0);
    const stopped = desk.stop(15_000);
    first.land();
    await first.done;
    desk.clock.advance(500);
    expect((await press).status).toBe('approved');
    await stopped;
    expect(desk.vendor.posts).toHaveLength(1);

    const next = desk.newProcess();
    await next.recover();
    await until(async () => (await desk.stored(waiting.id)).status === 'delivered');
    expect(desk.vendor.posts).toHaveLength(2);
  });

  it('sends nothing for an order that was still being checked', async () => {
    const desk = await openDesk();
    const order = await quote(desk);
    let stopped: Promise<void> | undefined;
    desk.vendor.before = async (call) => {
      if (call === 'checkStock') stopped ??= desk.stop(15_000);
    };
    expect((await confirm(desk, order)).status).toBe('approved');
    await stopped;
    expect(desk.vendor.posts).toEqual([]);
  });

  it('waits for a purchase that is out, but not for ever', async () => {
    const desk = await openDesk();
    const first = await inTheAir(desk);
    const stopped = desk.stop(15_000);
    desk.clock.advance(15_000);
    await stopped;
    expect((await desk.stored(first.order.id)).status).toBe('buying');
    first.land();
    expect((await first.done).status).toBe('delivered');
  });
});
