import { describe, expect, it } from 'vitest';
import type { Commission } from '../../src/orders/campaign-orders.ts';
import type { Order } from '../../src/orders/model/order.ts';
import { tagsOf } from '../../src/orders/repository.ts';
import { EACH, give, part, people, shown } from './campaign.ts';
import { anna, ben, type Desk, lastOf, openDesk, problemOf } from './desk.ts';
import { pass } from './losing.ts';
import { createMortal } from './mortal.ts';
import { orderAnswer } from './vendor.ts';

const DAY = 24 * 60 * 60_000;

/** So many cards, bought for whoever claims them. */
async function pool(desk: Desk, cards: number, campaign = 'C', number = 0): Promise<Order> {
  const commission: Commission = {
    ...part(desk, people(cards)),
    recipients: [],
    campaign: { id: campaign, charged: EACH, pool: number },
  };
  return desk.carryOut((await desk.commission(commission)).id);
}
const inPool = ({ cards }: Order) => cards.filter(({ recipient }) => recipient === undefined);

describe('cards that were bought before anybody claimed them', () => {
  it('are sent to nobody, listed for nobody, and are nothing that a process goes on looking after', async () => {
    const desk = await openDesk();
    const order = await pool(desk, 3);
    expect(order).toMatchObject({ status: 'bought', recipients: [] });
    expect(inPool(order)).toHaveLength(3);
    expect(tagsOf(order).filter((tag) => /^(recipient\/|passing)/.test(tag))).toEqual([]);
    await pass(desk, 60_000);
    await desk.newProcess().recover();
    desk.clock.advance(60 * DAY);
    await desk.tick();
    expect(await desk.stored(order.id)).toEqual(order);
    expect(desk.post.parcels).toEqual([]);
    expect(await problemOf(desk.reveal(order.id, anna))).toEqual({ code: 'not_yours' });
    expect(await problemOf(desk.resend(order.id, { ...anna, isAdmin: true }))).toMatchObject({
      code: 'nothing_to_resend',
    });
  });

  it('are on record once a minute for each who has theirs shown, whoever presses in between', async () => {
    const desk = await openDesk();
    const order = await pool(desk, 2);
    for (const user of ['ben', 'cleo']) await desk.assign(order.id, user);
    for (let times = 0; times < 5; times++)
      for (const user of ['ben', 'cleo']) await desk.seen(await desk.reveal(order.id, { ...anna, user }));
    const { history } = await desk.stored(order.id);
    expect(history.flatMap(({ why, by }) => (why === 'revealed' ? by : []))).toEqual(['ben', 'cleo']);
  });

  it('are bought once, however often they are asked for', async () => {
    const desk = await openDesk();
    const [first, again] = [await pool(desk, 2), await pool(desk, 2)];
    expect(again.id).toBe(first.id);
    expect(desk.vendor.committed).toHaveLength(1);
  });

  it('are made out to nobody beforehand', async () => {
    const desk = await openDesk();
    const campaign = { id: 'C', charged: EACH, pool: 0 };
    await expect(desk.commission(part(desk, ['ben'], { campaign }))).rejects.toThrow(RangeError);
  });

  it('go to who claims them, one each, and the same one when they press again', async () => {
    const desk = await openDesk();
    const order = await pool(desk, 2);
    const after = await desk.assign(order.id, 'ben');
    expect(after).toMatchObject({ status: 'bought', recipients: [{ user: 'ben', quantity: 1 }] });
    expect(lastOf(after as Order)).toMatchObject({ why: 'to_reveal' });
    expect(after?.history.map(({ why, by }) => [why, by])).toContainEqual(['claimed', 'ben']);
    await desk.assign(order.id, 'ben');
    await desk.newProcess().assign(order.id, 'ben');
    const codes = await shown(desk, order, 'ben');
    expect(codes).toHaveLength(1);
    expect(await shown(desk, order, 'ben')).toEqual(codes);
    expect((await desk.receivedBy(ben, { limit: 5 })).orders.map(({ id }) => id)).toEqual([order.id]);
    const last = await desk.assign(order.id, 'cleo');
    expect(last).toMatchObject({ status: 'held' });
    await shown(desk, order, 'cleo');
    expect((await desk.stored(order.id)).status).toBe('delivered');
    expect(desk.post.parcels).toEqual([]);
    expect(await desk.assign(order.id, 'dora')).toBeUndefined();
  });

  it('go to as many as there are, each to one, when a hundred press at once on two processes', async () => {
    const desk = await openDesk();
    const order = await pool(desk, 20);
    const processes = [desk, desk.newProcess()];
    const presses = people(100).flatMap((user) => processes.map((process) => process.assign(order.id, user)));
    const winners = (await Promise.all(presses)).filter((each) => each !== undefined);
    expect(winners).toHaveLength(40);
    const { cards, recipients } = await desk.stored(order.id);
    expect(new Set(cards.map(({ recipient }) => recipient)).size).toBe(20);
    expect(recipients.map(({ quantity }) => quantity)).toEqual(Array(20).fill(1));
    const seen = await Promise.all(recipients.map(({ user }) => shown(desk, order, user)));
    const codes = seen.flat().map(({ code }) => code);
    expect([codes.length, new Set(codes).size]).toEqual([20, 20]);
    expect((await desk.stored(order.id)).status).toBe('delivered');
    expect(desk.vendor.committed).toHaveLength(1);
  });

  it('are one for each member, of whichever order of the campaign', async () => {
    const desk = await openDesk();
    const [first, second] = [await pool(desk, 2), await pool(desk, 2, 'C', 1)];
    await desk.assign(first.id, 'ben');
    expect((await desk.assign(second.id, 'ben'))?.id).toBe(first.id);
    expect(inPool(await desk.stored(second.id))).toHaveLength(2);
    const given = await give(desk, ['cleo']);
    expect((await desk.assign(second.id, 'cleo'))?.id).toBe(given.id);
    const elsewhere = await pool(desk, 1, 'D');
    expect((await desk.assign(elsewhere.id, 'ben'))?.id).toBe(elsewhere.id);
  });

  it('wait for who claimed them to reveal them, while the others are still there', async () => {
    const desk = await openDesk();
    const order = await pool(desk, 2);
    expect(await desk.assign(order.id, 'ben')).toMatchObject({ status: 'bought' });
    await shown(desk, order, 'ben');
    expect(await desk.assign(order.id, 'cleo')).toMatchObject({ status: 'held' });
    await shown(desk, order, 'cleo');
    expect((await desk.stored(order.id)).status).toBe('delivered');
  });

  it('are fixed before anything is shown: whenever a process dies, the same one is seen', async () => {
    for (const when of ['before', 'after'] as const) {
      for (let call = 1; ; call++) {
        const desk = await openDesk();
        const order = await pool(desk, 2);
        const mortal = createMortal({ call, when });
        const press = desk.newProcess(mortal.wrap).assign(order.id, 'ben');
        const end = await Promise.race([press.then(() => 'finished'), mortal.died]);
        await desk.newProcess().tick();
        await desk.assign(order.id, 'ben');
        const after = await desk.stored(order.id);
        expect(inPool(after)).toHaveLength(1);
        const codes = await shown(desk, order, 'ben');
        expect(codes).toHaveLength(1);
        expect(await shown({ ...desk, ...desk.newProcess() }, order, 'ben')).toEqual(codes);
        if (end === 'finished') break;
      }
    }
  });

  it('are given to nobody more once their campaign is over', async () => {
    const desk = await openDesk();
    const order = await pool(desk, 3);
    await desk.assign(order.id, 'ben');
    await desk.putOnHand(order.id);
    await desk.newProcess().putOnHand(order.id);
    expect(await desk.assign(order.id, 'cleo')).toBeUndefined();
    const after = await desk.stored(order.id);
    expect(after).toMatchObject({ status: 'bought', recipients: [{ user: 'ben', quantity: 1 }] });
    expect(after.history.filter(({ why }) => why === 'on_hand')).toMatchObject([{ by: 'cardigan' }]);
    expect(await shown(desk, order, 'ben')).toHaveLength(1);
  });

  it('are there to be claimed as they come, where CardPlusPay hands them over later', async () => {
    const desk = await openDesk();
    desk.vendor.answer = async (request) => {
      const bought = desk.vendor.commit(request);
      return orderAnswer({ ...bought, codes: bought.codes.slice(0, 1) });
    };
    const order = await pool(desk, 2);
    expect(order.cards).toHaveLength(1);
    await desk.assign(order.id, 'ben');
    expect(await desk.assign(order.id, 'cleo')).toBeUndefined();
    await pass(desk, 60_000);
    expect(await desk.assign(order.id, 'cleo')).toMatchObject({ status: 'held' });
    expect(await shown(desk, order, 'cleo')).toHaveLength(1);
  });

  it('are purged only once all of them have reached somebody', async () => {
    const desk = await openDesk();
    const order = await pool(desk, 2);
    await desk.assign(order.id, 'ben');
    const months = async () => {
      for (let day = 0; day < 40; day++) {
        desk.clock.advance(DAY);
        await desk.tick();
      }
    };
    await months();
    expect((await desk.stored(order.id)).purgedAt).toBeUndefined();
    await desk.assign(order.id, 'cleo');
    await months();
    expect((await desk.stored(order.id)).purgedAt).toBeUndefined();
    for (const user of ['ben', 'cleo']) expect(await shown(desk, order, user)).toHaveLength(1);
    await months();
    expect((await desk.stored(order.id)).purgedAt).toBeDefined();
    expect(await desk.vault.open(order.id)).toBeUndefined();
  });
});
