import { describe, expect, it } from 'vitest';
import { anna, ben, buy, openDesk, problemOf, quote } from '../desk.ts';

async function held() {
  const desk = await openDesk();
  desk.post.post = async () => 'closed';
  return { desk, order: await buy(desk) };
}

describe('Reveal', () => {
  it('shows a recipient their codes with everything that belongs to them', async () => {
    const { desk, order } = await held();
    expect((await desk.reveal(order.id, anna)).codes).toEqual([
      { code: 'SECRET-1001-0', metadata: [{ name: 'Pin', value: 'PIN-1001-0' }] },
    ]);
  });

  it('is for the recipient only, not for an admin', async () => {
    const { desk, order } = await held();
    expect(await problemOf(desk.reveal(order.id, ben))).toEqual({ code: 'not_yours' });
    expect(await problemOf(desk.reveal('nothing', anna))).toEqual({ code: 'order_unknown' });
  });

  it('is recorded before anything is shown; if that fails, nothing is shown', async () => {
    const { desk, order } = await held();
    const broken = desk.newProcess((parts) => {
      const records: typeof parts.store.records = (namespace, schema) => ({
        ...parts.store.records(namespace, schema),
        write: () => Promise.reject(new Error('disk is full')),
      });
      return { ...parts, store: { ...parts.store, records } };
    });
    await expect(broken.reveal(order.id, anna)).rejects.toThrow('disk is full');
    desk.clock.advance(1000);
    await desk.reveal(order.id, anna);
    expect((await desk.stored(order.id)).history.at(-1)).toEqual({
      at: desk.clock.now(),
      by: 'anna',
      status: 'held',
      why: 'revealed',
    });
  });

  it('counts as delivered only once the codes are before their eyes', async () => {
    const { desk, order } = await held();
    const revealed = await desk.reveal(order.id, anna);
    expect((await desk.stored(order.id)).status).toBe('held');
    const done = await desk.seen(revealed);
    expect(done.history.at(-1)).toMatchObject({ by: 'anna', status: 'delivered', why: 'received' });
    expect(done.cards[0]?.deliveredAt).toBe(desk.clock.now());
  });

  it('again after delivery shows them again, and records that too', async () => {
    const desk = await openDesk();
    const order = await buy(desk);
    const again = await desk.reveal(order.id, anna);
    expect(again.codes).toHaveLength(1);
    const { status, history } = await desk.seen(again);
    expect([status, history.at(-1)?.why]).toEqual(['delivered', 'revealed']);
  });

  it('says so when there is nothing to show yet', async () => {
    const desk = await openDesk();
    const order = await quote(desk);
    expect(await problemOf(desk.reveal(order.id, anna))).toEqual({
      code: 'nothing_to_reveal',
      reference: order.reference,
    });
  });
});
