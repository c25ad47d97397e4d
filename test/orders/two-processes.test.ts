import { randomBytes } from 'node:crypto';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import type { Order } from '../../src/orders/order.ts';
import { openStore } from '../../src/store/open.ts';
import { createScratchSchema } from '../postgres/scratch-schema.ts';
import { anna, type Desk, openDesk, problemOf, quote, statusesOf } from './desk.ts';
import { until } from './scripted-clock.ts';

const range = (length: number) => Array.from({ length }, (_, i) => i);
const BOUGHT_ONCE = ['quoted', 'approved', 'buying', 'bought', 'delivered'];

/** Two processes of the bot, each with a store of its own on one PostgreSQL; the desk is the first. */
async function openTwo() {
  const schema = await createScratchSchema();
  const encryptionKey = randomBytes(32).toString('base64');
  const stores = await Promise.all([1, 2].map(() => openStore({ url: schema.url, encryptionKey })));
  onTestFinished(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await schema.drop();
  });
  const [one, other] = stores;
  if (!one || !other) throw new Error('no stores');
  // Real random bytes: the same ones in both would make the same attempt ids.
  const desk = await openDesk({ store: one, ownsStore: false, random: randomBytes });
  const second = desk.newProcess((parts) => ({ ...parts, store: other }));
  return { desk, second };
}

/** Every step once, and the codes in one parcel, which Discord takes once however often it is sent. */
async function expectBoughtOnce(desk: Desk, { id }: Order): Promise<void> {
  const order = await desk.stored(id);
  expect(statusesOf(order)).toEqual(BOUGHT_ONCE);
  const parcels = desk.post.parcels.filter((parcel) => parcel.order.id === id);
  const messages = new Set(
    parcels.map(({ number, recipient, codes }) => JSON.stringify([number, recipient, codes])),
  );
  expect(messages.size).toBe(1);
  expect(parcels[0]?.codes).toHaveLength(1);
  expect(order.cards.every(({ deliveredAt }) => deliveredAt !== undefined)).toBe(true);
}

describe.skipIf(!inject('postgresUrl'))('two processes on one database', () => {
  it('that handle the same press at the same moment buy once, and one of them says it is decided', async () => {
    const { desk, second } = await openTwo();
    for (const round of range(10)) {
      const order = await quote(desk);
      const presses = [desk, second].map((process) => process.confirm(order.id, anna, () => {}));
      const ends = await Promise.all(presses.map(problemOf));
      expect(ends.filter((end) => end === 'no problem')).toHaveLength(1);
      expect(ends).toContainEqual(expect.objectContaining({ code: 'already_decided' }));
      expect(desk.vendor.posts).toHaveLength(round + 1);
      await expectBoughtOnce(desk, order);
    }
    expect(await desk.day(await quote(desk))).toEqual({ settled: '49', held: {} });
  });

  it('of which one takes up what the other is at buy once, at whatever step it comes in', async () => {
    const { desk, second } = await openTwo();
    // Each call to CardPlusPay and to Discord is a moment in which the other looks around.
    let isLooking = true;
    desk.vendor.before = () => Promise.race([second.lookAfter(), second.recover()]);
    desk.post.post = async () => {
      if (isLooking) await second.recover();
      return 'sent';
    };
    for (const round of range(10)) {
      const order = await quote(desk);
      const ahead = second.recover();
      const press = desk.confirm(order.id, anna, () => {});
      await Promise.all([press, ahead, second.lookAfter(), desk.lookAfter()]);
      await until(async () => (await desk.stored(order.id)).status === 'delivered');
      expect(desk.vendor.posts).toHaveLength(round + 1);
      await expectBoughtOnce(desk, order);
    }
    isLooking = false;
    // Otherwise the two never met.
    expect(desk.post.parcels.length).toBeGreaterThan(10);
    await Promise.all([desk.stop(1), second.stop(1)]);
    expect(await desk.day(await quote(desk))).toEqual({ settled: '49', held: {} });
  });
});
