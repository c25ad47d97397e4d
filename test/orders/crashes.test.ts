import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laneOf, type Order } from '../../src/orders/model/order.ts';
import { flightHold } from '../../src/orders/model/records.ts';
import { createOrderRepository } from '../../src/orders/repository.ts';
import { anna, confirm, type Desk, lastOf, openDesk, quote } from './desk.ts';
import { createMortal, type Death } from './mortal.ts';
import { until } from './scripted-clock.ts';
import { ITEM, orderAnswer, rawAnswer, refusal } from './vendor.ts';

const whens = ['before', 'after'] as const;
/** Where a process may leave an order that it is at work on; a living one goes on from there. */
const underWay = ['approved', 'buying', 'bought'];

type Script = (desk: Desk) => void;

/** Confirms in a process that dies at this call: how many calls it made, and whether it died. */
async function confirmAndDie(desk: Desk, order: Order, death: Death) {
  const mortal = createMortal(death);
  const press = desk.newProcess(mortal.wrap).confirm(order.id, anna);
  const end = await Promise.race([press.then(() => 'finished' as const), mortal.died]);
  return { end, calls: mortal.calls() };
}

const landed = (desk: Desk, id: string) => until(async () => !underWay.includes((await desk.stored(id)).status));

/** A start that lives: takes up what there is, until nothing is under way. */
async function startAgain(desk: Desk, id: string): Promise<Order> {
  const process = desk.newProcess();
  await process.recover();
  await landed(desk, id);
  await process.stop(1);
  return desk.stored(id);
}

/** Another start, which dies as well. */
async function startAndDie(desk: Desk, id: string, death: Death): Promise<void> {
  const mortal = createMortal(death);
  const process = desk.newProcess(mortal.wrap);
  const lived = process.recover().then(() => landed(desk, id));
  const end = await Promise.race([mortal.died, lived]);
  // It may still die while it tells how the order stands.
  if (end !== 'died') await Promise.race([mortal.died, process.stop(1)]);
}

/** What must be true after any crash, whatever else happened. */
async function expectSafe(desk: Desk, order: Order): Promise<void> {
  const { posts, committed } = desk.vendor;
  expect(posts.length).toBeLessThanOrEqual(1);
  const { settled, held } = await desk.day(order);
  const isUnknown = order.status === 'unconfirmed';
  expect(Object.keys(held)).toEqual(isUnknown ? [order.id] : []);
  expect(settled).toBe(order.remote ? order.remote.charged.amount : '0');
  const owner = await createOrderRepository(desk.orderRecords).holder(flightHold(laneOf(order), 0));
  expect(owner).toBe(isUnknown ? order.id : undefined);
  if (committed.length > 0 && !isUnknown) expect(['delivered', 'held']).toContain(order.status);
  if (await desk.vault.open(order.id)) expect(isUnknown).toBe(false);
  if (order.status !== 'delivered') return;
  const codes = new Set(desk.post.parcels.flatMap((parcel) => parcel.codes.map(({ code }) => code)));
  expect([...codes]).toEqual(committed[0]?.codes.map(({ code }) => code));
  // Whoever sends a parcel a second time is told to look first.
  const parcels = desk.post.parcels.map(({ mayBeOut }) => mayBeOut);
  expect(parcels.slice(1)).toEqual(parcels.slice(1).map(() => true));
}

async function quotedDesk(script: Script) {
  const desk = await openDesk();
  const order = await quote(desk, { quantity: 2 });
  script(desk);
  return { desk, order };
}

/** Dies at every call of a purchase in turn, starts again, and gives how the orders ended. */
async function dieEverywhere(script: Script, when: Death['when']): Promise<string[]> {
  const ends = new Set<string>();
  for (let call = 1; ; call++) {
    const { desk, order } = await quotedDesk(script);
    const { end } = await confirmAndDie(desk, order, { call, when });
    const after = await startAgain(desk, order.id);
    await expectSafe(desk, after);
    ends.add(after.status);
    if (end === 'finished') return [...ends];
  }
}

const scripts: Array<[title: string, script: Script, ends: string[]]> = [
  ['a purchase', () => {}, ['quoted', 'delivered', 'unconfirmed']],
  [
    'a purchase that CardPlusPay refuses',
    ({ vendor }) => {
      vendor.answer = async () => refusal(400);
    },
    ['quoted', 'failed', 'unconfirmed'],
  ],
  [
    'a purchase whose price rose',
    ({ vendor }) => {
      vendor.prices[ITEM] = '9';
    },
    ['quoted', 'repriced'],
  ],
  [
    'a purchase that costs more than the quote',
    ({ vendor }) => {
      vendor.answer = async (request) => orderAnswer({ ...vendor.commit(request), amount: '12' });
    },
    ['quoted', 'delivered', 'unconfirmed'],
  ],
  [
    'a purchase for a closed inbox',
    ({ post }) => {
      post.post = async () => 'closed';
    },
    ['quoted', 'held', 'unconfirmed'],
  ],
];

describe.each(whens)('the process dies %s any call to store, CardPlusPay or Discord', (when) => {
  it.each(scripts)('in %s', async (_, script, ends) => {
    expect((await dieEverywhere(script, when)).sort()).toEqual([...ends].sort());
  });
});

describe('a crash', () => {
  it('and another one while the order is taken up again: still at most one purchase', async () => {
    const death = fc.record({
      call: fc.integer({ min: 1, max: 30 }),
      when: fc.constantFrom(...whens),
    });
    const deaths = fc.tuple(death, fc.array(death, { minLength: 1, maxLength: 3 }));
    await fc.assert(
      fc.asyncProperty(deaths, fc.constantFrom(...scripts), async ([first, others], [, script]) => {
        const { desk, order } = await quotedDesk(script);
        await confirmAndDie(desk, order, first);
        for (const next of others) await startAndDie(desk, order.id, next);
        await expectSafe(desk, await startAgain(desk, order.id));
      }),
      { numRuns: 60 },
    );
  });

  it('after a sealed 429 proves nothing: a later try may have been out', async () => {
    const desk = await openDesk();
    const order = await quote(desk);
    const died = Promise.withResolvers<void>();
    const process = desk.newProcess((parts) => ({
      ...parts,
      giftCards: {
        ...parts.giftCards,
        async createOrder(request, { seal }) {
          await seal(refusal(429));
          desk.vendor.commit(request);
          died.resolve();
          return new Promise(() => {});
        },
      },
    }));
    void process.confirm(order.id, anna);
    await died.promise;
    const after = await startAgain(desk, order.id);
    expect(lastOf(after)).toMatchObject({ status: 'unconfirmed', why: 'no_answer' });
    expect(desk.post.told.map(({ status }) => status)).toEqual(['unconfirmed']);
    expect(desk.vendor.posts).toEqual([]);
    expect(Object.keys((await desk.day(order)).held)).toEqual([order.id]);
  });

  it('in the middle of a cancellation leaves nothing reserved for it', async () => {
    for (let call = 1; ; call++) {
      const desk = await openDesk();
      desk.vendor.answer = async () => rawAnswer(500, 'Oops');
      const unknown = await confirm(desk, await quote(desk));
      // Approved, with its amount reserved, it waits for the lane of the unknown one.
      const order = await quote(desk);
      void confirm(desk, order);
      await until(() => desk.clock.sleeping() > 0);
      const mortal = createMortal({ call, when: 'after' });
      const cancel = desk.newProcess(mortal.wrap).cancel(order.id, anna);
      const end = await Promise.race([cancel, mortal.died]);
      const isCancelled = (await desk.stored(order.id)).status === 'cancelled';
      if (isCancelled && end === 'died') await desk.newProcess().recover();
      const held = Object.keys((await desk.day(order)).held);
      expect(held).toEqual(isCancelled ? [unknown.id] : [unknown.id, order.id]);
      expect(desk.vendor.posts).toHaveLength(1);
      if (end !== 'died') break;
    }
  });
});
