import { describe, expect, it } from 'vitest';
import type { Member } from '../../../src/lib/member.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import type { Decision } from '../../../src/orders/reconcile/review.ts';
import { anna, ben, buy, type Desk, lastOf, olga, openDesk, problemOf, quote, statusesOf } from '../desk.ts';
import { lose, pass } from '../losing.ts';
import { createMortal } from '../mortal.ts';
import { ITEM, OTHER_ITEM, orderAnswer, thinRow } from '../vendor.ts';

const DAY_MS = 24 * 60 * 60_000;
/** An order of two cards that CardPlusPay has, and of which its list does not tell enough. */
async function inReview(): Promise<{ desk: Desk; order: Order }> {
  const desk = await openDesk();
  desk.vendor.listed = (orders) => orders.map(thinRow).reverse();
  const lost = await lose(desk, { quantity: 2 });
  await pass(desk, 120_000);
  const order = await desk.stored(lost.id);
  expect(order.status).toBe('needs_review');
  return { desk, order };
}
const ours: Decision = { kind: 'ours', orderId: 1001 };
const none: Decision = { kind: 'none' };
const close: Decision = { kind: 'close', reason: 'CardPlusPay gave the money back' };
const settled = (desk: Desk) => pass(desk, 120_000);
const deliveredTo = (desk: Desk, user: string) =>
  desk.post.parcels.filter(({ recipient }) => recipient === user).flatMap(({ codes }) => codes.map(({ code }) => code));

describe('an order that waits for people', () => {
  it('shows a card to the admins, with what may be it and without a code', async () => {
    const { desk, order } = await inReview();
    expect(desk.board.notices).toMatchObject([
      {
        said: [
          {
            kind: 'review',
            order: { id: order.id, candidates: [{ orderId: 1001, orderNo: 'ORD-1001' }] },
          },
        ],
      },
    ]);
    expect(JSON.stringify(desk.board.notices)).not.toContain('SECRET');
    const { orders } = await desk.reviews(olga, { limit: 10 });
    expect(orders.map(({ id }) => id)).toEqual([order.id]);
  });

  it('is recognised by an admin: its codes go to their recipient, and what it cost counts', async () => {
    const { desk, order } = await inReview();
    const decided = await desk.decide(order.id, olga, ours);
    expect(lastOf(decided)).toMatchObject({ by: 'olga', why: 'review_ours', detail: 'ORD-1001' });
    await settled(desk);
    const after = await desk.stored(order.id);
    expect(after.status).toBe('delivered');
    expect(deliveredTo(desk, 'anna')).toEqual(['SECRET-1001-0', 'SECRET-1001-1']);
    expect(await desk.day(order)).toEqual({ settled: '9.8', held: {} });
    expect(desk.vendor.posts).toHaveLength(1);
    expect(desk.board.notices[0]?.said.at(-1)).toMatchObject({ order: { status: 'bought' } });
  });

  it('is said not to be there: it is closed, its amount is free, and its requester is told', async () => {
    const { desk, order } = await inReview();
    const decided = await desk.decide(order.id, olga, none);
    expect(lastOf(decided)).toMatchObject({ status: 'closed', by: 'olga', why: 'review_none' });
    expect(await desk.day(order)).toEqual({ settled: '0', held: {} });
    await expect.poll(() => desk.post.told.at(-1)).toMatchObject({ id: order.id, status: 'closed' });
    // What CardPlusPay has is a stranger then, and the admins are told so.
    await pass(desk, 11 * 60_000);
    expect(desk.board.kinds()).toEqual(['review', 'stranger']);
  });

  it('is closed with a reason, which is on record and told', async () => {
    const { desk, order } = await inReview();
    const decided = await desk.decide(order.id, olga, close);
    expect(lastOf(decided)).toMatchObject({
      ...{ status: 'closed', by: 'olga', why: 'review_closed', detail: close.reason },
    });
    expect((await desk.reviews(olga, { limit: 10 })).orders).toEqual([]);
  });

  it('is attached to an order that nobody listed, by its number', async () => {
    const { desk, order } = await inReview();
    const { orderId } = desk.vendor.commit({ itemCode: ITEM, quantity: 2 });
    await desk.decide(order.id, olga, { kind: 'ours', orderId });
    await settled(desk);
    expect(deliveredTo(desk, 'anna')).toEqual([`SECRET-${orderId}-0`, `SECRET-${orderId}-1`]);
  });

  it('is never attached to what belongs to another order, nor to what does not exist', async () => {
    const { desk, order } = await inReview();
    const other = await buy(desk, { itemCode: OTHER_ITEM });
    const orderId = other.remote?.orderId ?? 0;
    expect(await problemOf(desk.decide(order.id, olga, { kind: 'ours', orderId }))).toEqual({
      ...{ code: 'remote_belongs', number: orderId, reference: other.reference },
    });
    const unknown = desk.decide(order.id, olga, { kind: 'ours', orderId: 9999 });
    expect(await problemOf(unknown)).toMatchObject({ code: 'vendor_invalid' });
    expect((await desk.stored(order.id)).status).toBe('needs_review');
  });

  it('is nobody’s to decide who asked for it, manages another server, or no server at all', async () => {
    const { desk, order } = await inReview();
    const annaAsAdmin: Member = { ...anna, isAdmin: true };
    for (const decision of [ours, none, close]) {
      expect(await problemOf(desk.decide(order.id, annaAsAdmin, decision))).toEqual({
        ...{ code: 'own_review', reference: order.reference },
      });
      expect(await problemOf(desk.decide(order.id, ben, decision))).toEqual({
        code: 'admins_only',
      });
    }
    expect(await problemOf(desk.reviews(ben, { limit: 1 }))).toEqual({ code: 'admins_only' });
    expect((await desk.stored(order.id)).status).toBe('needs_review');
  });

  it('is decided once: of two admins at the same moment one wins, and the other is told', async () => {
    const otto: Member = { ...olga, user: 'otto' };
    const pairs = [[none, ours] as const, [ours, none] as const, [close, none] as const];
    for (const [first, second] of pairs) {
      const { desk, order } = await inReview();
      const other = desk.newProcess();
      const both = await Promise.all([
        problemOf(desk.decide(order.id, olga, first)),
        problemOf(other.decide(order.id, otto, second)),
      ]);
      expect(both.filter((each) => each === 'no problem')).toHaveLength(1);
      expect(both.find((each) => each !== 'no problem')).toMatchObject({ code: 'already_decided' });
    }
  });

  it('comes before people again, with a card of its own, when it waits a second time', async () => {
    const desk = await openDesk();
    desk.vendor.answer = async (request) => orderAnswer({ ...desk.vendor.commit(request), codes: [] });
    desk.vendor.later = () => [];
    const order = await buy(desk);
    await pass(desk, DAY_MS + 60_000, [desk], 30 * 60_000);
    expect(lastOf(await desk.stored(order.id))).toMatchObject({ why: 'codes_overdue' });
    expect(await problemOf(desk.decide(order.id, olga, none))).toMatchObject({
      code: 'decision_not_open',
    });
    await desk.decide(order.id, olga, { kind: 'wait' });
    await pass(desk, DAY_MS + 60_000, [desk], 30 * 60_000);
    expect(statusesOf(await desk.stored(order.id)).slice(-3)).toEqual([...['needs_review', 'bought', 'needs_review']]);
    await desk.tick();
    expect(desk.board.kinds()).toEqual(['review', 'review']);
    expect(await desk.day(order)).toEqual({ settled: '4.9', held: {} });
  });

  it('gets nothing of a sealed answer that names another order than the one recognised', async () => {
    const desk = await openDesk();
    const first = await buy(desk, { itemCode: OTHER_ITEM });
    // The answer to the second order repeats the first one's number.
    const repeated = desk.vendor.committed[0];
    if (!repeated) throw new Error('nothing was bought');
    desk.vendor.answer = async (request) => {
      desk.vendor.commit(request);
      return orderAnswer(repeated);
    };
    const order = await buy(desk);
    await pass(desk, 120_000);
    expect((await desk.stored(order.id)).status).toBe('needs_review');
    await desk.decide(order.id, olga, { kind: 'ours', orderId: 1002 });
    await settled(desk);
    expect((await desk.stored(order.id)).status).toBe('delivered');
    expect(desk.post.parcels.map(({ order: { id }, codes }) => [id, codes[0]?.code])).toEqual([
      [first.id, 'SECRET-1001-0'],
      [order.id, 'SECRET-1002-0'],
    ]);
  });

  it.each(['before', 'after'] as const)(
    'loses nothing and gives nothing twice when the process dies %s any call of the decision',
    async (when) => {
      for (let call = 1; ; call++) {
        const { desk, order } = await inReview();
        const mortal = createMortal({ call, when });
        const deciding = desk.newProcess(mortal.wrap).decide(order.id, olga, ours);
        const end = await Promise.race([deciding.then(() => 'finished'), mortal.died]);
        const isDecided = (await desk.stored(order.id)).status !== 'needs_review';
        const started = desk.newProcess();
        await started.recover();
        await pass(desk, 120_000, [started]);
        const after = await desk.stored(order.id);
        expect(after.status).toBe(isDecided ? 'delivered' : 'needs_review');
        const codes = isDecided ? ['SECRET-1001-0', 'SECRET-1001-1'] : [];
        expect([...new Set(deliveredTo(desk, 'anna'))]).toEqual(codes);
        expect(await desk.day(order)).toMatchObject({ settled: isDecided ? '9.8' : '0' });
        if (end === 'finished') break;
      }
    },
  );
});

it('a quote asked for while an order waits for people goes on as usual', async () => {
  const { desk } = await inReview();
  expect((await quote(desk)).status).toBe('quoted');
});

it('an order that an admin closed leaves its recipient the codes that came', async () => {
  const desk = await openDesk();
  desk.post.post = async () => 'closed';
  desk.vendor.answer = async (request) => {
    const { codes, ...rest } = desk.vendor.commit(request);
    return orderAnswer({ ...rest, codes: codes.slice(0, 1) });
  };
  desk.vendor.later = ({ codes }) => codes.slice(0, 1).map(({ code }) => code);
  const order = await buy(desk, { quantity: 2 });
  await pass(desk, DAY_MS + 60_000, [desk], 30 * 60_000);
  await desk.decide(order.id, olga, { kind: 'close', reason: 'The second one is refunded' });
  const { codes } = await desk.reveal(order.id, anna);
  expect(codes.map(({ code }) => code)).toEqual(['SECRET-1001-0']);
});
