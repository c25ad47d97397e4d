import { describe, expect, it } from 'vitest';
import { anna, buy, type Desk, lastOf, olga, openDesk, problemOf, quote } from '../desk.ts';
import { lose, pass } from '../losing.ts';
import { createMortal } from '../mortal.ts';
import { ITEM, OTHER_ITEM, orderAnswer, thinRow, vendorError } from '../vendor.ts';

const COMPARE_EVERY_MS = 10 * 60_000;
const elsewhere = (desk: Desk, quantity = 1) => desk.vendor.commit({ itemCode: OTHER_ITEM, quantity });
const strangersIn = ({ board }: Desk) =>
  board.notices.flatMap(({ said }) =>
    said.flatMap((content) => (content.kind === 'stranger' ? [content.stranger.orderId] : [])),
  );
const compareAgain = (desk: Desk) => pass(desk, COMPARE_EVERY_MS, [desk], COMPARE_EVERY_MS);
/** The round after the one that found something tells it. */
const told = (desk: Desk) => desk.tick();

describe('the books', () => {
  it('begin with what the account has: orders from before Cardigan are nobody’s business', async () => {
    const desk = await openDesk();
    elsewhere(desk);
    await desk.tick();
    await compareAgain(desk);
    expect((await buy(desk)).status).toBe('delivered');
    expect(desk.board.notices).toEqual([]);
  });

  it('know every order that was bought here', async () => {
    const desk = await openDesk();
    await desk.tick();
    await buy(desk);
    await buy(desk, { itemCode: OTHER_ITEM, quantity: 3 });
    await compareAgain(desk);
    await told(desk);
    expect(desk.board.notices).toEqual([]);
  });

  it('tell the admins once of an order that no record here knows, and purchases go on', async () => {
    const desk = await openDesk();
    await desk.tick();
    const { orderId } = elsewhere(desk);
    await compareAgain(desk);
    await told(desk);
    await compareAgain(desk);
    await told(desk);
    expect(strangersIn(desk)).toEqual([orderId]);
    expect((await buy(desk)).status).toBe('delivered');
  });

  it('tell the admins once when the list shows another amount than was charged', async () => {
    const desk = await openDesk();
    await desk.tick();
    const order = await buy(desk);
    desk.vendor.listed = (orders) => orders.map((one) => ({ ...thinRow(one), charged: '5.10' }));
    await compareAgain(desk);
    await told(desk);
    await compareAgain(desk);
    await told(desk);
    expect(desk.board.notices.map(({ said }) => said)).toMatchObject([
      [{ kind: 'amount_differs', order: { id: order.id }, listed: { charged: { amount: '5.1' } } }],
    ]);
  });

  it('tell the admins when more was charged than quoted, also where the process died before it could', async () => {
    const desk = await openDesk();
    desk.vendor.answer = async (request) => orderAnswer({ ...desk.vendor.commit(request, { amount: '7.00' }) });
    await buy(desk);
    await told(desk);
    expect(desk.board.kinds()).toEqual(['charged_more']);
    await compareAgain(desk);
    await told(desk);
    expect(desk.board.kinds()).toEqual(['charged_more']);
  });

  it('do not call a lost order a stranger while it is looked for', async () => {
    const desk = await openDesk();
    desk.vendor.listed = (orders) => orders.map(thinRow).reverse();
    await lose(desk);
    await compareAgain(desk);
    await told(desk);
    expect(desk.board.kinds()).toEqual(['review']);
    expect(strangersIn(desk)).toEqual([]);
  });

  it('do not call what people are asked about a stranger, whatever it cost', async () => {
    const desk = await openDesk();
    await desk.tick();
    desk.vendor.answer = async (request) => {
      desk.vendor.commit(request, { amount: '5.55' });
      throw vendorError('network', 'unknown');
    };
    await buy(desk);
    await pass(desk, 100_000);
    await compareAgain(desk);
    await told(desk);
    expect(desk.board.notices.map(({ said }) => said[0])).toMatchObject([
      { kind: 'review', order: { candidates: [{ orderId: 1001, charged: { amount: '5.55' } }] } },
    ]);
  });

  it('explain one row by one lost order: the other one is a stranger, of which it is said what it may be', async () => {
    const desk = await openDesk();
    await desk.tick();
    desk.vendor.listed = (orders) => orders.map(thinRow).reverse();
    const lost = await lose(desk);
    elsewhere(desk);
    const { orderId } = desk.vendor.commit({ itemCode: ITEM, quantity: 1 });
    await desk.newProcess().recover();
    await desk.newProcess().tick();
    await told(desk);
    const strangers = desk.board.notices.flatMap(({ said: [first] }) => (first?.kind === 'stranger' ? [first] : []));
    expect(strangers.map(({ stranger }) => stranger.orderId).sort()).toEqual([1001, 1002]);
    expect(strangers.map(({ perhaps }) => perhaps)).toEqual([[lost.reference], [lost.reference]]);
    expect(strangersIn(desk)).not.toContain(orderId);
  });

  it('tell of an order too that the list shows only after a later one', async () => {
    const desk = await openDesk();
    await desk.tick();
    const { orderId } = elsewhere(desk);
    desk.vendor.listed = (orders) =>
      orders
        .filter((each) => each.orderId !== orderId)
        .map(thinRow)
        .reverse();
    await buy(desk);
    await compareAgain(desk);
    desk.vendor.listed = (orders) => orders.map(thinRow).reverse();
    await compareAgain(desk);
    await told(desk);
    expect(strangersIn(desk)).toEqual([orderId]);
  });

  it('are compared again when the list could not be read', async () => {
    const desk = await openDesk();
    await desk.tick();
    const { orderId } = elsewhere(desk);
    desk.vendor.unreadableRows = 1;
    await compareAgain(desk);
    await told(desk);
    expect(strangersIn(desk)).toEqual([]);
    desk.vendor.unreadableRows = 0;
    await desk.tick();
    await told(desk);
    expect(strangersIn(desk)).toEqual([orderId]);
  });

  it('go by the time of an order where numbers do not ascend', async () => {
    const desk = await openDesk();
    const createdAt = () => new Date(desk.clock.now()).toISOString();
    desk.vendor.commit({ itemCode: ITEM, quantity: 1 }, { orderId: 5000, createdAt: createdAt() });
    desk.vendor.listed = (orders) => orders.map((one) => ({ ...thinRow(one), createdAt: one.createdAt }));
    desk.clock.advance(5 * 60_000);
    await desk.tick();
    desk.clock.advance(5 * 60_000);
    desk.vendor.commit({ itemCode: ITEM, quantity: 1 }, { orderId: 4000, createdAt: createdAt() });
    await compareAgain(desk);
    await told(desk);
    expect(strangersIn(desk)).toEqual([4000]);
  });
});

it('the books know a new order by what was there before, where ids prove nothing and no time is told', async () => {
  const desk = await openDesk();
  desk.vendor.commit({ itemCode: ITEM, quantity: 1 }, { orderId: 5000 });
  desk.vendor.commit({ itemCode: ITEM, quantity: 1 }, { orderId: 6000 });
  desk.vendor.listed = (orders) => orders.map(thinRow).reverse();
  await desk.tick();
  desk.vendor.commit({ itemCode: ITEM, quantity: 1 }, { orderId: 4000 });
  await compareAgain(desk);
  await told(desk);
  expect(strangersIn(desk)).toEqual([4000]);
});

describe('a start', () => {
  it('finds more at CardPlusPay than the store knows, and stops purchases until an admin has looked', async () => {
    const desk = await openDesk();
    await desk.tick();
    const { orderId } = elsewhere(desk);
    const started = desk.newProcess();
    await started.recover();
    await started.tick();
    await started.tick();
    expect(await problemOf(quote(desk))).toMatchObject({ why: 'books_ahead' });
    expect(desk.board.kinds().sort()).toEqual(['stop', 'stranger']);
    expect(strangersIn(desk)).toEqual([orderId]);
    await started.resumePurchases(olga);
    await started.tick();
    expect((await quote(desk)).status).toBe('quoted');
  });

  it('buys nothing before it has compared, and stops there when the list runs ahead', async () => {
    const desk = await openDesk();
    const order = await quote(desk);
    await desk.tick();
    elsewhere(desk);
    const started = desk.newProcess();
    const after = await started.confirm(order.id, anna);
    expect(lastOf(after)).toMatchObject({
      status: 'failed',
      why: 'stopped',
      detail: 'books_ahead',
    });
    expect(desk.vendor.posts).toEqual([]);
  });

  it('buys nothing as long as the list cannot be read', async () => {
    const desk = await openDesk();
    desk.vendor.before = async (call) => {
      if (call === 'orders') throw vendorError('server', 'unknown');
    };
    expect(lastOf(await buy(desk))).toMatchObject({ status: 'failed', why: 'vendor_unreachable' });
    expect(desk.vendor.posts).toEqual([]);
  });

  it('does not stop over an order whose answer was lost', async () => {
    const desk = await openDesk();
    await desk.tick();
    await lose(desk);
    const started = desk.newProcess();
    await started.recover();
    await started.tick();
    expect((await quote(desk, { itemCode: OTHER_ITEM })).status).toBe('quoted');
    expect(strangersIn(desk)).toEqual([]);
  });

  it.each(['before', 'after'] as const)(
    'that dies %s any call while it compares loses no stranger, and stops all the same',
    async (when) => {
      for (let call = 1; ; call++) {
        const desk = await openDesk();
        await desk.tick();
        const { orderId } = elsewhere(desk);
        const mortal = createMortal({ call, when });
        const dying = desk.newProcess(mortal.wrap).tick();
        const end = await Promise.race([dying.then(() => 'finished'), mortal.died]);
        const started = desk.newProcess();
        await started.recover();
        for (let round = 0; round < 3; round++) await pass(desk, 6_000, [started]);
        expect(strangersIn(desk)).toEqual([orderId]);
        expect(await problemOf(quote(desk))).toMatchObject({ why: 'books_ahead' });
        if (end === 'finished') break;
      }
    },
  );

  /** One that people are asked about, or that a look did not find, as an old copy of the store has it. */
  const lostBefore = {
    async needs_review(desk: Desk) {
      desk.vendor.listed = (orders) => orders.map(thinRow).reverse();
      const { id } = await lose(desk);
      await pass(desk, 100_000);
      return desk.stored(id);
    },
    async not_found(desk: Desk) {
      const { id } = await lose(desk, { taken: false });
      await pass(desk, 6 * 60_000);
      return desk.stored(id);
    },
  };

  it.each(['needs_review', 'not_found'] as const)(
    'stops over an order that only one explains that is %s: what a restored backup has approved may be bought',
    async (status) => {
      const desk = await openDesk();
      await desk.tick();
      expect((await lostBefore[status](desk)).status).toBe(status);
      await compareAgain(desk);
      const approved = await quote(desk);
      // Bought by the bot whose store was lost, of whose records this one is an old copy.
      const { orderId } = desk.vendor.commit({ itemCode: ITEM, quantity: 1 });
      const posts = desk.vendor.posts.length;
      const restored = desk.newProcess();
      const after = await restored.confirm(approved.id, anna);
      expect(lastOf(after)).toMatchObject({ status: 'failed', why: 'stopped', detail: 'books_ahead' });
      await told(desk);
      expect(strangersIn(desk)).toEqual([orderId]);
      expect(desk.vendor.posts).toHaveLength(posts);
    },
  );

  it('does not stop over what people are asked about, by its number', async () => {
    const desk = await openDesk();
    await desk.tick();
    const { candidates } = await lostBefore.needs_review(desk);
    expect(candidates?.map(({ orderId }) => orderId)).toEqual([1001]);
    const started = desk.newProcess();
    await started.recover();
    await started.tick();
    expect((await quote(desk, { itemCode: OTHER_ITEM })).status).toBe('quoted');
    expect(strangersIn(desk)).toEqual([]);
  });
});
