import { describe, expect, it } from 'vitest';
import { dayOf } from '../../../src/lib/dates/calendar.ts';
import type { Member } from '../../../src/lib/member.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import { differencesOf } from '../../../src/orders/reconcile/differences.ts';
import type { Decision } from '../../../src/orders/reconcile/review.ts';
import { dayKey } from '../../../src/policy/budgets/ledger.ts';
import { edit } from '../../store/with-the-key.ts';
import { anna, ben, buy, type Desk, lastOf, olga, openDesk, problemOf, quote, statusesOf } from '../desk.ts';
import { lose, pass } from '../losing.ts';
import { createMortal } from '../mortal.ts';
import { ITEM, OTHER_ITEM, orderAnswer, richRow, thinRow } from '../vendor.ts';

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

  describe('by a number that does not fit what was ordered', () => {
    const otto: Member = { ...olga, user: 'otto' };
    const operator: Member = { user: 'operator', guild: '', isManager: true, isAdmin: true };

    it.each<[string, Parameters<Desk['vendor']['commit']>, string[]]>([
      ['another amount', [{ itemCode: ITEM, quantity: 2 }, { amount: '980.00' }], ['amount']],
      ['another quantity', [{ itemCode: ITEM, quantity: 100 }, { amount: '9.80' }], ['quantity']],
      ['another card', [{ itemCode: OTHER_ITEM, quantity: 2 }, { amount: '9.80' }], ['item']],
    ])('%s: a second admin has to say the same', async (_, [request, more], differs) => {
      const { desk, order } = await inReview();
      desk.vendor.listed = (orders) => orders.map(richRow).reverse();
      const { orderId } = desk.vendor.commit(request, more);
      const named = await desk.nameRemote(order.id, olga, orderId);
      expect(differencesOf(order, named.candidate)).toEqual(differs);
      const decision: Decision = { kind: 'ours', orderId };
      const first = await desk.decide(order.id, olga, decision);
      expect(first).toMatchObject({ status: 'needs_review', named: { orderId, by: 'olga' } });
      expect(lastOf(first)).toMatchObject({ by: 'olga', why: 'review_named', detail: `ORD-${orderId}` });
      expect(await problemOf(desk.decide(order.id, olga, decision))).toMatchObject({ code: 'second_admin' });
      expect((await desk.stored(order.id)).status).toBe('needs_review');
      expect((await desk.day(order)).held).toEqual({ [order.id]: '9.8' });
      await desk.decide(order.id, otto, decision);
      expect(await desk.stored(order.id)).toMatchObject({ status: 'bought', remote: { orderId } });
    });

    it('another one than the first admin said is a first word again', async () => {
      const { desk, order } = await inReview();
      const one = desk.vendor.commit({ itemCode: ITEM, quantity: 2 }, { amount: '980.00' });
      const other = desk.vendor.commit({ itemCode: ITEM, quantity: 2 }, { amount: '490.00' });
      await desk.decide(order.id, olga, { kind: 'ours', orderId: one.orderId });
      const second = await desk.decide(order.id, otto, { kind: 'ours', orderId: other.orderId });
      expect(second).toMatchObject({ status: 'needs_review', named: { orderId: other.orderId, by: 'otto' } });
    });

    it('whoever runs Cardigan decides alone', async () => {
      const { desk, order } = await inReview();
      const { orderId } = desk.vendor.commit({ itemCode: ITEM, quantity: 2 }, { amount: '980.00' });
      const decided = await desk.decide(order.id, operator, { kind: 'ours', orderId });
      expect(decided).toMatchObject({ status: 'bought', remote: { charged: { amount: '980' } } });
    });

    it('who has named one is shown to the other admins, with it', async () => {
      const { desk, order } = await inReview();
      const { orderId } = desk.vendor.commit({ itemCode: ITEM, quantity: 2 }, { amount: '980.00' });
      await desk.decide(order.id, olga, { kind: 'ours', orderId });
      await desk.tick();
      const said = desk.board.notices[0]?.said.at(-1);
      expect(said).toMatchObject({ kind: 'review', order: { named: { orderId, by: 'olga' } } });
    });
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

describe('an order that CardPlusPay did not show', () => {
  /** Closed after a day, or watched as yet; then it turns up. */
  async function turnedUp(status: 'not_found' | 'closed', commit = { itemCode: ITEM, quantity: 1 }) {
    const desk = await openDesk();
    const lost = await lose(desk, { taken: false });
    await pass(desk, 6 * 60_000);
    if (status === 'closed') await pass(desk, DAY_MS + 20 * 60_000, [desk], 10 * 60_000);
    const order = await desk.stored(lost.id);
    expect(order.status).toBe(status);
    return { desk, order, orderId: desk.vendor.commit(commit).orderId };
  }

  it.each(['not_found', 'closed'] as const)(
    'and is %s is attached by its number: codes arrive, it counts',
    async (status) => {
      const { desk, order, orderId } = await turnedUp(status);
      const { orders } = await desk.missing(olga, { limit: 10 });
      expect(orders.map(({ id }) => id)).toEqual([order.id]);
      const decided = await desk.decide(order.id, olga, { kind: 'ours', orderId });
      expect(statusesOf(decided).slice(-2)).toEqual(['needs_review', 'bought']);
      expect(decided.history.at(-2)).toMatchObject({ by: 'olga', why: 'review_reopened' });
      await settled(desk);
      expect((await desk.stored(order.id)).status).toBe('delivered');
      expect(deliveredTo(desk, 'anna')).toEqual([`SECRET-${orderId}-0`]);
      expect(await desk.day(order)).toEqual({ settled: '4.9', held: {} });
      expect((await desk.missing(olga, { limit: 10 })).orders).toEqual([]);
      expect(desk.vendor.posts).toHaveLength(1);
    },
  );

  it('is closed by an admin who knows that it is not there, before the day is over', async () => {
    const { desk, order } = await turnedUp('not_found');
    expect(lastOf(await desk.decide(order.id, olga, none))).toMatchObject({ status: 'closed', why: 'review_none' });
    expect(await desk.day(order)).toEqual({ settled: '0', held: {} });
    expect((await desk.missing(olga, { limit: 10 })).orders).toEqual([]);
  });

  it('takes a second admin where what turned up does not fit, and its amount is set aside until then', async () => {
    const { desk, order, orderId } = await turnedUp('closed', { itemCode: ITEM, quantity: 3 });
    expect(await desk.day(order)).toEqual({ settled: '0', held: {} });
    const named = await desk.decide(order.id, olga, { kind: 'ours', orderId });
    expect(named).toMatchObject({ status: 'needs_review', named: { orderId } });
    expect(await desk.day(order)).toEqual({ settled: '0', held: { [order.id]: '4.9' } });
    await desk.decide(order.id, { ...olga, user: 'otto' }, { kind: 'ours', orderId });
    expect(await desk.day(order)).toEqual({ settled: '14.7', held: {} });
  });

  it('is nobody’s to attach who asked for it, and not to what belongs to another order: nothing changes then', async () => {
    const { desk, order, orderId } = await turnedUp('closed');
    const annaAsAdmin: Member = { ...anna, isAdmin: true };
    const decision: Decision = { kind: 'ours', orderId };
    expect(await problemOf(desk.decide(order.id, annaAsAdmin, decision))).toMatchObject({ code: 'own_review' });
    expect(await problemOf(desk.decide(order.id, ben, decision))).toEqual({ code: 'admins_only' });
    const other = await buy(desk, { itemCode: OTHER_ITEM });
    const taken = desk.decide(order.id, olga, { kind: 'ours', orderId: other.remote?.orderId ?? 0 });
    expect(await problemOf(taken)).toMatchObject({ code: 'remote_belongs', reference: other.reference });
    expect(await desk.stored(order.id)).toEqual(order);
  });

  it.each(['before', 'after'] as const)(
    'counts once, and arrives once, when the process dies %s any call of the decision',
    async (when) => {
      for (let call = 1; ; call++) {
        const { desk, order, orderId } = await turnedUp('closed');
        const mortal = createMortal({ call, when });
        const deciding = desk.newProcess(mortal.wrap).decide(order.id, olga, { kind: 'ours', orderId });
        const end = await Promise.race([deciding.then(() => 'finished'), mortal.died]);
        const started = desk.newProcess();
        await started.recover();
        const { status } = await desk.stored(order.id);
        if (status === 'needs_review')
          expect(await desk.day(order)).toEqual({ settled: '0', held: { [order.id]: '4.9' } });
        if (status !== 'bought' && status !== 'delivered')
          await started.decide(order.id, olga, { kind: 'ours', orderId });
        await pass(desk, 120_000, [started]);
        expect((await desk.stored(order.id)).status).toBe('delivered');
        expect([...new Set(deliveredTo(desk, 'anna'))]).toEqual([`SECRET-${orderId}-0`]);
        expect(await desk.day(order)).toEqual({ settled: '4.9', held: {} });
        if (end === 'finished') break;
      }
    },
  );
});

it('does not wait for a budget that cannot be read: what was found is attached, and its codes arrive', async () => {
  const desk = await openDesk();
  const lost = await lose(desk, { taken: false });
  await pass(desk, DAY_MS + 30 * 60_000, [desk], 10 * 60_000);
  expect((await desk.stored(lost.id)).status).toBe('closed');
  edit(desk.file, 'budgets', dayKey(dayOf(lost.approvedAt ?? 0)), (record) => Object.assign(record, { x: 1 }));
  const { orderId } = desk.vendor.commit({ itemCode: ITEM, quantity: 1 });
  await desk.decide(lost.id, olga, { kind: 'ours', orderId });
  await settled(desk);
  expect((await desk.stored(lost.id)).status).toBe('delivered');
});
