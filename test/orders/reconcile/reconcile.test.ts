import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laneOf, type Order, statuses } from '../../../src/orders/model/order.ts';
import { flightHold } from '../../../src/orders/model/records.ts';
import { createOrderRepository } from '../../../src/orders/repository.ts';
import { StoreError } from '../../../src/store/store-error.ts';
import { anna, buy, confirm, type Desk, lastOf, openDesk, quote } from '../desk.ts';
import { lose, pass } from '../losing.ts';
import { createMortal } from '../mortal.ts';
import { until } from '../scripted-clock.ts';
import { type IssuedCode, ITEM, OTHER_ITEM, orderAnswer, richRow, thinRow, vendorError } from '../vendor.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
/** Nothing of the attempt can still be on its way: one and a half time-outs, and a look. */
const OVER = 93 * SECOND;
const told = (desk: Desk) => desk.post.told.map(({ status }) => status);
const codesSent = (desk: Desk) => desk.post.parcels.flatMap(({ codes }) => codes.map(({ code }) => code));
const laneOwner = (desk: Desk, order: Order) =>
  createOrderRepository(desk.orderRecords).holder(flightHold(laneOf(order), 0));

/** Nobody can have it unless a look says so. */
async function watched(desk: Desk): Promise<Order> {
  const order = await lose(desk, { taken: false });
  await pass(desk, 6 * MINUTE);
  expect((await desk.stored(order.id)).status).toBe('not_found');
  return order;
}

describe('an order without an answer that CardPlusPay took', () => {
  it('is found once nothing of its attempt can be on its way, and its codes are delivered, once', async () => {
    const desk = await openDesk();
    const order = await lose(desk, { quantity: 2 });
    await pass(desk, 87 * SECOND);
    expect((await desk.stored(order.id)).status).toBe('unconfirmed');
    await pass(desk, 6 * SECOND);
    const found = await desk.stored(order.id);
    expect(found.status).toBe('delivered');
    expect(found.history.map(({ why }) => why)).toContain('found');
    expect(found.remote).toEqual({
      ...{ orderId: 1001, orderNo: 'ORD-1001', charged: { amount: '9.8', currency: 'USD' } },
    });
    expect(codesSent(desk)).toEqual(['SECRET-1001-0', 'SECRET-1001-1']);
    expect(told(desk)).toEqual([]);
    expect(await desk.day(order)).toEqual({ settled: '9.8', held: {} });
    expect(await laneOwner(desk, order)).toBeUndefined();
    await pass(desk, MINUTE);
    expect(desk.post.parcels).toHaveLength(1);
    expect(desk.vendor.posts).toHaveLength(1);
  });

  it('is found when it shows up late', async () => {
    const desk = await openDesk();
    const order = await lose(desk, { taken: false });
    await pass(desk, 4 * MINUTE);
    expect((await desk.stored(order.id)).status).toBe('unconfirmed');
    desk.vendor.commit({ itemCode: ITEM, quantity: 1 });
    await pass(desk, 2 * MINUTE);
    expect((await desk.stored(order.id)).status).toBe('delivered');
    expect(codesSent(desk)).toEqual(['SECRET-1001-0']);
  });

  it('is found at the next start as well', async () => {
    const desk = await openDesk();
    const order = await lose(desk);
    desk.clock.advance(DAY / 2);
    await desk.newProcess().recover();
    await until(async () => (await desk.stored(order.id)).status === 'delivered');
    expect(desk.vendor.posts).toHaveLength(1);
  });

  it('its requester is told when the codes have to be revealed, or are still to come', async () => {
    const desk = await openDesk();
    desk.post.post = async () => 'closed';
    await lose(desk);
    await pass(desk, OVER);
    expect(told(desk)).toEqual(['held']);
    desk.vendor.later = () => [];
    await lose(desk);
    await pass(desk, OVER);
    expect(told(desk)).toEqual(['held', 'bought']);
  });

  it('who waits for the same card goes on once it is settled', async () => {
    const desk = await openDesk();
    const first = await lose(desk);
    const second = await quote(desk);
    const bought = confirm(desk, second);
    await until(() => desk.clock.sleeping() > 0);
    await pass(desk, OVER);
    await until(() => desk.post.parcels.length === 2 || desk.clock.advance(500));
    expect((await bought).status).toBe('delivered');
    expect(new Set(codesSent(desk)).size).toBe(2);
    expect((await bought).remote?.orderId).not.toBe((await desk.stored(first.id)).remote?.orderId);
  });

  it('is found among the orders of others on the account', async () => {
    const desk = await openDesk();
    desk.vendor.commit({ itemCode: ITEM, quantity: 1 }); // below the watermark
    const order = await lose(desk);
    desk.vendor.commit({ itemCode: OTHER_ITEM, quantity: 1 });
    desk.vendor.commit({ itemCode: OTHER_ITEM, quantity: 2 });
    await pass(desk, OVER);
    expect((await desk.stored(order.id)).remote?.orderId).toBe(1002);
  });

  it('is found on a later page of a list that is in no order', async () => {
    const desk = await openDesk();
    for (let i = 0; i < 7; i++) desk.vendor.commit({ itemCode: OTHER_ITEM, quantity: 1 });
    const order = await lose(desk);
    desk.vendor.perPage = 2;
    const createdAt = new Date(desk.clock.now()).toISOString();
    desk.vendor.listed = (orders) => orders.map((one) => ({ ...richRow(one), createdAt }));
    await pass(desk, OVER);
    expect((await desk.stored(order.id)).remote?.orderId).toBe(1008);
  });

  it('two lost orders of the same amount each find their own', async () => {
    const desk = await openDesk();
    const one = await lose(desk, { itemCode: ITEM, quantity: 2 });
    const other = await lose(desk, { itemCode: OTHER_ITEM, quantity: 1 });
    await pass(desk, OVER);
    expect((await desk.stored(one.id)).remote?.orderId).toBe(1001);
    expect((await desk.stored(other.id)).remote?.orderId).toBe(1002);
    expect(desk.vendor.posts).toHaveLength(2);
  });
});

describe('a look that failed is not a look', () => {
  it.each<[string, (desk: Desk) => void]>([
    [
      'the list cannot be had',
      ({ vendor }) => {
        vendor.before = async (call) => {
          if (call === 'orders') throw vendorError('server', 'unknown');
        };
      },
    ],
    [
      'a row of the list cannot be read',
      ({ vendor }) => {
        vendor.unreadableRows = 1;
      },
    ],
    [
      'what may be it cannot be looked at',
      ({ vendor }) => {
        vendor.before = async (call) => {
          if (call === 'order') throw vendorError('timeout', 'unknown');
        };
      },
    ],
  ])('%s: nothing is decided until it works again', async (_, breakIt) => {
    const desk = await openDesk();
    const order = await lose(desk);
    breakIt(desk);
    await pass(desk, 60 * MINUTE, [desk], MINUTE);
    expect((await desk.stored(order.id)).status).toBe('unconfirmed');
    desk.vendor.before = async () => undefined;
    desk.vendor.unreadableRows = 0;
    await pass(desk, 15 * MINUTE, [desk], MINUTE);
    expect((await desk.stored(order.id)).status).toBe('delivered');
  });

  it('a list that stays unreadable for a day is for people', async () => {
    const desk = await openDesk();
    const order = await lose(desk);
    desk.vendor.unreadableRows = 1;
    await pass(desk, DAY + 20 * MINUTE, [desk], 5 * MINUTE);
    const after = await desk.stored(order.id);
    expect(lastOf(after)).toMatchObject({ status: 'needs_review', why: 'list_unreadable' });
    expect((await desk.day(order)).held).toEqual({ [order.id]: '4.9' });
    expect(told(desk)).toEqual(['needs_review']);
  });

  it('the time in which looks failed does not count as looked', async () => {
    const desk = await openDesk();
    const order = await lose(desk, { taken: false });
    desk.vendor.unreadableRows = 1;
    await pass(desk, 10 * MINUTE);
    desk.vendor.unreadableRows = 0;
    await pass(desk, 4 * MINUTE);
    expect((await desk.stored(order.id)).status).toBe('unconfirmed');
    await pass(desk, 6 * MINUTE);
    expect((await desk.stored(order.id)).status).toBe('not_found');
  });
});

describe('an order that CardPlusPay does not show', () => {
  it.each([
    ['five minutes of looks', 60_000, 300_000, 303 * SECOND],
    ['one and a half time-outs', 600_000, 10_000, 900 * SECOND],
  ])('counts as not found after %s, not before', async (_, purchaseTimeoutMs, reconcileForMs, at) => {
    const desk = await openDesk({
      wrap: (parts) => ({ ...parts, purchaseTimeoutMs, reconcileForMs }),
    });
    const order = await lose(desk, { taken: false });
    await pass(desk, at - 3 * SECOND);
    expect((await desk.stored(order.id)).status).toBe('unconfirmed');
    expect(await laneOwner(desk, order)).toBe(order.id);
    await pass(desk, 3 * SECOND);
    const after = await desk.stored(order.id);
    expect(lastOf(after)).toMatchObject({ status: 'not_found', why: 'not_listed' });
    expect(told(desk)).toEqual(['not_found']);
    expect(await laneOwner(desk, order)).toBeUndefined();
    expect((await desk.day(order)).held).toEqual({ [order.id]: '4.9' });
  });

  it('is not taken for one of the same amount that another order here has', async () => {
    const desk = await openDesk();
    desk.vendor.listed = (orders) => orders.map(thinRow).reverse();
    const order = await lose(desk, { quantity: 2, taken: false });
    expect((await buy(desk, { itemCode: OTHER_ITEM })).remote?.charged.amount).toBe('9.8');
    await pass(desk, 6 * MINUTE);
    expect((await desk.stored(order.id)).status).toBe('not_found');
  });

  it('and is found later: people decide, and nothing is attached', async () => {
    const desk = await openDesk();
    const order = await watched(desk);
    desk.vendor.commit({ itemCode: ITEM, quantity: 1 });
    await pass(desk, 15 * MINUTE, [desk], MINUTE);
    const after = await desk.stored(order.id);
    expect(lastOf(after)).toMatchObject({ status: 'needs_review', why: 'found_late' });
    expect(after.remote).toBeUndefined();
    expect(after.candidates).toEqual([
      {
        ...{ orderId: 1001, orderNo: 'ORD-1001', charged: { amount: '4.9', currency: 'USD' } },
        ...{ itemCode: ITEM, quantity: 1 },
      },
    ]);
    expect(JSON.stringify(after)).not.toContain('SECRET');
    expect(codesSent(desk)).toEqual([]);
    expect(told(desk)).toEqual(['not_found', 'needs_review']);
    expect(desk.logged).toContainEqual(
      expect.objectContaining({ message: 'an order waits for people to decide about it' }),
    );
  });

  it('for a whole day is closed, and what was set aside is given back', async () => {
    const desk = await openDesk();
    const order = await watched(desk);
    await pass(desk, DAY - MINUTE, [desk], 10 * MINUTE);
    expect((await desk.stored(order.id)).status).toBe('not_found');
    await pass(desk, 20 * MINUTE, [desk], MINUTE);
    const after = await desk.stored(order.id);
    expect(lastOf(after)).toMatchObject({ status: 'closed', why: 'not_listed' });
    expect(await desk.day(order)).toEqual({ settled: '0', held: {} });
    expect(told(desk)).toEqual(['not_found', 'closed']);
    expect(desk.vendor.posts).toHaveLength(1);
  });

  it('is not closed by looks that fail; after another day people decide', async () => {
    const desk = await openDesk();
    const order = await watched(desk);
    desk.vendor.unreadableRows = 1;
    await pass(desk, 2 * DAY - MINUTE, [desk], 15 * MINUTE);
    expect((await desk.stored(order.id)).status).toBe('not_found');
    await pass(desk, 20 * MINUTE, [desk], MINUTE);
    expect(lastOf(await desk.stored(order.id))?.why).toBe('list_unreadable');
  });

  it('is not mistaken for another order of the same card that is just being bought', async () => {
    const desk = await openDesk();
    const order = await watched(desk);
    const gate = Promise.withResolvers<void>();
    const second = await quote(desk);
    const { answer } = desk.vendor;
    desk.vendor.answer = async (request) => {
      const raw = await answer(request);
      await gate.promise;
      return raw;
    };
    const done = confirm(desk, second);
    await until(() => desk.vendor.committed.length === 1);
    await pass(desk, MINUTE);
    gate.resolve();
    expect((await done).status).toBe('delivered');
    await pass(desk, MINUTE);
    expect((await desk.stored(order.id)).status).toBe('not_found');
  });
});

describe('where nobody can tell, people decide', () => {
  it.each<[string, (desk: Desk) => void, string, number[]]>([
    [
      'rows and order say too little',
      ({ vendor }) => {
        vendor.listed = (orders) => orders.map(thinRow).reverse();
      },
      'found_unclear',
      [1001],
    ],
    [
      'somebody else on the account bought the same',
      ({ vendor }) => {
        vendor.commit({ itemCode: ITEM, quantity: 1 });
      },
      'found_several',
      [1002, 1001],
    ],
  ])('%s', async (_, happen, why, ids) => {
    const desk = await openDesk();
    const order = await lose(desk);
    happen(desk);
    await pass(desk, 80 * SECOND);
    // Until nothing of the attempt can be on its way, more may show, and the lane stays its own.
    expect((await desk.stored(order.id)).status).toBe('unconfirmed');
    expect(await laneOwner(desk, order)).toBe(order.id);
    await pass(desk, MINUTE);
    const after = await desk.stored(order.id);
    expect(lastOf(after)).toMatchObject({ status: 'needs_review', why });
    expect(after.candidates?.map(({ orderId }) => orderId)).toEqual(ids);
    expect((await desk.day(order)).held).toEqual({ [order.id]: '4.9' });
    expect(codesSent(desk)).toEqual([]);
    expect(told(desk)).toEqual(['needs_review']);
  });

  it('what shows up late, without a time, may also be an earlier order that was not found', async () => {
    const desk = await openDesk();
    const earlier = await watched(desk);
    const later = await lose(desk, { taken: false });
    desk.vendor.commit({ itemCode: ITEM, quantity: 1 });
    await pass(desk, 20 * MINUTE);
    for (const { id } of [earlier, later]) {
      const order = await desk.stored(id);
      expect(order.status).toBe('needs_review');
      expect(order.candidates?.map(({ orderId }) => orderId)).toEqual([1001]);
    }
    expect(codesSent(desk)).toEqual([]);
  });

  it('and where CardPlusPay says when it was placed, it is the one that it can be', async () => {
    const desk = await openDesk();
    const earlier = await watched(desk);
    const later = await lose(desk, { taken: false });
    const createdAt = new Date(desk.clock.now()).toISOString();
    desk.vendor.commit({ itemCode: ITEM, quantity: 1 }, { createdAt });
    await pass(desk, OVER);
    expect((await desk.stored(later.id)).status).toBe('delivered');
    expect((await desk.stored(earlier.id)).status).toBe('not_found');
  });

  it('CardPlusPay’s answer named an order that another one here has', async () => {
    const desk = await openDesk();
    await buy(desk);
    const { answer } = desk.vendor;
    const [first] = desk.vendor.committed;
    desk.vendor.answer = async (request) => {
      await answer(request);
      desk.vendor.committed.pop();
      return answer({ ...request, ...first } as typeof request).then((raw) => {
        desk.vendor.committed.pop();
        return {
          ...raw,
          body: Buffer.from(Buffer.from(raw.body).toString().replaceAll('1002', '1001')),
        };
      });
    };
    const second = await buy(desk);
    expect(lastOf(second)?.why).toBe('remote_taken');
    await pass(desk, 4 * SECOND);
    const after = await desk.stored(second.id);
    expect(lastOf(after)).toMatchObject({ status: 'needs_review', why: 'remote_taken' });
    expect(after.remote).toBeUndefined();
    expect(desk.post.parcels).toHaveLength(1);
  });
});

describe('what was paid is never judged away, nor somebody else’s taken', () => {
  /** Taken at this price, whatever was quoted; nobody hears of it. */
  async function loseAt(desk: Desk, more: { amount?: string; orderId?: number; codes?: IssuedCode[] }, quantity = 2) {
    const order = await quote(desk, { quantity });
    const { answer } = desk.vendor;
    desk.vendor.answer = async (request) => {
      desk.vendor.commit(request, more);
      throw vendorError('network', 'unknown');
    };
    const lost = await confirm(desk, order);
    desk.vendor.answer = answer;
    return lost;
  }

  it('the price fell after the quote, and CardPlusPay charged what it said right before: it is ours', async () => {
    const desk = await openDesk();
    const order = await quote(desk, { quantity: 2 });
    desk.vendor.prices[ITEM] = '4.80';
    desk.vendor.answer = async (request) => {
      desk.vendor.commit(request);
      throw vendorError('network', 'unknown');
    };
    const lost = await confirm(desk, order);
    expect(lost.attempt?.checked).toEqual({ amount: '9.6', currency: 'USD' });
    await pass(desk, OVER);
    expect(await desk.stored(order.id)).toMatchObject({ status: 'delivered', remote: { charged: { amount: '9.6' } } });
    expect(await desk.day(order)).toEqual({ settled: '9.6', held: {} });
  });

  it.each<[string, { amount?: string; codes?: IssuedCode[] }, boolean, string]>([
    ['half of it was charged', { amount: '4.90' }, true, 'found_differs'],
    ['half of it was charged, and the list says no more', { amount: '4.90' }, false, 'found_differs'],
    [
      'fewer codes came, and the list says no more',
      { codes: [{ code: 'SECRET-9-0', pin: '1' }] },
      false,
      'found_unclear',
    ],
    ['more was charged', { amount: '10.80' }, true, 'found_differs'],
  ])('%s: people hear of it once the attempt is over, and nothing is freed', async (_, more, isRich, why) => {
    const desk = await openDesk();
    if (!isRich) desk.vendor.listed = (orders) => orders.map(thinRow).reverse();
    const order = await loseAt(desk, more);
    await pass(desk, OVER);
    const after = await desk.stored(order.id);
    expect(lastOf(after)).toMatchObject({ status: 'needs_review', why });
    expect(after.candidates).toMatchObject([{ orderId: 1001 }]);
    expect((await desk.day(order)).held).toEqual({ [order.id]: '9.8' });
    await pass(desk, 6 * SECOND);
    expect(desk.board.kinds()).toContain('review');
  });

  it('only what CardPlusPay itself calls another card, or another number of cards, is not it', async () => {
    const desk = await openDesk();
    const order = await lose(desk, { taken: false });
    desk.vendor.commit({ itemCode: OTHER_ITEM, quantity: 1 }, { amount: '4.90' });
    desk.vendor.commit({ itemCode: ITEM, quantity: 3 }, { amount: '4.90' });
    await pass(desk, 6 * MINUTE);
    expect((await desk.stored(order.id)).status).toBe('not_found');
  });

  it('somebody else buys the same card while ours is out: nothing is taken before ours has shown as well', async () => {
    const desk = await openDesk();
    const order = await lose(desk, { taken: false });
    const theirs = desk.vendor.commit({ itemCode: ITEM, quantity: 1 });
    await pass(desk, 60 * SECOND);
    expect((await desk.stored(order.id)).status).toBe('unconfirmed');
    const own = desk.vendor.commit({ itemCode: ITEM, quantity: 1 });
    await pass(desk, 40 * SECOND);
    const after = await desk.stored(order.id);
    expect(lastOf(after)).toMatchObject({ status: 'needs_review', why: 'found_several' });
    expect(after.candidates?.map(({ orderId }) => orderId)).toEqual([own.orderId, theirs.orderId]);
    expect(codesSent(desk)).toEqual([]);
  });

  it('ids that do not ascend, by the order that was asked for, prove nothing: a lower one is for people', async () => {
    const desk = await openDesk();
    desk.vendor.commit({ itemCode: OTHER_ITEM, quantity: 1 }, { orderId: 900 });
    const order = await loseAt(desk, { orderId: 350 }, 1);
    expect(order.attempt?.watermark).toBe(900);
    await pass(desk, OVER);
    const after = await desk.stored(order.id);
    expect(after.status).toBe('needs_review');
    expect(after.candidates?.map(({ orderId }) => orderId)).toEqual([350]);
  });

  it('an order of another card that is being bought has its row to itself, and the lost one waits for it', async () => {
    const desk = await openDesk();
    desk.vendor.listed = (orders) => orders.map(thinRow).reverse();
    const order = await lose(desk, { taken: false });
    await pass(desk, 80 * SECOND);
    const gate = Promise.withResolvers<void>();
    const { answer } = desk.vendor;
    desk.vendor.answer = async (request) => {
      const raw = await answer(request);
      await gate.promise;
      return raw;
    };
    const other = confirm(desk, await quote(desk, { itemCode: OTHER_ITEM, quantity: 3 }));
    await until(() => desk.vendor.committed.length === 1);
    await pass(desk, 30 * SECOND);
    expect((await desk.stored(order.id)).status).toBe('unconfirmed');
    gate.resolve();
    expect((await other).status).toBe('delivered');
    await pass(desk, 5 * MINUTE);
    expect((await desk.stored(order.id)).status).toBe('not_found');
  });

  it('one of another amount that shows up during the day of watching is for people at once', async () => {
    const desk = await openDesk();
    const order = await watched(desk);
    desk.vendor.listed = (orders) => orders.map(thinRow).reverse();
    desk.vendor.commit({ itemCode: ITEM, quantity: 1 }, { amount: '2.45' });
    await pass(desk, 16 * MINUTE, [desk], MINUTE);
    expect(lastOf(await desk.stored(order.id))).toMatchObject({ status: 'needs_review', why: 'found_late' });
  });
});

describe('several processes', () => {
  it('that look for the same order attach it once, and deliver it once', async () => {
    const desk = await openDesk();
    const order = await lose(desk);
    const others = [desk.newProcess(), desk.newProcess()];
    await pass(desk, OVER, [desk, ...others]);
    expect((await desk.stored(order.id)).history.filter(({ why }) => why === 'found')).toHaveLength(1);
    expect(desk.post.parcels).toHaveLength(1);
  });

  it('whoever loses the hold on an order attaches nothing', async () => {
    const desk = await openDesk();
    const order = await lose(desk);
    const rival = await quote(desk, { itemCode: OTHER_ITEM });
    // Between the look and the write, another order here takes it.
    const process = desk.newProcess((parts) => {
      const records: typeof parts.store.records = (namespace, schema) => {
        const real = parts.store.records(namespace, schema);
        const write: typeof real.write = async (key, next, guard) => {
          if (key === order.id && guard.holds.includes('remote/1001')) {
            const { version, ...taken } = await desk.stored(rival.id);
            const holds = [`reference/${rival.reference}`, 'remote/1001'];
            await desk.orderRecords.write(rival.id, taken, { seen: version, tags: [], holds });
          }
          return real.write(key, next, guard);
        };
        return { ...real, write };
      };
      return { ...parts, store: { ...parts.store, records } };
    });
    await pass(desk, OVER, [process]);
    const after = await desk.stored(order.id);
    expect(after.status).toBe('unconfirmed');
    expect(after.remote).toBeUndefined();
    expect(await desk.vault.open(order.id)).toBeUndefined();
    expect(desk.post.parcels).toEqual([]);
  });

  it.each([
    ['alone with its store, a start knows at once that a purchase has died', true, 0],
    ['on a shared store, only when nothing of it can be on its way', false, 90 * SECOND],
  ])('%s', async (_, ownsStore, after) => {
    const desk = await openDesk({ ownsStore });
    const order = await quote(desk);
    desk.vendor.answer = () => new Promise(() => {});
    void desk.confirm(order.id, anna);
    await until(() => desk.vendor.posts.length === 1);
    const other = desk.newProcess();
    await other.recover();
    if (after > 0) {
      await pass(desk, after - SECOND, [other]);
      expect((await desk.stored(order.id)).status).toBe('buying');
      await pass(desk, SECOND, [other]);
    }
    expect((await desk.stored(order.id)).status).toBe('unconfirmed');
    await until(() => told(desk).length > 0);
    expect(told(desk)).toEqual(['unconfirmed']);
  });
});

describe('whatever happens', () => {
  it.each(['before', 'after'] as const)(
    'a process that dies %s any call while it looks loses no code and buys nothing twice',
    async (when) => {
      for (let call = 1; ; call++) {
        const desk = await openDesk();
        const order = await lose(desk);
        desk.clock.advance(OVER);
        const mortal = createMortal({ call, when });
        const looked = desk.newProcess(mortal.wrap).tick();
        const end = await Promise.race([mortal.died, looked]);
        const next = desk.newProcess();
        await next.recover();
        await pass(desk, 15 * SECOND, [next]);
        // A start delivers in the background.
        await until(async () => (await desk.stored(order.id)).status === 'delivered');
        expect(new Set(codesSent(desk))).toEqual(new Set(['SECRET-1001-0']));
        expect(desk.post.parcels.slice(1).every(({ mayBeOut }) => mayBeOut)).toBe(true);
        expect(await desk.day(order)).toEqual({ settled: '4.9', held: {} });
        expect(desk.vendor.posts).toHaveLength(1);
        if (end !== 'died') break;
      }
    },
  );

  it('there is never a second purchase, and nothing that CardPlusPay charged gets lost', async () => {
    const event = fc.constantFrom(
      ...(['commit', 'foreign', 'other', 'thin', 'rich', 'broken', 'mended', 'shuffled'] as const),
      ...(['restart', 'wait', 'wait long', 'no codes', 'codes'] as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(event, { maxLength: 12 }), async (taken, events) => {
        const desk = await openDesk();
        const { vendor } = desk;
        const order = await lose(desk, { taken });
        let process: Pick<Desk, 'tick' | 'recover'> = desk;
        let isOurs = taken;
        const happen: Record<(typeof events)[number], () => unknown> = {
          commit: () => {
            if (!isOurs) vendor.commit({ itemCode: ITEM, quantity: 1 });
            isOurs = true;
          },
          foreign: () => vendor.commit({ itemCode: ITEM, quantity: 1 }),
          other: () => vendor.commit({ itemCode: OTHER_ITEM, quantity: 2 }),
          thin: () =>
            Object.assign(vendor, {
              listed: (all: typeof vendor.committed) => all.map(thinRow).reverse(),
            }),
          rich: () =>
            Object.assign(vendor, {
              listed: (all: typeof vendor.committed) => all.map(richRow).reverse(),
            }),
          shuffled: () => Object.assign(vendor, { listed: (all: typeof vendor.committed) => all.map(richRow) }),
          broken: () => Object.assign(vendor, { unreadableRows: 1 }),
          mended: () => Object.assign(vendor, { unreadableRows: 0 }),
          restart: () => {
            process = desk.newProcess();
            return process.recover();
          },
          wait: () => pass(desk, MINUTE, [process], 10 * SECOND),
          'wait long': () => pass(desk, DAY, [process], 60 * MINUTE),
          'no codes': () => Object.assign(vendor, { later: () => [] }),
          codes: () =>
            Object.assign(vendor, {
              later: ({ codes }: (typeof vendor.committed)[number]) => codes.map(({ code }) => code),
            }),
        };
        for (const each of events) await happen[each]();
        const after = await desk.stored(order.id);
        expect(vendor.posts).toHaveLength(1);
        expect(statuses.slice(4)).toContain(after.status);
        const { settled, held } = await desk.day(order);
        expect(settled).toBe(after.remote?.charged.amount ?? '0');
        const mayCost = after.remote === undefined && after.status !== 'closed';
        expect(Object.keys(held)).toEqual(mayCost ? [order.id] : []);
        expect(await laneOwner(desk, order)).toBe(after.status === 'unconfirmed' ? order.id : undefined);
        const owner = vendor.committed.find(({ orderId }) => orderId === after.remote?.orderId);
        for (const code of codesSent(desk)) {
          expect(owner?.codes.map((each) => each.code)).toContain(code);
        }
        if (after.status === 'needs_review') expect(told(desk)).toContain('needs_review');
        expect((await desk.ofMember(anna, { limit: 9 })).orders).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });

  it('an answer that says the order failed is never told as bought: people decide, and the amount stays held', async () => {
    const desk = await openDesk();
    const { answer } = desk.vendor;
    desk.vendor.answer = async (request) => {
      await answer(request);
      return orderAnswer({ orderId: 1001, amount: '4.9', status: 'failed', codes: [] });
    };
    const order = await buy(desk);
    expect(lastOf(order)).toMatchObject({ status: 'unconfirmed', why: 'vendor_gave_up' });
    await pass(desk, 4 * SECOND);
    const after = await desk.stored(order.id);
    expect(lastOf(after)).toMatchObject({ status: 'needs_review', why: 'vendor_gave_up' });
    expect(after.candidates).toMatchObject([{ orderId: 1001 }]);
    expect(desk.post.parcels).toEqual([]);
    expect(desk.vendor.posts).toHaveLength(1);
  });
});

it('is looked for where what was sealed of its answer cannot be read: its lane is not closed for ever', async () => {
  const desk = await openDesk();
  const order = await lose(desk);
  const open = async () => {
    throw new StoreError('broken', 'scripted', { isUnreadable: true });
  };
  const blind = desk.newProcess((outside) => ({
    ...outside,
    store: { ...outside.store, vault: (schema) => ({ ...outside.store.vault(schema), open }) },
  }));
  await pass(desk, 2 * MINUTE, [blind]);
  expect(await desk.stored(order.id)).toMatchObject({ status: 'bought', remote: { orderId: 1001 } });
  expect(await laneOwner(desk, order)).toBeUndefined();
});
