import { describe, expect, it } from 'vitest';
import type { Order } from '../../src/orders/model/order.ts';
import { FLIGHTS, FLIGHTS_OF_A_LANE } from '../../src/orders/purchase/gate.ts';
import { PURCHASE_WITHIN_MS } from '../../src/orders/purchase/purchase.ts';
import { createOrderRepository, holdsOf } from '../../src/orders/repository.ts';
import { anna, buyer, confirm, type Desk, lastOf, openDesk, quote, stagesOf } from './desk.ts';
import { lose, pass } from './losing.ts';
import { until } from './scripted-clock.ts';
import { ITEM, OTHER_ITEM, orderAnswer, vendorError } from './vendor.ts';

/** An order whose POST does not come back until `land` is called, or `lose`, with CardPlusPay having taken it or not. */
async function inTheAir(desk: Desk, { member = anna, quantity = 1 } = {}) {
  // Who is sent later is known to be.
  desk.clock.advance(1);
  const order = await quote(desk, { member, quantity });
  const gate = Promise.withResolvers<'lands' | 'is lost' | 'is lost, untaken'>();
  const { answer } = desk.vendor;
  desk.vendor.answer = async (request) => {
    const end = await gate.promise;
    const committed = end === 'is lost, untaken' ? undefined : desk.vendor.commit(request);
    if (!committed || end !== 'lands') throw vendorError('network', 'unknown');
    return orderAnswer(committed);
  };
  const sent = desk.vendor.posts.length;
  const done = confirm(desk, order, member);
  await until(() => desk.vendor.posts.length > sent);
  desk.vendor.answer = answer;
  return {
    order,
    done,
    land: () => gate.resolve('lands'),
    lose: () => gate.resolve('is lost'),
    sink: () => gate.resolve('is lost, untaken'),
  };
}

const inTheAirAs = (desk: Desk, at: number) => inTheAir(desk, { member: buyer(at) });
const stored = (desk: Desk, orders: { order: { id: string } }[]) =>
  Promise.all(orders.map(({ order }) => desk.stored(order.id)));
const OVER = 94_000;

describe('orders of the same item and quantity', () => {
  it('fly together: nobody waits for an answer that is on its way', async () => {
    const desk = await openDesk();
    const first = await inTheAir(desk);
    const second = await confirm(desk, await quote(desk));
    expect(second).toMatchObject({ status: 'delivered', attempt: { slot: 1, watermark: 0 } });
    expect((await desk.stored(first.order.id)).attempt?.slot).toBe(0);
    first.land();
    expect((await first.done).status).toBe('delivered');
    expect(desk.vendor.posts).toHaveLength(2);
  });

  it('fly six at a time, in the order in which they came, each once', async () => {
    const desk = await openDesk();
    const quotes = [];
    for (let i = 0; i < 15; i++) quotes.push(await quote(desk, { member: buyer(i) }));
    let [flying, most] = [0, 0];
    const gates: (() => void)[] = [];
    desk.vendor.answer = async (request) => {
      most = Math.max(most, ++flying);
      await new Promise<void>((land) => gates.push(land));
      flying--;
      return orderAnswer(desk.vendor.commit(request));
    };
    const done = Promise.all(quotes.map((order, i) => confirm(desk, order, buyer(i))));
    for (let landed = 0; landed < 15; landed++) {
      await until(() => gates.length > landed);
      if (landed === 0) await until(() => gates.length === FLIGHTS_OF_A_LANE);
      gates[landed]?.();
    }
    expect((await done).map(({ status }) => status)).toEqual(Array(15).fill('delivered'));
    expect(desk.vendor.posts).toHaveLength(15);
    expect(most).toBe(FLIGHTS_OF_A_LANE);
    // Who came first was sent first.
    const ids = (await done)
      .toSorted((a, b) => (a.remote?.orderId ?? 0) - (b.remote?.orderId ?? 0))
      .map(({ id }) => id);
    expect(new Set(ids.slice(0, 12))).toEqual(new Set(quotes.slice(0, 12).map(({ id }) => id)));
  });

  it('leave room for others: eight fly at once, of all', async () => {
    const desk = await openDesk();
    const flights = [];
    for (let i = 0; i < FLIGHTS_OF_A_LANE; i++) flights.push(await inTheAirAs(desk, i));
    const other = await quote(desk, { itemCode: OTHER_ITEM });
    expect((await confirm(desk, other)).status).toBe('delivered');
    expect((await confirm(desk, await quote(desk, { quantity: 2 }))).status).toBe('delivered');
    const [a, b] = [await inTheAir(desk, { quantity: 2 }), await inTheAir(desk, { quantity: 3 })];
    expect(flights.length + 2).toBe(FLIGHTS.most);
    const late = confirm(desk, await quote(desk, { quantity: 4 }));
    await new Promise((turn) => setTimeout(turn, 50));
    expect(desk.vendor.posts).toHaveLength(FLIGHTS.most + 2);
    for (const { land } of [...flights, a, b]) land();
    expect((await late).status).toBe('delivered');
    await Promise.all([...flights, a, b].map(({ done }) => done));
  });
});

describe('a lost answer', () => {
  it('closes its lane: who comes waits, is told so, and is bought once it is found', async () => {
    const desk = await openDesk();
    const lost = await lose(desk);
    const next = await quote(desk);
    const bought = desk.confirm(next.id, anna);
    await until(() => stagesOf(desk, next).includes('waiting') && desk.clock.sleeping() > 0);
    expect((await desk.stored(next.id)).status).toBe('approved');
    expect(desk.vendor.posts).toHaveLength(1);
    await pass(desk, OVER);
    expect((await bought).status).toBe('delivered');
    expect((await desk.stored(lost.id)).status).toBe('delivered');
    // Checked again after the wait, with the lost one as the newest order.
    expect(stagesOf(desk, next)).toEqual(['checking', 'waiting', 'checking', 'buying', 'delivering']);
    expect((await bought).attempt?.watermark).toBe(1001);
  });

  it('stays with its lane: who waits gives up when the approval is too old', async () => {
    const desk = await openDesk();
    const lost = await lose(desk);
    const waiting = await quote(desk);
    desk.clock.flows = true;
    const ended = await confirm(desk, waiting);
    expect(lastOf(ended)).toMatchObject({ status: 'expired', why: 'too_late' });
    expect(lastOf(ended)?.at).toBeGreaterThanOrEqual((ended.approvedAt ?? 0) + PURCHASE_WITHIN_MS);
    expect(desk.vendor.posts).toHaveLength(1);
    expect(Object.keys((await desk.day(lost)).held)).toEqual([lost.id]);
  });

  it('keeps nobody from another quantity or another item', async () => {
    const desk = await openDesk();
    await lose(desk);
    expect((await confirm(desk, await quote(desk, { quantity: 2 }))).status).toBe('delivered');
    expect((await confirm(desk, await quote(desk, { itemCode: OTHER_ITEM }))).status).toBe('delivered');
  });

  it('is waited for no longer by who cancels, nor for more than was quoted', async () => {
    const desk = await openDesk();
    await lose(desk);
    const [cancelled, dear] = [await quote(desk), await quote(desk)];
    const presses = [cancelled, dear].map((order) => confirm(desk, order));
    await until(() => [cancelled, dear].every((order) => stagesOf(desk, order).includes('waiting')));
    await desk.cancel(cancelled.id, anna);
    desk.vendor.prices[ITEM] = '5';
    await pass(desk, OVER);
    expect((await Promise.all(presses)).map(({ status }) => status)).toEqual(['cancelled', 'repriced']);
    expect(desk.vendor.posts).toHaveLength(1);
    expect((await desk.day(cancelled)).held).toEqual({});
  });

  it('is matched only once those that flew with it have ended, and never with what is theirs', async () => {
    const desk = await openDesk();
    const [first, second] = [await inTheAirAs(desk, 1), await inTheAirAs(desk, 2)];
    first.lose();
    expect((await first.done).status).toBe('unconfirmed');
    await pass(desk, OVER);
    // It is in the list, and may be the other's, which is out still.
    expect((await desk.stored(first.order.id)).status).toBe('unconfirmed');
    second.land();
    const bought = await second.done;
    expect(bought.remote?.orderId).toBe(1002);
    await pass(desk, 10 * 60_000);
    expect(await desk.stored(first.order.id)).toMatchObject({ status: 'delivered', remote: { orderId: 1001 } });
  });

  it('and others of the lane: as many as are found are attached, in the order they were sent; the rest is looked for', async () => {
    const desk = await openDesk();
    const flights = [];
    for (let i = 0; i < 4; i++) flights.push(await inTheAirAs(desk, i));
    flights[3]?.land();
    flights[1]?.sink();
    for (const at of [0, 2]) flights[at]?.lose();
    await Promise.all(flights.map(({ done }) => done));
    await pass(desk, OVER);
    const orders = await stored(desk, flights);
    expect(orders.map(({ status }) => status)).toEqual(['delivered', 'delivered', 'unconfirmed', 'delivered']);
    expect(new Set(orders.flatMap(({ remote }) => remote?.orderId ?? [])).size).toBe(3);
    await pass(desk, 6 * 60_000);
    expect((await stored(desk, flights)).map(({ status }) => status)[2]).toBe('not_found');
    expect(desk.vendor.posts).toHaveLength(4);
  });

  it.each([false, true])(
    'and another user of the key: one row too many puts all before people (times: %s)',
    async (isDated) => {
      const desk = await openDesk();
      const flights = [await inTheAirAs(desk, 1), await inTheAirAs(desk, 2)];
      const createdAt = new Date(desk.clock.now() + 1000).toISOString();
      desk.vendor.commit({ itemCode: ITEM, quantity: 1 }, isDated ? { createdAt } : {});
      for (const { lose } of flights) lose();
      await Promise.all(flights.map(({ done }) => done));
      await pass(desk, OVER);
      const orders = await stored(desk, flights);
      expect(orders.map(({ status }) => status)).toEqual(['needs_review', 'needs_review']);
      expect(orders.map(({ candidates }) => candidates?.length)).toEqual([3, 3]);
    },
  );

  it('of which half arrived is its own order’s: by its number, or else by a code in it', async () => {
    const desk = await openDesk();
    const orders = [await quote(desk, { member: buyer(1) }), await quote(desk, { member: buyer(2) })];
    const { answer } = desk.vendor;
    desk.vendor.answer = async (request) => {
      const committed = desk.vendor.commit(request);
      // The first one's row is the second one's, were it not for what it brought.
      await until(() => desk.vendor.committed.length === 2);
      const whole = orderAnswer(committed);
      const text = Buffer.from(whole.body)
        .toString()
        .replace(/"order_id":"?\d+"?,?/, '');
      return { ...whole, body: Buffer.from(text) };
    };
    const lost = await Promise.all(orders.map((order, at) => confirm(desk, order, buyer(at + 1))));
    desk.vendor.answer = answer;
    expect(lost.map(({ status }) => status)).toEqual(['unconfirmed', 'unconfirmed']);
    await pass(desk, OVER);
    const found = await Promise.all(orders.map(({ id }) => desk.stored(id)));
    expect(found.map(({ status }) => status)).toEqual(['delivered', 'delivered']);
    for (const { id, remote } of found) {
      const codes = desk.post.parcels.filter(({ order }) => order.id === id).flatMap((parcel) => parcel.codes);
      expect(codes).toMatchObject([
        { code: `SECRET-${remote?.orderId}-0`, metadata: [{ value: `PIN-${remote?.orderId}-0` }] },
      ]);
    }
  });

  it('that says it failed, although it was taken, is nobody else’s: it goes before people once no other looks for a row', async () => {
    const desk = await openDesk();
    const first = await inTheAirAs(desk, 1);
    const { answer } = desk.vendor;
    desk.vendor.answer = async (request) =>
      orderAnswer({ ...desk.vendor.commit(request), status: 'failed', codes: [] });
    const second = await confirm(desk, await quote(desk, { member: buyer(2) }), buyer(2));
    desk.vendor.answer = answer;
    first.sink();
    await first.done;
    await pass(desk, 10 * OVER);
    const [untaken, failed] = await stored(desk, [first, { order: second }]);
    // Not found at first; what its watch finds later is for people, too.
    expect(untaken?.history.map(({ status }) => status)).toContain('not_found');
    expect(untaken?.remote).toBeUndefined();
    expect(failed).toMatchObject({ status: 'needs_review', candidates: [{ orderId: 1001 }] });
    expect(desk.post.parcels).toEqual([]);
  });

  it('of four that were out is one incident: purchases go on', async () => {
    const desk = await openDesk();
    const flights = [];
    for (let i = 0; i < 4; i++) flights.push(await inTheAirAs(desk, i));
    desk.clock.advance(1_000);
    for (const { lose } of flights) lose();
    await Promise.all(flights.map(({ done }) => done));
    await desk.tick();
    expect(desk.board.kinds()).not.toContain('stop');
    expect((await confirm(desk, await quote(desk, { itemCode: OTHER_ITEM }))).status).toBe('delivered');
  });
});

describe('an order of an older version', () => {
  it('has its lane alone, as long as it is out', async () => {
    const desk = await openDesk();
    const old = await asBefore(desk);
    const next = await quote(desk);
    const bought = desk.confirm(next.id, anna);
    await until(() => stagesOf(desk, next).includes('waiting') && desk.clock.sleeping() > 0);
    await pass(desk, OVER);
    expect(desk.vendor.posts).toHaveLength(0);
    await pass(desk, 6 * 60_000);
    expect((await desk.stored(old.id)).status).toBe('not_found');
    expect((await bought).status).toBe('delivered');
    // From here on nothing of an older version can fly there.
    expect(await createOrderRepository(desk.orderRecords).holder(`lane/${ITEM}/1`)).toBe(`${ITEM}/1`);
  });
});

/** A lost order as an older version wrote it: with the hold of its lane, and in no list of it. */
async function asBefore(desk: Desk): Promise<Order> {
  const { version, ...order } = await quote(desk);
  const now = desk.clock.now();
  const steps = (['approved', 'buying', 'unconfirmed'] as const).map((status) => ({ at: now, by: 'cardigan', status }));
  const lost: Omit<Order, 'version'> = {
    ...order,
    ...{ status: 'unconfirmed', approvedAt: now, history: [...order.history, ...steps] },
    attempt: { id: 'a', startedAt: now, watermark: 0, lane: `${ITEM}/1` },
  };
  const holds = [`reference/${order.reference}`, `lane/${ITEM}/1`];
  const written = await desk.orderRecords.write(order.id, lost, { seen: version, tags: ['open', 'passing'], holds });
  expect(written.ok).toBe(true);
  expect(holdsOf(lost as Order)).toEqual(holds);
  return { ...lost, version: version + 1 };
}

describe('stopping the bot', () => {
  it('leaves who waits approved, and the next start buys it', async () => {
    const desk = await openDesk();
    await lose(desk);
    const waiting = await quote(desk);
    const press = confirm(desk, waiting);
    await until(() => desk.clock.sleeping() > 0);
    const stopped = desk.stop(15_000);
    desk.clock.advance(500);
    expect((await press).status).toBe('approved');
    await stopped;
    expect(desk.vendor.posts).toHaveLength(1);

    const next = desk.newProcess();
    await next.recover();
    await pass(desk, OVER, [next]);
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
