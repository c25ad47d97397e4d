import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Order, statuses } from '../../../src/orders/model/order.ts';
import { createOrderRepository, laneHold } from '../../../src/orders/repository.ts';
import { anna, buy, confirm, type Desk, lastOf, openDesk, quote } from '../desk.ts';
import { lose, pass } from '../losing.ts';
import { createMortal } from '../mortal.ts';
import { until } from '../scripted-clock.ts';
import { ITEM, OTHER_ITEM, orderAnswer, richRow, thinRow, vendorError } from '../vendor.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const told = (desk: Desk) => desk.post.told.map(({ status }) => status);
const codesSent = (desk: Desk) => desk.post.parcels.flatMap(({ codes }) => codes.map(({ code }) => code));
const laneOwner = (desk: Desk, order: Order) => createOrderRepository(desk.orderRecords).holder(laneHold(order));

/** Nobody can have it unless a look says so. */
async function watched(desk: Desk): Promise<Order> {
  const order = await lose(desk, { taken: false });
  await pass(desk, 6 * MINUTE);
  expect((await desk.stored(order.id)).status).toBe('not_found');
  return order;
}

describe('an order without an answer that CardPlusPay took', () => {
  it('is found a few seconds later, and its codes are delivered, once', async () => {
    const desk = await openDesk();
    const order = await lose(desk, { quantity: 2 });
    await pass(desk, 2 * SECOND);
    expect((await desk.stored(order.id)).status).toBe('unconfirmed');
    await pass(desk, 2 * SECOND);
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
    await pass(desk, 4 * SECOND);
    expect(told(desk)).toEqual(['held']);
    desk.vendor.later = () => [];
    await lose(desk);
    await pass(desk, 4 * SECOND);
    expect(told(desk)).toEqual(['held', 'bought']);
  });

  it('who waits for the same card goes on once it is settled', async () => {
    const desk = await openDesk();
    const first = await lose(desk);
    const second = await quote(desk);
    const bought = confirm(desk, second);
    await until(() => desk.clock.sleeping() > 0);
    await pass(desk, 4 * SECOND);
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
    await pass(desk, 4 * SECOND);
    expect((await desk.stored(order.id)).remote?.orderId).toBe(1002);
  });

  it('is found on a later page of a list that is in no order', async () => {
    const desk = await openDesk();
    for (let i = 0; i < 7; i++) desk.vendor.commit({ itemCode: OTHER_ITEM, quantity: 1 });
    const order = await lose(desk);
    desk.vendor.perPage = 2;
    desk.vendor.listed = (orders) => orders.map(richRow);
    await pass(desk, 4 * SECOND);
    expect((await desk.stored(order.id)).remote?.orderId).toBe(1008);
  });

  it('two lost orders of the same amount each find their own', async () => {
    const desk = await openDesk();
    const one = await lose(desk, { itemCode: ITEM, quantity: 2 });
    const other = await lose(desk, { itemCode: OTHER_ITEM, quantity: 1 });
    await pass(desk, 4 * SECOND);
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
      { orderId: 1001, orderNo: 'ORD-1001', charged: { amount: '4.9', currency: 'USD' } },
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
    await pass(desk, MINUTE);
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

describe('several processes', () => {
  it('that look for the same order attach it once, and deliver it once', async () => {
    const desk = await openDesk();
    const order = await lose(desk);
    const others = [desk.newProcess(), desk.newProcess()];
    await pass(desk, 30 * SECOND, [desk, ...others]);
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
    await pass(desk, 4 * SECOND, [process]);
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
        desk.clock.advance(3 * SECOND);
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
