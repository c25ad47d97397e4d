import { copyFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { prepareRestored } from '../../../src/orders/index.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import { copiesOf, openStore } from '../../../src/store/index.ts';
import { anna, ask, ben, cleo, confirm, createRandom, type Desk, olga, openDesk, problemOf, quote } from '../desk.ts';
import { pass } from '../losing.ts';

const COPIED = '2026-03-07 12:00 UTC';

/** Until somebody opens it. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { closed: promise, open: () => resolve() };
}

/** One that is out, one that may be bought, and one that waits for an approval, all of different sizes. */
async function threeUnderWay(desk: Desk) {
  const [answer, stock] = [gate(), gate()];
  const buy = desk.vendor.answer;
  desk.vendor.answer = async (request) => {
    await answer.closed;
    return buy(request);
  };
  const buying = await quote(desk);
  const bought = confirm(desk, buying);
  await expect.poll(() => desk.vendor.posts.length).toBe(1);

  const approved = await ask(desk, await quote(desk, { member: cleo, quantity: 2 }));
  desk.vendor.before = async (call) => call === 'checkStock' && (await stock.closed);
  const boughtToo = desk.approve(approved.id, ben);
  await expect.poll(async () => (await desk.stored(approved.id)).status).toBe('approved');
  desk.vendor.before = async () => undefined;
  const awaiting = await ask(desk, await quote(desk, { member: cleo, quantity: 3 }));

  async function goOn() {
    answer.open();
    await bought;
    stock.open();
    await boughtToo;
    await desk.approve(awaiting.id, ben);
    await desk.settled();
  }
  return { buying, approved, awaiting, goOn };
}

/** The store as it is now, on another machine, after `npm run restore`; CardPlusPay is the same. */
async function restored(desk: Desk, copyNow: (file: string) => Promise<void>): Promise<Desk> {
  const elsewhere = await openDesk();
  const file = `${elsewhere.file}.copy`;
  await copyNow(file);
  copyFileSync(`${desk.file}.key`, `${file}.key`);
  const store = await openStore({ url: `sqlite://${file}` });
  onTestFinished(() => store.close());
  const copy = await openDesk({ store, giftCards: () => desk.vendor.giftCards, random: createRandom(7) });
  copy.clock.advance(desk.clock.now() - copy.clock.now());
  const prepared = await prepareRestored({ ...copy.outside, store, copied: COPIED });
  expect(prepared).toMatchObject({ ended: 2, asked: 1, stop: { why: 'restored' } });
  await copy.recover();
  return copy;
}

it('orders of a restored copy that were bought after it are bought no second time', async () => {
  const desk = await openDesk();
  await desk.tick();
  const { buying, approved, awaiting, goOn } = await threeUnderWay(desk);
  const statuses = async (of: Desk) =>
    Promise.all([buying, approved, awaiting].map(async ({ id }) => (await of.stored(id)).status));
  expect(await statuses(desk)).toEqual(['buying', 'approved', 'awaiting_approval']);

  const copy = await restored(desk, async (file) => {
    const url = `sqlite://${desk.file}`;
    await (await copiesOf({ url })).make(url, file);
    await goOn();
  });
  expect(await statuses(desk)).toEqual(['delivered', 'delivered', 'delivered']);
  const remoteOf = async ({ id }: Order) => (await desk.stored(id)).remote?.orderId ?? 0;

  // Those that had not been sent ended unbought, and say why, also to whoever asked for them.
  await pass(copy, 20 * 60_000);
  expect(await statuses(copy)).toEqual(['needs_review', 'expired', 'expired']);
  for (const { id } of [approved, awaiting]) {
    const { history } = await copy.stored(id);
    expect(history.at(-1)).toMatchObject({ status: 'expired', why: 'restored', detail: COPIED });
    expect(await problemOf(copy.approve(id, ben))).not.toBe('no problem');
    expect(copy.post.told.some((told) => told.id === id && told.status === 'expired')).toBe(true);
  }
  // The one that was out is with people, not taken for what the list has by now, and tried no more.
  expect((await copy.reviews(olga, { limit: 10 })).orders.map(({ id }) => id)).toEqual([buying.id]);
  expect(copy.board.kinds().toSorted()).toEqual(['review', 'stop', 'stranger', 'stranger', 'stranger']);
  expect(await problemOf(quote(copy).then(({ id }) => copy.confirm(id, anna)))).toMatchObject({
    code: 'purchases_stopped',
  });
  expect(desk.vendor.posts).toHaveLength(3);
  expect(copy.post.parcels).toEqual([]);

  // People say which is which; only then is anything bought again, and each code is its owner's.
  for (const order of [buying, approved, awaiting]) {
    await copy.decide(order.id, olga, { kind: 'ours', orderId: await remoteOf(order) });
  }
  await pass(copy, 2 * 60_000);
  expect(await statuses(copy)).toEqual(['delivered', 'delivered', 'delivered']);
  expect(desk.vendor.posts).toHaveLength(3);
  const given = (of: Desk) =>
    of.post.parcels.map(({ recipient, codes }) => [recipient, ...codes.map(({ code }) => code)].join(' ')).toSorted();
  expect(given(copy)).toEqual(given(desk));
});
