import { randomBytes } from 'node:crypto';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import type { Order } from '../../src/orders/model/order.ts';
import { codesIn } from '../../src/orders/model/raw-answer.ts';
import { openStore } from '../../src/store/open.ts';
import { createScratchSchema } from '../postgres/scratch-schema.ts';
import { anna, type Desk, openDesk, problemOf, quote, statusesOf } from './desk.ts';
import { until } from './scripted-clock.ts';
import { orderAnswer } from './vendor.ts';

const range = (length: number) => Array.from({ length }, (_, i) => i);
const BOUGHT_ONCE = ['quoted', 'approved', 'buying', 'bought', 'delivered'];

/**
 * Two processes of the bot, each with a store of its own on one PostgreSQL; the desk is the first. `beforeSeal` comes
 * before the second one writes to the vault.
 */
async function openTwo(beforeSeal = async (_desk: Desk, _order: string): Promise<void> => {}) {
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
  const vault: typeof other.vault = (schema) => {
    const real = other.vault(schema);
    const seal: typeof real.seal = async (id, entry) => {
      await beforeSeal(desk, id);
      await real.seal(id, entry);
    };
    return { ...real, seal };
  };
  const second = desk.newProcess((parts) => ({ ...parts, store: { ...other, vault } }));
  return { desk, second };
}

/** Every step once, and the codes in one parcel, which Discord takes once however often it is sent. */
async function expectBoughtOnce(desk: Desk, { id }: Order): Promise<void> {
  const order = await desk.stored(id);
  expect(statusesOf(order)).toEqual(BOUGHT_ONCE);
  const parcels = desk.post.parcels.filter((parcel) => parcel.order.id === id);
  const messages = new Set(parcels.map(({ number, recipient, codes }) => JSON.stringify([number, recipient, codes])));
  expect(messages.size).toBe(1);
  expect(parcels[0]?.codes).toHaveLength(1);
  expect(order.cards.every(({ deliveredAt }) => deliveredAt !== undefined)).toBe(true);
}

describe.skipIf(!inject('postgresUrl'))('two processes on one database', () => {
  it('that handle the same press at the same moment buy once, and one of them says it is decided', async () => {
    const { desk, second } = await openTwo();
    for (const round of range(10)) {
      const order = await quote(desk);
      const presses = [desk, second].map((process) => process.confirm(order.id, anna));
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
    desk.vendor.before = () => Promise.race([second.tick(), second.recover()]);
    desk.post.post = async () => {
      if (isLooking) await second.recover();
      return 'sent';
    };
    for (const round of range(10)) {
      const order = await quote(desk);
      const ahead = second.recover();
      const press = desk.confirm(order.id, anna);
      await Promise.all([press, ahead, second.tick(), desk.tick()]);
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

  /** A purchase whose answer reaches the first process only when the second has found the order already. */
  async function loseToTheSecond(
    { desk, second }: Awaited<ReturnType<typeof openTwo>>,
    { codes: answeredCodes, answered }: { codes: number; answered: Promise<void> },
  ) {
    desk.vendor.answer = async (request) => {
      const committed = desk.vendor.commit(request);
      await answered;
      return orderAnswer({ ...committed, codes: committed.codes.slice(0, answeredCodes) });
    };
    const order = await quote(desk, { quantity: 2 });
    const press = desk.confirm(order.id, anna);
    await until(() => desk.vendor.committed.length > 0);
    await until(async () => {
      desk.clock.advance(90_000);
      await second.tick();
      return (await desk.stored(order.id)).status === 'delivered';
    });
    return { order, press };
  }

  const inVault = async (desk: Desk, id: string) => codesIn((await desk.vault.open(id)) ?? { later: [] }, 1001);

  it('of which the first hears of its purchase last keep the codes that the second has found', async () => {
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    const two = await openTwo();
    const { order, press } = await loseToTheSecond(two, { codes: 1, answered });
    answer();
    expect((await press).status).toBe('delivered');
    const kept = await inVault(two.desk, order.id);
    expect(kept.map(({ code }) => code)).toEqual(['SECRET-1001-0', 'SECRET-1001-1']);
    expect(kept[0]?.metadata).toEqual([{ name: 'Pin', value: 'PIN-1001-0' }]);
    expect(two.desk.vendor.posts).toHaveLength(1);
    expect(two.desk.post.parcels).toHaveLength(1);
  });

  it('of which the first hears of its purchase just when the second seals thinner codes keep the PINs', async () => {
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    const two = await openTwo(async (desk, id) => {
      answer();
      await until(async () => (await desk.vault.open(id))?.answer);
    });
    const { order, press } = await loseToTheSecond(two, { codes: 2, answered });
    expect((await press).status).toBe('delivered');
    const kept = await inVault(two.desk, order.id);
    expect(kept.map(({ metadata }) => metadata[0]?.value)).toEqual(['PIN-1001-0', 'PIN-1001-1']);
  });
});
