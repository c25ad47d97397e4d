import { describe, expect, it } from 'vitest';
import type { Order } from '../../src/orders/model/order.ts';
import { createOrderRepository } from '../../src/orders/repository.ts';
import { give, part, people, shown } from './campaign.ts';
import { anna, ben, type Desk, lastOf, openDesk, problemOf, statusesOf } from './desk.ts';
import { createMortal } from './mortal.ts';
import { until } from './scripted-clock.ts';
import { ITEM, orderAnswer } from './vendor.ts';

const ended = (desk: Desk, { id }: Pick<Order, 'id'>) => until(async () => (await desk.stored(id)).status === 'held');
const ordersOf = async (desk: Desk, tag: `campaign/${string}` = 'campaign/C') =>
  (await createOrderRepository(desk.orderRecords).listed(tag, { limit: 100 })).orders.map(({ id }) => id);

describe('an order of a campaign', () => {
  it('is approved when it is made, for the campaign was, and is bought without a question', async () => {
    const desk = await openDesk();
    const order = await desk.commission(part(desk, ['ben', 'cleo']));
    expect(order).toMatchObject({ status: 'approved', approvedAt: desk.clock.now(), version: 1 });
    expect(order.history).toMatchObject([
      { status: 'quoted', by: 'anna', why: 'asked' },
      { status: 'approved', by: 'cardigan', why: 'campaign' },
    ]);
    expect(await ordersOf(desk, 'campaign/C/open')).toEqual([order.id]);
    const after = await desk.carryOut(order.id);
    expect(statusesOf(after)).toContain('buying');
    expect(after.status).toBe('held');
    for (const user of ['ben', 'cleo']) expect(await shown(desk, order, user)).toHaveLength(1);
    expect((await desk.stored(order.id)).status).toBe('delivered');
    expect(desk.post.parcels).toEqual([]);
    expect(await ordersOf(desk)).toEqual([order.id]);
    expect(await ordersOf(desk, 'campaign/C/open')).toEqual([]);
  });

  it('brings a hundred members one card each, of one purchase', async () => {
    const desk = await openDesk();
    const order = await give(desk, people(100));
    expect(order.status).toBe('held');
    expect(desk.vendor.posts).toHaveLength(1);
    expect(order.history.filter(({ why }) => why === 'to_reveal')).toHaveLength(1);
    const seen = await Promise.all(people(100).map((user) => shown(desk, order, user)));
    expect(seen.map(({ length }) => length)).toEqual(Array(100).fill(1));
    expect(new Set(seen.flat().map(({ code }) => code)).size).toBe(100);
    expect((await desk.stored(order.id)).status).toBe('delivered');
  });

  it('is taken up by the next start when a process died between making it and buying it', async () => {
    const desk = await openDesk();
    const order = await desk.commission(part(desk, ['ben']));
    await desk.newProcess().recover();
    await ended(desk, order);
    expect(desk.vendor.posts).toHaveLength(1);
  });

  it('is one order, whenever the process that makes it dies, and is made again', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let call = 1; ; call++) {
        const desk = await openDesk();
        const mortal = createMortal({ call, when });
        const dying = desk.newProcess(mortal.wrap);
        const made = dying.commission(part(desk, ['ben'])).then(({ id }) => dying.carryOut(id));
        const end = await Promise.race([made.then(() => 'finished'), mortal.died]);
        const process = desk.newProcess();
        await process.recover();
        const again = await process.commission(part(desk, ['ben']));
        const after = await process.carryOut(again.id);
        expect(['held', 'unconfirmed']).toContain(after.status);
        expect(await ordersOf(desk)).toEqual([after.id]);
        expect(desk.vendor.posts.length).toBeLessThanOrEqual(1);
        if (after.status === 'held') expect(await shown(desk, after, 'ben')).toHaveLength(1);
        await process.stop(1);
        if (end === 'finished') break;
      }
    }
  });

  it('is not made where somebody gets their card by another one of the campaign, which is given back', async () => {
    const desk = await openDesk();
    const first = await desk.commission(part(desk, ['ben', 'cleo']));
    const second = await desk.commission(part(desk, ['cleo', 'dora']));
    expect(second.id).toBe(first.id);
    expect(await ordersOf(desk)).toEqual([first.id]);
    const both = [part(desk, ['dora']), part(desk, ['dora'])].map((each) => desk.commission(each));
    const [one, other] = await Promise.all(both);
    expect(one?.id).toBe(other?.id);
    const another = { id: 'D', charged: first.quote.charged };
    const elsewhere = await desk.commission(part(desk, ['cleo'], { campaign: another }));
    expect(elsewhere.id).not.toBe(first.id);
  });

  it('is never told of by itself: its campaign tells its requester how it goes', async () => {
    const desk = await openDesk();
    const order = await give(desk, ['ben'], { gift: { receipt: 'public' } });
    expect(order.status).toBe('held');
    await desk.seen(await desk.reveal(order.id, ben));
    expect((await desk.stored(order.id)).status).toBe('delivered');
    await desk.newProcess().recover();
    const { told, shown, announced } = desk.post;
    expect([told, shown, announced]).toEqual([[], [], []]);
    expect((await desk.receivedBy(ben, { limit: 5 })).orders.map(({ id }) => id)).toEqual([order.id]);
    expect((await desk.ofMember(anna, { limit: 5 })).orders.map(({ id }) => id)).toEqual([order.id]);
  });

  it('ends when the price has risen, and nothing is offered in its place', async () => {
    const desk = await openDesk();
    desk.vendor.prices[ITEM] = '6';
    const order = await give(desk, ['ben']);
    expect(lastOf(order)).toMatchObject({ status: 'repriced', why: 'price_rose' });
    await desk.newProcess().recover();
    await desk.tick();
    expect((await desk.ofMember(anna, { limit: 5 })).orders.map(({ id }) => id)).toEqual([order.id]);
    expect(desk.post.told).toEqual([]);
  });

  it('tells the admins all the same when CardPlusPay charges more', async () => {
    const desk = await openDesk();
    desk.vendor.answer = async (request) => orderAnswer(desk.vendor.commit(request, { amount: '12' }));
    await give(desk, ['ben']);
    await desk.tick();
    await expect.poll(desk.board.kinds).toEqual(['charged_more']);
  });

  it('gives its places back when nothing was charged, so that those people can have another', async () => {
    const desk = await openDesk();
    desk.vendor.inStock = false;
    const first = await give(desk, ['ben']);
    expect(lastOf(first)).toMatchObject({ status: 'failed', why: 'out_of_stock' });
    desk.vendor.inStock = true;
    const second = await give(desk, ['ben']);
    expect(second).toMatchObject({ status: 'held' });
    expect(second.id).not.toBe(first.id);
  });

  it('is not made while purchases are stopped', async () => {
    const desk = await openDesk();
    await desk.stopPurchases({ ...anna, isAdmin: true }, 'a look at the books');
    expect(await problemOf(desk.commission(part(desk, ['ben'])))).toMatchObject({
      code: 'purchases_stopped',
    });
    expect(await ordersOf(desk)).toEqual([]);
  });

  it('has as many cards as CardPlusPay sells at once at most, and one for each recipient', async () => {
    const desk = await openDesk();
    await expect(desk.commission(part(desk, people(101)))).rejects.toThrow(RangeError);
    const recipients = [{ user: 'ben', quantity: 1 }];
    const lacking = part(desk, ['ben', 'cleo'], { recipients });
    await expect(desk.commission(lacking)).rejects.toThrow('a card for each recipient');
  });
});
