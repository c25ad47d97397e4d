import { describe, expect, it } from 'vitest';
import type { Commission } from '../../../src/orders/campaign-orders.ts';
import { prepareRestored } from '../../../src/orders/reconcile/restored/prepare.ts';
import { EACH, part, people } from '../campaign.ts';
import { anna, type Desk, lastOf, olga, openDesk, problemOf } from '../desk.ts';
import { lose } from '../losing.ts';
import { ITEM } from '../vendor.ts';

const pool = async (desk: Desk, cards: number) => {
  const commission: Commission = {
    ...part(desk, people(cards)),
    recipients: [],
    campaign: { id: 'C', charged: EACH, pool: 0 },
  };
  return desk.carryOut((await desk.commission(commission)).id);
};

const restored = ({ store, clock, outside }: Desk) =>
  prepareRestored({ store, copied: '2026-11-28 01:30 UTC', clock, random: outside.random });

describe('a restored copy', () => {
  it('gives nobody what was unclaimed when it was made: somebody may have claimed it since', async () => {
    const desk = await openDesk();
    const { id } = await pool(desk, 3);
    await desk.assign(id, 'ben');
    expect(await restored(desk)).toMatchObject({ withheld: 1, asked: 0, ended: 0 });
    const there = desk.newProcess();
    expect(await there.assign(id, 'cleo')).toBeUndefined();
    expect(lastOf(await desk.stored(id))).toMatchObject({ why: 'restored', by: 'operator' });
    // Who had theirs has it still.
    expect(await there.assign(id, 'ben')).toMatchObject({ id });
  });

  it('serves nobody from what was on hand: it is bought instead', async () => {
    const desk = await openDesk();
    const { id } = await pool(desk, 2);
    await desk.putOnHand(id);
    const wanted = { guild: 'guild', quote: (await desk.stored(id)).quote };
    expect(await desk.countOnHand(wanted)).toBe(2);
    await restored(desk);
    expect(await desk.newProcess().countOnHand(wanted)).toBe(0);
    // Once is enough.
    const { version } = await desk.stored(id);
    await restored(desk);
    expect((await desk.stored(id)).version).toBe(version);
  });
});

/** CardPlusPay has an order that the copy does not know, and a process has begun to serve the copy. */
async function withStranger(desk: Desk) {
  await restored(desk);
  const { orderId } = desk.vendor.commit({ itemCode: ITEM, quantity: 1 });
  const there = desk.newProcess();
  await there.recover();
  await there.tick();
  return { orderId, there };
}

const questionsIn = ({ board }: Desk) =>
  board.notices.flatMap(({ said: [first] }) => (first?.kind === 'stranger' && first.isAsked ? [first] : []));

describe('purchases of a restored copy', () => {
  it('stay stopped, and the question is asked, also where admins hear nothing else of the books', async () => {
    const desk = await openDesk();
    await desk.policies.change('guild', 'anna', (policy) => ({ ...policy, alertsOff: ['books', 'stop'] }));
    await desk.tick();
    const { orderId, there } = await withStranger(desk);
    await there.tick();
    expect(await problemOf(there.resumePurchases(olga))).toMatchObject({ code: 'restored_open', left: 1 });
    expect(questionsIn(desk).map(({ stranger }) => stranger.orderId)).toEqual([orderId]);
  });

  it('are resumed by no process that compared before, and has not since', async () => {
    const desk = await openDesk();
    await desk.tick();
    await restored(desk);
    desk.vendor.commit({ itemCode: ITEM, quantity: 1 });
    expect(await problemOf(desk.resumePurchases(olga))).toMatchObject({ code: 'restored_open', left: 1 });
  });

  it('are nobody’s to explain away who may be whose they are', async () => {
    const desk = await openDesk();
    await desk.tick();
    const lost = await lose(desk);
    const { orderId, there } = await withStranger(desk);
    const said = () => there.ignoreStranger(orderId, { ...anna, isAdmin: true });
    expect(questionsIn(desk).find(({ stranger }) => stranger.orderId === orderId)?.perhaps).toContain(lost.reference);
    expect(await problemOf(said())).toMatchObject({ code: 'own_review', reference: lost.reference });
    await there.ignoreStranger(orderId, olga);
  });
});
