import { describe, expect, it } from 'vitest';
import type { Commission } from '../../src/orders/campaign-orders.ts';
import type { Order } from '../../src/orders/model/order.ts';
import { tagsOf } from '../../src/orders/repository.ts';
import { EACH, give, part, people } from './campaign.ts';
import { anna, ben, type Desk, lastOf, openDesk, problemOf } from './desk.ts';
import { pass } from './losing.ts';
import { createMortal } from './mortal.ts';
import { until } from './scripted-clock.ts';
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
const broughtTo = ({ post }: Desk, user: string) =>
  post.parcels.filter(({ recipient }) => recipient === user).flatMap(({ codes }) => codes);
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
    expect(lastOf(after as Order)).toMatchObject({ why: 'dm_sent' });
    expect(after?.history.map(({ why, by }) => [why, by])).toContainEqual(['claimed', 'ben']);
    await desk.assign(order.id, 'ben');
    await desk.newProcess().assign(order.id, 'ben');
    expect(broughtTo(desk, 'ben')).toHaveLength(1);
    const { codes } = await desk.reveal(order.id, ben);
    expect(codes).toEqual(broughtTo(desk, 'ben'));
    expect((await desk.receivedBy(ben, { limit: 5 })).orders.map(({ id }) => id)).toEqual([order.id]);
    const last = await desk.assign(order.id, 'cleo');
    expect(last).toMatchObject({ status: 'delivered' });
    expect(await desk.assign(order.id, 'dora')).toBeUndefined();
  });

  it('go to as many as there are, each to one, when a hundred press at once on two processes', async () => {
    const desk = await openDesk();
    const order = await pool(desk, 20);
    const processes = [desk, desk.newProcess()];
    const presses = people(100).flatMap((user) => processes.map((process) => process.assign(order.id, user)));
    const winners = (await Promise.all(presses)).filter((each) => each !== undefined);
    expect(winners).toHaveLength(40);
    await until(async () => (await desk.stored(order.id)).status === 'delivered');
    const { cards, recipients } = await desk.stored(order.id);
    expect(new Set(cards.map(({ recipient }) => recipient)).size).toBe(20);
    expect(recipients.map(({ quantity }) => quantity)).toEqual(Array(20).fill(1));
    const codes = recipients.flatMap(({ user }) => [...new Set(broughtTo(desk, user).map(({ code }) => code))]);
    expect([codes.length, new Set(codes).size]).toEqual([20, 20]);
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

  it('wait for who claimed them behind a closed inbox, while the others are still there', async () => {
    const desk = await openDesk();
    const order = await pool(desk, 2);
    desk.post.post = async () => 'closed';
    expect(await desk.assign(order.id, 'ben')).toMatchObject({ status: 'bought' });
    desk.post.post = async () => 'sent';
    expect(await desk.assign(order.id, 'cleo')).toMatchObject({ status: 'held' });
    await desk.seen(await desk.reveal(order.id, ben));
    expect((await desk.stored(order.id)).status).toBe('delivered');
  });

  it('reach who claimed one while another one was on its way', async () => {
    const desk = await openDesk();
    const order = await pool(desk, 2);
    const { promise: taken, resolve: take } = Promise.withResolvers<'sent'>();
    desk.post.post = async () => taken;
    const first = desk.assign(order.id, 'ben');
    await until(() => desk.post.parcels.length === 1);
    const second = desk.assign(order.id, 'cleo');
    await until(async () => inPool(await desk.stored(order.id)).length === 0);
    take('sent');
    await Promise.all([first, second]);
    expect([broughtTo(desk, 'ben').length, broughtTo(desk, 'cleo').length]).toEqual([1, 1]);
    expect((await desk.stored(order.id)).status).toBe('delivered');
  });

  it('are fixed before anything is sent: whenever a process dies, the same one arrives once', async () => {
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
        expect(new Set(broughtTo(desk, 'ben').map(({ code }) => code)).size).toBe(1);
        expect(desk.post.parcels.every(({ mayBeOut }) => mayBeOut)).toBe(true);
        if (end === 'finished') break;
      }
    }
  });

  it('go to one person when nobody claims them, who may have claimed one too', async () => {
    const desk = await openDesk();
    const [first, second] = [await pool(desk, 3), await pool(desk, 3, 'C', 1)];
    await desk.assign(first.id, 'ben');
    await desk.assign(first.id, 'anna');
    const closed = await desk.assignRest(first.id, 'anna');
    expect(closed.status).toBe('delivered');
    expect(closed.recipients).toEqual([
      { user: 'ben', quantity: 1 },
      { user: 'anna', quantity: 2 },
    ]);
    await desk.assignRest(first.id, 'anna');
    // It is no card that the campaign gave, so it is in the way of no other.
    const rest = await desk.assignRest(second.id, 'anna');
    expect(rest.recipients).toEqual([{ user: 'anna', quantity: 3, rest: true }]);
    expect(broughtTo(desk, 'anna')).toHaveLength(5);
    expect(desk.post.parcels.map(({ codes }) => codes.length)).toEqual([1, 1, 1, 3]);
    const { numbers } = await desk.reveal(first.id, anna);
    expect(numbers).toEqual([1, 2]);
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
    expect(await desk.assign(order.id, 'cleo')).toMatchObject({ status: 'delivered' });
    expect(broughtTo(desk, 'cleo')).toHaveLength(1);
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
    await desk.assignRest(order.id, 'anna');
    expect(broughtTo(desk, 'anna')).toHaveLength(1);
    await months();
    expect((await desk.stored(order.id)).purgedAt).toBeDefined();
    expect(await desk.vault.open(order.id)).toBeUndefined();
  });
});
