import { describe, expect, it } from 'vitest';
import type { Commission } from '../../../src/orders/campaign-orders.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import { edit } from '../../store/with-the-key.ts';
import { EACH, part, people } from '../campaign.ts';
import { ben, buy, confirm, type Desk, lastOf, openDesk, quote } from '../desk.ts';
import { pass } from '../losing.ts';
import { ITEM, OTHER_ITEM, orderAnswer, vendorError } from '../vendor.ts';

/** So many cards of a campaign, bought for whoever claims them. */
async function pool(desk: Desk, cards: number, campaign = 'C'): Promise<Order> {
  const commission: Commission = {
    ...part(desk, people(cards)),
    recipients: [],
    campaign: { id: campaign, charged: EACH, pool: 0 },
  };
  return desk.carryOut((await desk.commission(commission)).id);
}

const countOf = (desk: Desk) => desk.countOnHand({ guild: 'guild', quote: { itemCode: ITEM } });
const codesFor = ({ post }: Desk, user: string) =>
  post.parcels.filter(({ recipient }) => recipient === user).flatMap(({ codes }) => codes.map(({ code }) => code));
const spoil = (desk: Desk, namespace: string, key: string) =>
  edit(desk.file, namespace, key, (record) => Object.assign(record, { x: 1 }));

/** A process that dies once an order is served, before its cards are taken over. */
async function dieServing(desk: Desk, { id }: Order): Promise<void> {
  const dying = desk.newProcess((outside) => ({
    ...outside,
    store: {
      ...outside.store,
      vault: (schema) => ({ ...outside.store.vault(schema), seal: () => new Promise(() => {}) }),
    },
  }));
  void dying.confirm(id, ben);
  await expect.poll(async () => (await desk.stored(id)).status).toBe('bought');
}

describe('odd cards on hand', () => {
  it('that CardPlusPay sold twice serve nobody with one code for two cards', async () => {
    const desk = await openDesk();
    const one = await pool(desk, 1, 'C');
    const codes = desk.vendor.committed[0]?.codes ?? [];
    desk.vendor.answer = async (request) => orderAnswer({ ...desk.vendor.commit(request), codes });
    const twin = await pool(desk, 1, 'D');
    desk.vendor.answer = async (request) => orderAnswer(desk.vendor.commit(request));
    for (const { id } of [one, twin]) await desk.putOnHand(id);
    expect(await countOf(desk)).toBe(2);
    const order = await buy(desk, { member: ben, quantity: 2 });
    expect(order).toMatchObject({ status: 'delivered', remote: { orderId: 1003 } });
    expect(new Set(codesFor(desk, 'ben')).size).toBe(2);
    expect((await buy(desk)).fromHand).toBeDefined();
  });

  it('are given to nobody before the account was compared: the store may be an old copy', async () => {
    const desk = await openDesk();
    await desk.tick();
    const { id } = await pool(desk, 1);
    await desk.putOnHand(id);
    const order = await quote(desk, { member: ben });
    // What the copy does not know of.
    desk.vendor.commit({ itemCode: OTHER_ITEM, quantity: 1 });
    const restored = desk.newProcess();
    await restored.confirm(order.id, ben);
    expect(lastOf(await desk.stored(order.id))).toMatchObject({ status: 'failed', why: 'stopped' });
    expect(codesFor(desk, 'ben')).toEqual([]);
    expect(await countOf(desk)).toBe(1);
  });

  it('stay where they are while CardPlusPay does not tell what the account has', async () => {
    const desk = await openDesk();
    const { id } = await pool(desk, 1);
    await desk.putOnHand(id);
    const order = await quote(desk, { member: ben });
    desk.vendor.before = async (call) => {
      if (call === 'orders') throw vendorError('network', 'unknown');
    };
    await desk.newProcess().confirm(order.id, ben);
    expect(lastOf(await desk.stored(order.id))).toMatchObject({ status: 'failed', why: 'vendor_unreachable' });
    expect(await countOf(desk)).toBe(1);
  });

  it('end an order that counts in a budget that cannot be read, as a purchase does', async () => {
    const desk = await openDesk();
    const { id } = await pool(desk, 1);
    await desk.putOnHand(id);
    const budgets = [{ scope: { kind: 'guild' as const }, period: 'month' as const, limit: '20' }];
    await desk.policies.change('guild', 'olga', (before) => ({ ...before, budgets }));
    const order = await desk.commission(part(desk, ['dora']));
    await desk.ledger.reserve({ key: 'guild/guild/month/2026-03', cap: '20' }, 'x', '1', async () => true);
    spoil(desk, 'budgets', 'guild/guild/month/2026-03');
    await desk.carryOut(order.id);
    expect(lastOf(await desk.stored(order.id))).toMatchObject({ status: 'failed', why: 'record_unreadable' });
    expect(await countOf(desk)).toBe(1);
  });

  it('of an order that cannot be read keep nobody from buying', async () => {
    const desk = await openDesk();
    const { id } = await pool(desk, 1);
    await desk.putOnHand(id);
    const served = await quote(desk, { member: ben });
    await dieServing(desk, served);
    spoil(desk, 'orders', served.id);
    expect(await buy(desk)).toMatchObject({ status: 'delivered', remote: { orderId: 1002 } });
  });

  it('reach their recipients also once the order that they were bought in cannot be read', async () => {
    const desk = await openDesk();
    const { id } = await pool(desk, 1);
    await desk.putOnHand(id);
    desk.post.post = async () => 'failed';
    const order = await quote(desk, { member: ben });
    await confirm(desk, order, ben);
    spoil(desk, 'orders', id);
    desk.post.post = async () => 'sent';
    await pass(desk, 30_000);
    expect((await desk.stored(order.id)).status).toBe('delivered');
  });
});
