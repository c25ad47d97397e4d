import { describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/store/store-error.ts';
import { anna, buy, type Desk, lastOf, openDesk, problemOf } from '../desk.ts';
import { pass } from '../losing.ts';
import { createMortal } from '../mortal.ts';
import { orderAnswer, vendorError } from '../vendor.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const told = (desk: Desk) => desk.post.told.map(({ status }) => status);
const codesSent = (desk: Desk) => desk.post.parcels.map(({ codes }) => codes.map(({ code }) => code));

/** Three cards are paid for; `first` of them came with the purchase, and no more are ready. */
async function boughtShort(first: number) {
  const desk = await openDesk();
  desk.vendor.answer = async (request) => {
    const committed = desk.vendor.commit(request);
    return orderAnswer({ ...committed, codes: committed.codes.slice(0, first) });
  };
  const ready = (count: number) => {
    desk.vendor.later = ({ codes }) => codes.slice(0, count).map(({ code }) => code);
  };
  ready(first);
  const order = await buy(desk, { quantity: 3 });
  return { desk, order, ready };
}

describe('codes that CardPlusPay has not handed over yet', () => {
  it('are asked for at growing intervals, and delivered as they come', async () => {
    const { desk, order, ready } = await boughtShort(0);
    const asked: number[] = [];
    desk.vendor.before = async (call) => call === 'order' && asked.push(desk.clock.now());
    await pass(desk, 5 * MINUTE);
    const gaps = asked.slice(1).map((at, i) => at - (asked[i] ?? 0));
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
    expect(gaps.at(-1)).toBeGreaterThan(MINUTE);
    expect(told(desk)).toEqual([]);

    ready(2);
    await pass(desk, 5 * MINUTE);
    expect(codesSent(desk)).toEqual([['SECRET-1001-0', 'SECRET-1001-1']]);
    expect(told(desk)).toEqual(['bought']);
    expect((await desk.stored(order.id)).status).toBe('bought');

    ready(3);
    await pass(desk, 15 * MINUTE);
    expect((await desk.stored(order.id)).status).toBe('delivered');
    expect(codesSent(desk)[1]).toEqual(['SECRET-1001-2']);
    expect(told(desk)).toEqual(['bought']);
    expect(desk.vendor.posts).toHaveLength(1);
  });

  it('never take away the PIN that came first', async () => {
    const { desk, order, ready } = await boughtShort(1);
    ready(3);
    await pass(desk, 10_000);
    const { codes } = await desk.reveal(order.id, anna);
    expect(codes.map(({ metadata }) => metadata[0]?.value)).toEqual([...['PIN-1001-0', undefined, undefined]]);
  });

  it('may still be asked for by their requester, at any moment', async () => {
    const { desk, order, ready } = await boughtShort(1);
    await pass(desk, 60 * MINUTE, [desk], MINUTE);
    ready(3);
    expect((await desk.collect(order.id, anna)).status).toBe('delivered');
    await pass(desk, 60 * MINUTE, [desk], MINUTE);
    expect(desk.post.parcels).toHaveLength(2);
  });

  it('do not make Cardigan write again and again to a closed inbox', async () => {
    const { desk, ready } = await boughtShort(0);
    desk.post.post = async () => 'closed';
    ready(2);
    await pass(desk, 60 * MINUTE, [desk], MINUTE);
    expect(desk.post.parcels).toHaveLength(1);
    expect(told(desk)).toEqual(['bought']);
  });

  it('are never taken from an answer about another order', async () => {
    const { desk, order, ready } = await boughtShort(1);
    ready(3);
    const { order: ask } = desk.vendor.giftCards;
    desk.vendor.giftCards.order = async (id) => ({ ...(await ask(id)), orderId: id + 1 });
    expect(await problemOf(desk.collect(order.id, anna))).toEqual({ code: 'vendor_unreadable' });
    await pass(desk, 5 * MINUTE);
    expect(codesSent(desk)).toEqual([['SECRET-1001-0']]);
    expect((await desk.vault.open(order.id))?.later).toEqual([]);
    expect((await desk.reveal(order.id, anna)).codes).toHaveLength(1);
  });

  it('a day late are for people, and what came stays its recipient’s', async () => {
    const { desk, order } = await boughtShort(1);
    await pass(desk, DAY - MINUTE, [desk], 5 * MINUTE);
    expect((await desk.stored(order.id)).status).toBe('bought');
    await pass(desk, 20 * MINUTE, [desk], MINUTE);
    const after = await desk.stored(order.id);
    expect(lastOf(after)).toMatchObject({ status: 'needs_review', why: 'codes_overdue' });
    expect(told(desk)).toEqual(['needs_review']);
    expect((await desk.reveal(order.id, anna)).codes).toHaveLength(1);
    expect(await desk.day(order)).toEqual({ settled: '14.7', held: {} });
  });

  it('a day late are for people also when CardPlusPay cannot be asked', async () => {
    const { desk, order } = await boughtShort(1);
    desk.vendor.before = async (call) => {
      if (call === 'order') throw vendorError('server', 'unknown');
    };
    await pass(desk, DAY + 20 * MINUTE, [desk], 10 * MINUTE);
    expect(lastOf(await desk.stored(order.id))?.why).toBe('codes_overdue');
  });

  it.each(['failed', 'Cancelled', 'canceled', 'REFUNDED'])(
    'never come for an order that CardPlusPay calls %s: people decide',
    async (status) => {
      const { desk, order, ready } = await boughtShort(1);
      for (const committed of desk.vendor.committed) committed.status = status;
      ready(2);
      await pass(desk, 10_000);
      const after = await desk.stored(order.id);
      expect(lastOf(after)).toMatchObject({ status: 'needs_review', why: 'vendor_gave_up' });
      expect(codesSent(desk)).toEqual([['SECRET-1001-0'], ['SECRET-1001-1']]);
      expect(told(desk)).toEqual(['needs_review']);
    },
  );

  it('a day late are for people also when they are there, and the vault alone takes nothing more', async () => {
    let isFull = false;
    const desk = await openDesk({
      wrap(parts) {
        const vault: typeof parts.store.vault = (schema) => {
          const real = parts.store.vault(schema);
          const seal: typeof real.seal = async (id, entry) => {
            if (isFull) throw new StoreError('broken', 'The vault takes nothing.');
            await real.seal(id, entry);
          };
          return { ...real, seal };
        };
        return { ...parts, store: { ...parts.store, vault } };
      },
    });
    desk.vendor.answer = async (request) => orderAnswer({ ...desk.vendor.commit(request), codes: [] });
    desk.vendor.later = () => [];
    const order = await buy(desk, { quantity: 3 });
    isFull = true;
    desk.vendor.later = ({ codes }) => codes.map(({ code }) => code);
    await pass(desk, DAY - 60 * MINUTE, [desk], 10 * MINUTE);
    expect((await desk.stored(order.id)).status).toBe('bought');
    await pass(desk, 3 * 60 * MINUTE, [desk], 10 * MINUTE);
    expect(lastOf(await desk.stored(order.id))).toMatchObject({ status: 'needs_review', why: 'codes_overdue' });
    expect(desk.post.parcels).toEqual([]);
  });

  it('fewer than paid for are never taken as all, although CardPlusPay calls the order completed', async () => {
    const { desk, order } = await boughtShort(2);
    for (const committed of desk.vendor.committed) committed.status = 'completed';
    await pass(desk, 60 * MINUTE, [desk], MINUTE);
    expect((await desk.stored(order.id)).status).toBe('bought');
  });

  it('two processes bring them once', async () => {
    const { desk, order, ready } = await boughtShort(1);
    ready(3);
    await pass(desk, 30_000, [desk, desk.newProcess()]);
    expect((await desk.stored(order.id)).status).toBe('delivered');
    expect(desk.post.parcels).toHaveLength(2);
  });

  it.each(['before', 'after'] as const)(
    'survive a process that dies %s any call while it asks for them',
    async (when) => {
      for (let call = 1; ; call++) {
        const { desk, order, ready } = await boughtShort(1);
        ready(3);
        desk.clock.advance(3_000);
        const mortal = createMortal({ call, when });
        const looked = desk.newProcess(mortal.wrap).tick();
        const end = await Promise.race([mortal.died, looked]);
        const next = desk.newProcess();
        await next.recover();
        await next.settled();
        await pass(desk, 15_000, [next]);
        await next.settled();
        expect((await desk.stored(order.id)).status).toBe('delivered');
        expect(new Set(codesSent(desk).flat()).size).toBe(3);
        const again = desk.post.parcels.slice(1);
        expect(again.every(({ mayBeOut }) => mayBeOut)).toBe(true);
        if (end !== 'died') break;
      }
    },
  );
});
