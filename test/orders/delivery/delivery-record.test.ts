import { describe, expect, it } from 'vitest';
import { deliveryRecord } from '../../../src/orders/delivery/delivery-record.ts';
import { anna, buy, openDesk, quote } from '../desk.ts';

describe('the record of a delivery', () => {
  it('says of each recipient how many cards they have received, and when', async () => {
    const desk = await openDesk();
    const at = desk.clock.now();
    const order = await buy(desk, { quantity: 2 });
    expect(deliveryRecord(order)).toEqual([
      {
        user: 'anna',
        cards: 2,
        received: { count: 2, at },
        waiting: 0,
        toCome: 0,
        lastMessage: { how: 'sent', at, tries: 1 },
        shownAt: undefined,
      },
    ]);
  });

  it('says what waits and why, and when they have seen it', async () => {
    const desk = await openDesk();
    desk.post.post = async () => 'closed';
    const order = await buy(desk, { quantity: 2 });
    expect(deliveryRecord(order)).toMatchObject([
      { received: undefined, waiting: 2, lastMessage: { how: 'closed' }, shownAt: undefined },
    ]);
    desk.clock.advance(60_000);
    const seenAt = desk.clock.now();
    const seen = await desk.seen(await desk.reveal(order.id, anna));
    expect(deliveryRecord(seen)).toMatchObject([{ received: { count: 2, at: seenAt }, waiting: 0, shownAt: seenAt }]);
  });

  it('counts what CardPlusPay still owes', async () => {
    const desk = await openDesk();
    expect(deliveryRecord(await quote(desk, { quantity: 3 }))).toMatchObject([
      { cards: 3, received: undefined, waiting: 0, toCome: 3 },
    ]);
  });
});
