import { describe, expect, it } from 'vitest';
import type { Order } from '../../src/orders/model/order.ts';
import { PURCHASE_WITHIN_MS } from '../../src/orders/purchase/purchase.ts';
import { anna, buy, confirm, type Desk, lastOf, openDesk, problemOf, QUOTE_LASTS_MS, quote } from './desk.ts';
import type { Outside } from './outside.ts';
import { until } from './scripted-clock.ts';
import { refusal, vendorError } from './vendor.ts';

type Broken = {
  write?: (key: string, status: string) => unknown;
  /** After it was written: then nobody learns of it. */
  written?: (status: string) => unknown;
  remove?: (key: string) => unknown;
  open?: () => void;
};

/** A process whose store fails where the test says. */
function withBroken(broken: Broken) {
  return (parts: Outside): Outside => {
    const { store } = parts;
    const records: typeof store.records = (namespace, schema) => {
      const real = store.records(namespace, schema);
      const write: typeof real.write = async (key, next, guard) => {
        const status = String((next as { status?: unknown }).status);
        await broken.write?.(key, status);
        const result = await real.write(key, next, guard);
        await broken.written?.(status);
        return result;
      };
      const remove: typeof real.remove = async (key, seen) => {
        await broken.remove?.(key);
        return real.remove(key, seen);
      };
      return { ...real, write, remove };
    };
    const vault: typeof store.vault = (schema) => {
      const real = store.vault(schema);
      const open: typeof real.open = async (id) => {
        broken.open?.();
        return real.open(id);
      };
      return { ...real, open };
    };
    return { ...parts, store: { ...store, records, vault } };
  };
}

const fail = (): never => {
  throw new Error('disk is full');
};
const becomes = (desk: Desk, id: string, status: string) =>
  until(async () => (await desk.stored(id)).status === status);

describe('while the bot runs', () => {
  it('a quote that nobody confirmed expires, and nothing is left of it', async () => {
    const desk = await openDesk();
    const order = await quote(desk);
    desk.clock.advance(QUOTE_LASTS_MS - 1);
    await desk.tick();
    expect((await desk.stored(order.id)).status).toBe('quoted');
    desk.clock.advance(1);
    await desk.tick();
    expect(await desk.orderRecords.get(order.id)).toBeUndefined();
    expect((await desk.orderRecords.tagged('member/guild/anna', { limit: 1 })).records).toEqual([]);
    expect(await desk.orderRecords.holder(`reference/${order.reference}`)).toBeUndefined();
    expect(await problemOf(confirm(desk, order))).toEqual({ code: 'order_unknown' });
  });

  it('an offer that an older version made, or in place of an order that became dearer, expires on record', async () => {
    const desk = await openDesk();
    const { version: seen, audited: _, ...older } = await quote(desk);
    await desk.orderRecords.write(older.id, older, { seen, tags: ['passing'], holds: [] });
    const repriced = await quote(desk);
    desk.vendor.prices = { 'ACME-5': '6' };
    await confirm(desk, repriced);
    const offer = await desk.stored((await desk.orderRecords.holder(`offer/${repriced.id}`)) ?? '');
    desk.clock.advance(QUOTE_LASTS_MS);
    await desk.tick();
    for (const { id } of [older, offer])
      expect(lastOf(await desk.stored(id))).toMatchObject({ status: 'expired', by: 'cardigan', why: 'too_late' });
  });

  it('a quote that is confirmed in its last moment does not expire under the buyer’s hands', async () => {
    const desk = await openDesk();
    const order = await quote(desk);
    const gate = Promise.withResolvers<void>();
    desk.vendor.before = async (call) => call === 'checkStock' && gate.promise;
    desk.clock.advance(QUOTE_LASTS_MS - 1);
    let press: Promise<Order> | undefined;
    // Confirmed between the look at the old quote and the write that would end it.
    const confirmFirst = async () => {
      press ??= confirm(desk, order);
      await becomes(desk, order.id, 'approved');
    };
    const sweeper = desk.newProcess((parts) => {
      const clock = { ...parts.clock, now: () => desk.clock.now() + 1 };
      return withBroken({ remove: confirmFirst })({
        ...parts,
        clock,
      });
    });
    await sweeper.tick();
    gate.resolve();
    expect((await press)?.status).toBe('delivered');
  });

  it('an order that an error left approved is bought', async () => {
    const broken: Broken = { write: (_, status) => status === 'buying' && fail() };
    const desk = await openDesk({ wrap: withBroken(broken) });
    const order = await quote(desk);
    await expect(confirm(desk, order)).rejects.toThrow('disk is full');
    expect(desk.vendor.posts).toEqual([]);
    delete broken.write;
    await desk.tick();
    await becomes(desk, order.id, 'delivered');
    expect(desk.vendor.posts).toHaveLength(1);
  });

  it('and too late for that, it expires, its reservation is freed, and the requester is told', async () => {
    const broken: Broken = { write: (_, status) => status === 'buying' && fail() };
    const desk = await openDesk({ wrap: withBroken(broken) });
    const order = await quote(desk);
    await expect(confirm(desk, order)).rejects.toThrow('disk is full');
    expect(Object.keys((await desk.day(order)).held)).toEqual([order.id]);
    desk.clock.advance(PURCHASE_WITHIN_MS);
    await desk.tick();
    await until(() => desk.post.told.length > 0);
    await expect.poll(() => desk.post.told.map(({ status }) => status)).toEqual(['expired']);
    expect((await desk.day(order)).held).toEqual({});
  });

  it('a purchase whose record failed goes on from the sealed answer, and is not sent again', async () => {
    const broken: Broken = { write: (_, status) => status === 'bought' && fail() };
    const desk = await openDesk({ wrap: withBroken(broken) });
    const order = await quote(desk);
    await expect(confirm(desk, order)).rejects.toThrow('disk is full');
    delete broken.write;
    await desk.tick();
    await becomes(desk, order.id, 'delivered');
    expect(desk.vendor.posts).toHaveLength(1);
    expect(await desk.day(order)).toEqual({ settled: '4.9', held: {} });
  });

  it('a refusal whose record failed still ends the order, and the requester is told', async () => {
    const broken: Broken = { write: (_, status) => status === 'failed' && fail() };
    const desk = await openDesk({ wrap: withBroken(broken) });
    desk.vendor.answer = async () => refusal(400);
    const order = await quote(desk);
    await expect(confirm(desk, order)).rejects.toThrow('disk is full');
    delete broken.write;
    await desk.tick();
    expect(lastOf(await desk.stored(order.id))).toMatchObject({
      ...{ status: 'failed', why: 'vendor_refused' },
    });
    await until(() => desk.post.shown.at(-1)?.status === 'failed');
    expect(desk.post.told).toEqual([]);
  });

  describe('on a database that another process may be at as well', () => {
    const shared = (broken: Broken) => openDesk({ wrap: withBroken(broken), ownsStore: false });

    it('a purchase whose record failed goes on with the next round, for this process knows that it is over', async () => {
      const broken: Broken = { write: (_, status) => status === 'bought' && fail() };
      const desk = await shared(broken);
      const order = await quote(desk);
      await expect(confirm(desk, order)).rejects.toThrow('disk is full');
      delete broken.write;
      await desk.newProcess().tick();
      expect((await desk.stored(order.id)).status).toBe('buying');
      await desk.tick();
      await becomes(desk, order.id, 'delivered');
      expect(desk.vendor.posts).toHaveLength(1);
      expect(await desk.day(order)).toEqual({ settled: '4.9', held: {} });
    });

    it('an answer that never came, and could not be recorded either, is looked for with the next round', async () => {
      const broken: Broken = { write: (_, status) => status === 'unconfirmed' && fail() };
      const desk = await shared(broken);
      desk.vendor.answer = async () => Promise.reject(vendorError('timeout', 'unknown'));
      const order = await quote(desk);
      await expect(confirm(desk, order)).rejects.toThrow('disk is full');
      delete broken.write;
      await desk.tick();
      expect(lastOf(await desk.stored(order.id))).toMatchObject({
        ...{ status: 'unconfirmed', why: 'no_answer', detail: 'timeout' },
      });
      await expect.poll(() => desk.post.shown.at(-1)?.status).toBe('unconfirmed');
    });

    it('a purchase that never left, and whose record failed, has cost nothing', async () => {
      const broken: Broken = { write: (_, status) => status === 'failed' && fail() };
      const desk = await shared(broken);
      desk.vendor.answer = async () => Promise.reject(vendorError('network', 'not_sent'));
      const order = await quote(desk);
      await expect(confirm(desk, order)).rejects.toThrow('disk is full');
      delete broken.write;
      await desk.tick();
      expect(lastOf(await desk.stored(order.id))).toMatchObject({
        ...{ status: 'failed', why: 'never_sent', detail: 'network' },
      });
      expect(await desk.day(order)).toEqual({ settled: '0', held: {} });
    });

    it('a right to send that nobody heard of is not used: the order ends, and has cost nothing', async () => {
      const broken: Broken = { written: (status) => status === 'buying' && fail() };
      const desk = await shared(broken);
      const order = await quote(desk);
      await expect(confirm(desk, order)).rejects.toThrow('disk is full');
      expect((await desk.stored(order.id)).status).toBe('buying');
      delete broken.written;
      await desk.tick();
      expect(lastOf(await desk.stored(order.id))).toMatchObject({
        ...{ status: 'failed', why: 'never_sent', detail: 'too_late' },
      });
      expect(desk.vendor.posts).toEqual([]);
      await expect.poll(() => desk.post.shown.at(-1)?.status).toBe('failed');
      expect(await desk.day(order)).toEqual({ settled: '0', held: {} });
    });

    it('a record of the purchase that nobody heard of counts, and its codes are delivered', async () => {
      const broken: Broken = { written: (status) => status === 'bought' && fail() };
      const desk = await shared(broken);
      const order = await quote(desk);
      await expect(confirm(desk, order)).rejects.toThrow('disk is full');
      delete broken.written;
      await desk.tick();
      await becomes(desk, order.id, 'delivered');
      expect(desk.vendor.posts).toHaveLength(1);
      expect(await desk.day(order)).toEqual({ settled: '4.9', held: {} });
    });

    it('a delivery that could not be recorded is looked for before it is sent again', async () => {
      const broken: Broken = { write: (_, status) => status === 'delivered' && fail() };
      const desk = await shared(broken);
      const order = await quote(desk);
      await expect(confirm(desk, order)).rejects.toThrow('disk is full');
      delete broken.write;
      await desk.tick();
      await becomes(desk, order.id, 'delivered');
      expect(desk.post.parcels.map(({ number, mayBeOut }) => ({ number, mayBeOut }))).toEqual([
        { number: 0, mayBeOut: false },
        { number: 0, mayBeOut: true },
      ]);
    });
  });

  it('codes that a stumbling store kept from their recipient are brought without a restart', async () => {
    const broken: Broken = { open: fail };
    const desk = await openDesk({ wrap: withBroken(broken) });
    const order = await quote(desk);
    await expect(confirm(desk, order)).rejects.toThrow('disk is full');
    expect((await desk.stored(order.id)).status).toBe('bought');
    delete broken.open;
    await desk.tick();
    await becomes(desk, order.id, 'delivered');
  });

  it('a reservation whose release failed is given back', async () => {
    let fails = true;
    const desk = await openDesk({
      wrap: withBroken({
        write: (key) => {
          // The reservation is written; giving it back is not.
          if (key.startsWith('day/') && desk.vendor.posts.length > 0 && fails) fail();
        },
      }),
    });
    desk.vendor.answer = async () => refusal(400);
    const order = await quote(desk);
    await expect(confirm(desk, order)).rejects.toThrow('disk is full');
    expect(Object.keys((await desk.day(order)).held)).toEqual([order.id]);
    fails = false;
    // However long nobody looked: the machine was asleep, or the bot was off.
    desk.clock.advance(5 * 24 * 60 * 60_000);
    await desk.tick();
    expect(await desk.day(order)).toEqual({ settled: '0', held: {} });
  });

  it('who cannot be reached is not written to again and again', async () => {
    const desk = await openDesk();
    desk.post.post = async () => 'closed';
    await buy(desk);
    await desk.tick();
    await desk.tick();
    await desk.stop(0);
    expect(desk.post.parcels).toHaveLength(1);
  });

  it('one order that cannot be taken up keeps no other from it, and the log says which', async () => {
    const ids: string[] = [];
    const desk = await openDesk({
      wrap: withBroken({
        remove: (key) => key === ids[1] && fail(),
      }),
    });
    for (let i = 0; i < 3; i++) ids.push((await quote(desk)).id);
    desk.clock.advance(QUOTE_LASTS_MS);
    await desk.tick();
    const statuses = await Promise.all(ids.map(async (id) => (await desk.orderRecords.get(id))?.status));
    expect(statuses).toEqual([undefined, 'quoted', undefined]);
    expect(desk.logged).toContainEqual(
      expect.objectContaining({ order: ids[1], message: 'an open order could not be taken up' }),
    );
  });
});

describe('a start', () => {
  it('takes up more open orders than fit one page', async () => {
    const desk = await openDesk();
    const ids: string[] = [];
    for (let i = 0; i < 120; i++) ids.push((await quote(desk, { member: { ...anna, user: `anna-${i}` } })).id);
    desk.clock.advance(QUOTE_LASTS_MS);
    await desk.newProcess().recover();
    for (const id of ids) expect(await desk.orderRecords.get(id)).toBeUndefined();
  });

  it('leaves alone what waits for its recipient or has ended', async () => {
    const desk = await openDesk();
    const delivered = await buy(desk);
    desk.post.post = async () => 'closed';
    const held = await buy(desk, { quantity: 2 });
    const next = desk.newProcess();
    await next.recover();
    await next.stop(0);
    expect(await desk.stored(delivered.id)).toEqual(delivered);
    expect(await desk.stored(held.id)).toEqual(held);
    expect(desk.post.told).toEqual([]);
    expect((await desk.ofMember(anna, { limit: 5 })).orders).toHaveLength(2);
  });
});
