import { describe, expect, it } from 'vitest';
import type { Order } from '../../src/orders/model/order.ts';
import { tagsOf } from '../../src/orders/repository.ts';
import { anna, ask, ben, buy, cleo, confirm, type Desk, lastOf, olga, openDesk, problemOf, quote } from './desk.ts';
import { until } from './scripted-clock.ts';
import { ITEM } from './vendor.ts';

const toBen = { to: 'ben', message: 'Well done', receipt: 'private' } as const;
const openly = { to: 'ben', receipt: 'public' } as const;

const page = { limit: 10 };
const receivedBy = async (desk: Desk, member: typeof ben) =>
  (await desk.receivedBy(member, page)).orders.map(({ id }) => id);
const became = (desk: Desk, { id }: Order, status: Order['status']) =>
  until(async () => (await desk.stored(id)).status === status);

describe('a card that is sent to somebody', () => {
  it('is bought by its sender, and its code goes to its recipient alone', async () => {
    const desk = await openDesk();
    const order = await buy(desk, { gift: toBen });
    expect(order).toMatchObject({
      status: 'delivered',
      requester: 'anna',
      recipients: [{ user: 'ben', quantity: 1 }],
      gift: { message: 'Well done', receipt: 'private' },
    });
    expect(order.gift).not.toHaveProperty('to');
    expect(desk.post.parcels.map(({ recipient }) => recipient)).toEqual(['ben']);
    expect(await problemOf(desk.reveal(order.id, anna))).toEqual({ code: 'not_yours' });
    expect(await desk.actionsOf(order, anna)).toEqual([]);
    expect((await desk.reveal(order.id, ben)).codes).toHaveLength(1);
  });

  it('is in the list of what its recipient got, once there is a code, and among the orders of its sender', async () => {
    const desk = await openDesk();
    const own = await buy(desk, { member: ben });
    const order = await quote(desk, { gift: toBen });
    expect(await receivedBy(desk, ben)).toEqual([]);
    await confirm(desk, order);
    expect(await receivedBy(desk, ben)).toEqual([order.id]);
    expect(await receivedBy(desk, { ...ben, guild: 'another' })).toEqual([]);
    expect(await receivedBy(desk, anna)).toEqual([]);
    expect((await desk.ofMember(anna, page)).orders.map(({ id }) => id)).toEqual([order.id]);
    expect(tagsOf(own).filter((tag) => tag.startsWith('recipient/'))).toEqual([]);
  });

  it('is said to have arrived where it was sent, once, only where its sender chose that', async () => {
    const desk = await openDesk();
    await buy(desk, { gift: toBen });
    expect(desk.post.announced).toEqual([]);
    const order = await buy(desk, { gift: openly });
    await desk.newProcess().recover();
    expect(desk.post.announced).toEqual([{ id: order.id, what: 'arrived', mayBeOut: false }]);
  });

  it('waits for a recipient whose inbox is closed, who is told where, and its sender hears when they have it', async () => {
    const desk = await openDesk();
    desk.post.post = async () => 'closed';
    const order = await buy(desk, { gift: openly });
    expect(order.status).toBe('held');
    expect(desk.post.announced.map(({ what }) => what)).toEqual(['waits']);
    expect(desk.post.shown.at(-1)?.status).toBe('held');
    desk.clock.advance(60_000);
    await desk.seen(await desk.reveal(order.id, ben));
    expect(desk.post.announced.map(({ what }) => what)).toEqual(['waits', 'arrived']);
    expect(desk.post.told.map(({ status }) => status)).toEqual(['delivered']);
  });

  it('is announced by the next start when a process died before it was, which looks whether it is out', async () => {
    const desk = await openDesk();
    const dying = desk.newProcess((parts) => ({
      ...parts,
      mailbox: { ...parts.mailbox, announce: () => Promise.reject(new Error('died')) },
    }));
    const order = await quote(desk, { gift: openly });
    await expect(dying.confirm(order.id, anna)).rejects.toThrow('died');
    await desk.newProcess().recover();
    await expect.poll(() => desk.post.announced).toEqual([{ id: order.id, what: 'arrived', mayBeOut: true }]);
  });

  it('keeps its recipient and its words when the price rises', async () => {
    const desk = await openDesk();
    const order = await quote(desk, { gift: toBen });
    desk.vendor.prices[ITEM] = '6';
    expect((await confirm(desk, order)).status).toBe('repriced');
    const sequel = desk.post.sequels.at(-1);
    const offer = sequel && 'offer' in sequel ? sequel.offer : undefined;
    expect(offer).toMatchObject({
      status: 'quoted',
      requester: 'anna',
      recipients: [{ user: 'ben', quantity: 1 }],
      gift: { message: 'Well done', receipt: 'private' },
    });
    await confirm(desk, offer as Order);
    expect(desk.post.parcels.map(({ recipient }) => recipient)).toEqual(['ben']);
  });

  it('is not bought for somebody who has left since the quote', async () => {
    const desk = await openDesk();
    const order = await quote(desk, { gift: toBen });
    desk.guild.left.add('ben');
    expect(lastOf(await confirm(desk, order))).toMatchObject({
      status: 'failed',
      why: 'recipient_left',
    });
    expect(desk.vendor.posts).toEqual([]);
    expect((await desk.day(order)).held).toEqual({});
  });
});

describe('a card to be sent that needs an approval', () => {
  async function asked() {
    const desk = await openDesk();
    return { desk, order: await ask(desk, await quote(desk, { member: cleo, gift: toBen })) };
  }

  it('is not approved by whom it is for, but by another approver', async () => {
    const { desk, order } = await asked();
    const own = { code: 'own_approval', reference: order.reference };
    expect(await problemOf(desk.approve(order.id, ben))).toEqual(own);
    expect(await problemOf(desk.reject(order.id, ben, 'no'))).toEqual(own);
    await desk.approve(order.id, olga);
    await became(desk, order, 'delivered');
    expect(desk.post.parcels.map(({ recipient }) => recipient)).toEqual(['ben']);
  });

  it('tells its sender that it has arrived, for the code goes past them', async () => {
    const { desk, order } = await asked();
    await desk.approve(order.id, olga);
    await became(desk, order, 'delivered');
    await expect.poll(() => desk.post.told.map(({ status }) => status).at(-1)).toBe('delivered');
  });

  it('ends, and says why, when whom it is for has left before it is approved', async () => {
    const { desk, order } = await asked();
    desk.guild.left.add('ben');
    await desk.approve(order.id, olga);
    expect(lastOf(await desk.stored(order.id))).toMatchObject({
      status: 'rejected',
      by: 'cardigan',
      why: 'recipient_left',
    });
    expect(desk.vendor.posts).toEqual([]);
  });
});
