import { randomBytes } from 'node:crypto';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import type { Order } from '../../src/orders/model/order.ts';
import { codesIn } from '../../src/orders/model/raw-answer.ts';
import { FLIGHTS_OF_A_LANE } from '../../src/orders/purchase/gate.ts';
import { OTHERS_STEP_WITHIN_MS } from '../../src/orders/reconcile/recover.ts';
import { openStore } from '../../src/store/open.ts';
import { createScratchSchema } from '../postgres/scratch-schema.ts';
import { anna, buyer, type Desk, openDesk, problemOf, quote, statusesOf } from './desk.ts';
import type { Outside } from './outside.ts';
import { until } from './scripted-clock.ts';
import { orderAnswer } from './vendor.ts';

const range = (length: number) => Array.from({ length }, (_, i) => i);
const BOUGHT_ONCE = ['quoted', 'approved', 'buying', 'bought', 'delivered'];

/**
 * Two processes of the bot, each with a store of its own on one PostgreSQL; the desk is the first. `beforeSeal` comes
 * before the second one writes to the vault. `aheadMs`: so much later it is for the second one.
 */
async function openTwo(beforeSeal = async (_desk: Desk, _order: string): Promise<void> => {}, aheadMs = 0) {
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
  const desk = await openDesk({ store: one, ownsStore: false, hasPeers: true, random: randomBytes });
  const vault: typeof other.vault = (schema) => {
    const real = other.vault(schema);
    const seal: typeof real.seal = async (id, entry) => {
      await beforeSeal(desk, id);
      await real.seal(id, entry);
    };
    return { ...real, seal };
  };
  const clock = { ...desk.outside.clock, now: () => desk.clock.now() + aheadMs };
  const second = desk.newProcess((parts) => ({ ...parts, clock, store: { ...other, vault } }));
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
    // To it everything was left long ago, though the first one is at it.
    const { desk, second } = await openTwo(undefined, OTHERS_STEP_WITHIN_MS);
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

  it('of which one leaves alone what the other is at: nothing is checked, sent or told twice', async () => {
    const { desk, second } = await openTwo();
    let [looks, isLooking] = [0, false];
    /** What the two ask of CardPlusPay. */
    const calls: string[] = [];
    const look = async () => {
      if (isLooking) return;
      looks++;
      isLooking = true;
      await Promise.all([second.tick(), second.recover()]);
      await second.settled();
      isLooking = false;
    };
    // Each compares the account once.
    await desk.tick();
    await second.tick();
    desk.vendor.before = async (call) => {
      calls.push(call);
      await look();
    };
    desk.post.post = async () => {
      await look();
      return 'sent';
    };
    const orders = [];
    for (const at of range(3)) {
      const order = await quote(desk, { member: buyer(at) });
      calls.splice(0);
      expect((await desk.confirm(order.id, buyer(at))).status).toBe('delivered');
      expect(calls.toSorted()).toEqual(['balance', 'checkStock', 'createOrder', 'orders']);
      orders.push(order);
    }
    expect(looks).toBeGreaterThan(8);
    expect(desk.post.parcels).toHaveLength(3);
    for (const order of orders) await expectBoughtOnce(desk, order);
  });

  it('of which one goes on after a while with what the other died over, and tells what it did not come to', async () => {
    const { desk, second } = await openTwo();
    // Each of these asks one thing of the outside that never comes back, as after its death.
    const never = () => new Promise<never>(() => {});
    const died = (change: (parts: Outside) => Partial<Outside>) =>
      desk.newProcess((parts) => ({ ...parts, ...change(parts) }));
    const approved = await quote(desk);
    const checking = died(({ giftCards }) => ({ giftCards: { ...giftCards, checkStock: never } }));
    void checking.confirm(approved.id, anna);
    await until(async () => (await desk.stored(approved.id)).status === 'approved');

    const untold = await quote(desk);
    desk.vendor.inStock = false;
    const telling = died(({ mailbox }) => ({ mailbox: { ...mailbox, show: never } }));
    void telling.confirm(untold.id, anna);
    await until(async () => (await desk.stored(untold.id)).status === 'failed');
    desk.vendor.inStock = true;

    const undelivered = await quote(desk);
    const delivering = died(({ mailbox }) => ({ mailbox: { ...mailbox, deliver: never } }));
    void delivering.confirm(undelivered.id, anna);
    await until(async () => (await desk.stored(undelivered.id)).status === 'bought');

    const told = () => desk.post.told.map(({ id }) => id);
    await second.recover();
    desk.clock.advance(OTHERS_STEP_WITHIN_MS - 1);
    await second.tick();
    await second.settled();
    expect((await desk.stored(approved.id)).status).toBe('approved');
    expect(desk.post.parcels).toEqual([]);
    expect(told()).toEqual([]);
    const shown = desk.post.stages.length;
    desk.clock.advance(60_000);
    await second.tick();
    await until(async () => {
      await second.settled();
      const now = await Promise.all([approved, undelivered].map(({ id }) => desk.stored(id)));
      return now.every(({ status }) => status === 'delivered') && told().includes(untold.id);
    });
    for (const order of [approved, undelivered]) await expectBoughtOnce(desk, order);
    expect(desk.vendor.posts).toHaveLength(2);
    // Were the others alive after all, that might come after what they show in the end.
    expect(desk.post.stages).toHaveLength(shown);
  });

  it('that buy the same card at once share the flights of its lane, and each order is bought once', async () => {
    const { desk, second } = await openTwo();
    let [flying, most] = [0, 0];
    desk.vendor.answer = async (request) => {
      most = Math.max(most, ++flying);
      await new Promise((turn) => setTimeout(turn, 20));
      flying--;
      return orderAnswer(desk.vendor.commit(request));
    };
    const orders = [];
    for (const at of range(16)) orders.push(await quote(desk, { member: buyer(at) }));
    let isOver = false;
    const done = Promise.all(orders.map(({ id }, at) => (at % 2 ? second : desk).confirm(id, buyer(at))));
    void done.finally(() => {
      isOver = true;
    });
    // Who finds all flights taken by the other process looks again after a while.
    await until(() => {
      desk.clock.advance(100);
      return isOver;
    });
    expect((await done).map(({ status }) => status)).toEqual(Array(16).fill('delivered'));
    expect(desk.vendor.posts).toHaveLength(16);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(FLIGHTS_OF_A_LANE);
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
