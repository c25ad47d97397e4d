import { describe, expect, it } from 'vitest';
import { remoteOf } from '../../../src/orders/model/outcome.ts';
import { anna, buy, type Desk, lastOf, olga, openDesk, problemOf, quote } from '../desk.ts';
import { pass } from '../losing.ts';
import { type Committed, orderAnswer, rawAnswer, thinRow, vendorError } from '../vendor.ts';

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

type Data = Record<string, unknown>;

/** The answer to a POST that was acted on, with `odd` in place of what is documented. */
function answers(desk: Desk, odd: (order: Committed, codes: unknown[]) => Data) {
  desk.vendor.answer = async (request) => {
    const order = desk.vendor.commit(request);
    const codes = order.codes.map(({ code, pin }) => ({ code, metadata: [{ Pin: pin }] }));
    const documented = { order_id: order.orderId, order_no: `ORD-${order.orderId}`, amount: order.amount, codes };
    return rawAnswer(200, { success: true, message: 'OK', data: { ...documented, ...odd(order, codes) } });
  };
}

const given = (desk: Desk) => desk.post.parcels.flatMap(({ codes }) => codes);
const told = (desk: Desk) => desk.tick().then(() => desk.board.notices.map(({ said }) => said.at(-1)));

describe('whatever else an answer says, its codes and PINs are handed out', () => {
  it.each([
    ['an amount of null', () => ({ amount: null })],
    ['no amount', () => ({ amount: undefined })],
    ['an amount that is a word', () => ({ amount: 'free' })],
    ['an amount below nothing', () => ({ amount: '-4.90' })],
    ['an amount of 0', () => ({ amount: 0 })],
    ['an amount of 1,470.00', () => ({ amount: '1,470.00' })],
    ['a single card', (_: Committed, [code]: unknown[]) => ({ codes: code })],
    ['an object of cards', (_: Committed, [code]: unknown[]) => ({ codes: { '3': code } })],
    ['an order number of 2 MB', () => ({ order_no: 'N'.repeat(2_000_000) })],
    ['a status of 1 MB and odd times', () => ({ status: 's'.repeat(1_000_000), created_at: 7, quantity: 'one' })],
  ])('with %s', async (_, odd) => {
    const desk = await openDesk();
    answers(desk, odd);
    const order = await buy(desk);
    expect(order.status).toBe('delivered');
    expect(given(desk)).toEqual([{ code: 'SECRET-1001-0', metadata: [{ name: 'Pin', value: 'PIN-1001-0' }] }]);
    expect(JSON.stringify(await desk.stored(order.id)).length).toBeLessThan(5000);
  });

  it('also without an order number: once it is found, the PIN comes from the answer', async () => {
    const desk = await openDesk();
    answers(desk, () => ({ order_id: null }));
    const order = await buy(desk);
    expect(order.status).toBe('unconfirmed');
    for (let seconds = 0; seconds < 120; seconds += 10) {
      desk.clock.advance(10_000);
      await desk.tick();
    }
    await expect.poll(async () => (await desk.stored(order.id)).status).toBe('delivered');
    expect(given(desk)).toMatchObject([{ code: 'SECRET-1001-0', metadata: [{ value: 'PIN-1001-0' }] }]);
  });

  it('also where its list never shows the order: it is not given up, and people who find it attach it', async () => {
    const desk = await openDesk();
    answers(desk, () => ({ order_id: null }));
    desk.vendor.listed = () => [];
    const order = await buy(desk);
    await pass(desk, 10 * 60_000, [desk], 10_000);
    expect(lastOf(await desk.stored(order.id))).toMatchObject({ status: 'needs_review', why: 'codes_unlisted' });
    expect(await desk.day(order)).toEqual({ settled: '0', held: { [order.id]: '4.9' } });
    await desk.decide(order.id, olga, { kind: 'ours', orderId: 1001 });
    await expect.poll(async () => (await desk.stored(order.id)).status).toBe('delivered');
    expect(given(desk)).toMatchObject([{ code: 'SECRET-1001-0', metadata: [{ value: 'PIN-1001-0' }] }]);
  });
});

describe('an amount that is missing, or too low', () => {
  it.each([
    ['0', '0.00 of 4.90', { amount: '0', currency: 'USD' }],
    ['4.89', 'a cent less', { amount: '4.89', currency: 'USD' }],
    [null, 'none', null],
    ['gratis', 'a word', null],
  ])('of %j counts in full under the caps, is on record and told to admins: %s', async (amount, _, stated) => {
    const desk = await openDesk({ caps: { order: '10', day: '10' } });
    answers(desk, () => ({ amount }));
    const order = await buy(desk);
    expect(order.remote).toMatchObject({ charged: { amount: '4.9' }, stated });
    expect(order.history.map(({ why }) => why)).toContain('charged_unclear');
    expect(await desk.day(order)).toEqual({ settled: '4.9', held: {} });
    await buy(desk);
    expect(await problemOf(buy(desk))).toMatchObject({ code: 'over_day_cap' });
    expect(desk.vendor.committed).toHaveLength(2);
    const about = (await told(desk)).flatMap((each) => (each?.kind === 'charged_unclear' ? each.order.id : []));
    expect(about).toHaveLength(2);
    expect(about).toContain(order.id);
  });

  it('is none where the check before the purchase has explained it', async () => {
    const desk = await openDesk();
    const { id } = await quote(desk, { quantity: 2 });
    const order = { ...(await desk.stored(id)) };
    const attempt = { id: 'a', startedAt: 0, watermark: 0, lane: 'x', checked: { amount: '9.6', currency: 'USD' } };
    const placed = { orderId: 1, codes: [] };
    const remote = (charged: string) => remoteOf({ ...placed, charged }, { ...order, attempt });
    expect(remote('9.6')).toEqual({ orderId: 1, charged: { amount: '9.6', currency: 'USD' } });
    expect(remote('9.5')).toMatchObject({ charged: { amount: '9.6' }, stated: { amount: '9.5' } });
    expect(remote('9.8')).toEqual({ orderId: 1, charged: { amount: '9.8', currency: 'USD' } });
  });

  it('is told by the next comparison, once, where the process died before it could', async () => {
    const desk = await openDesk();
    await desk.tick();
    answers(desk, () => ({ amount: '0.10' }));
    await buy(desk);
    desk.vendor.listed = (orders) => orders.map((one) => ({ ...thinRow(one), charged: '0.1' }));
    expect((await told(desk)).map((each) => each?.kind)).toEqual(['charged_unclear']);
    desk.clock.advance(11 * 60_000);
    await desk.tick();
    expect((await told(desk)).map((each) => each?.kind)).toEqual(['charged_unclear']);
  });

  it('of a lost order that was found without any amount is for people', async () => {
    const desk = await openDesk();
    desk.vendor.answer = async (request) => {
      desk.vendor.commit(request);
      throw vendorError('network', 'unknown');
    };
    desk.vendor.listed = (orders) => orders.map(({ orderId }) => ({ orderId, itemCode: 'ACME-5', quantity: 1 }));
    const { order } = desk.vendor.giftCards;
    desk.vendor.giftCards.order = async (id) => ({ ...(await order(id)), charged: undefined });
    const lost = await buy(desk);
    for (let i = 0; i < 40; i++) {
      desk.clock.advance(10_000);
      await desk.tick();
    }
    await expect.poll(async () => lastOf(await desk.stored(lost.id))?.status).toBe('needs_review');
  });
});

describe('more than an order can have', () => {
  it('is cut, told to admins, and stays sealed for good', async () => {
    const desk = await openDesk();
    const codes = Array.from({ length: 20_000 }, (_, i) => ({ code: `MORE-${i}` }));
    answers(desk, () => ({ codes, order_no: 'N'.repeat(2_000_000) }));
    const order = await buy(desk);
    expect(order.cards).toHaveLength(100);
    expect(order.remote?.orderNo?.length).toBeLessThan(100);
    expect(given(desk)).toHaveLength(100);
    expect(await told(desk)).toMatchObject([{ kind: 'answer_cut', cut: ['order_no', 'codes'] }]);
    for (let day = 0; day < 40; day++) {
      desk.clock.advance(DAY);
      await desk.tick();
    }
    expect(await desk.sealedText(order.id)).toContain('MORE-19999');
  });
});

describe('a code that came with another order before', () => {
  const again = (desk: Desk) => answers(desk, () => ({ codes: [{ code: 'SECRET-1001-0', metadata: [{ Pin: '7' }] }] }));

  it('is given out, told to admins at once, and its second recipient is told that it is looked into', async () => {
    const desk = await openDesk();
    const first = await buy(desk);
    again(desk);
    const second = await buy(desk);
    expect(second.status).toBe('delivered');
    expect(second.cards).toMatchObject([{ alsoIn: first.reference }]);
    // It was known before the message went out.
    expect(desk.post.parcels[1]?.order.cards).toMatchObject([{ alsoIn: first.reference }]);
    expect((await desk.stored(first.id)).cards[0]?.alsoIn).toBeUndefined();
    expect(second.history).toContainEqual(expect.objectContaining({ why: 'code_twice', detail: first.reference }));
    expect(await told(desk)).toMatchObject([{ kind: 'code_twice', order: { id: second.id }, other: first.reference }]);
    expect((await desk.reveal(second.id, anna)).order.cards).toMatchObject([{ alsoIn: first.reference }]);
  });

  it('is noticed once more after a crash between the two writes', async () => {
    const desk = await openDesk();
    await buy(desk);
    again(desk);
    let fails = true;
    const dying = desk.newProcess((parts) => {
      const records: typeof parts.store.records = (namespace, schema) => {
        const real = parts.store.records(namespace, schema);
        const broken: typeof real.count = async (tag) => {
          if (tag.startsWith('card/') && fails) throw new Error('the process died');
          return real.count(tag);
        };
        return namespace === 'orders' ? { ...real, count: broken } : real;
      };
      return { ...parts, store: { ...parts.store, records } };
    });
    const offer = await quote(desk);
    await dying.confirm(offer.id, anna).catch(() => undefined);
    expect(await desk.stored(offer.id)).toMatchObject({ status: 'bought', cards: [{}] });
    fails = false;
    await desk.newProcess().recover();
    await expect.poll(async () => (await desk.stored(offer.id)).status).toBe('delivered');
    expect((await desk.stored(offer.id)).cards[0]?.alsoIn).toBeDefined();
  });

  it('is no news for the answer that merely names it twice', async () => {
    const desk = await openDesk();
    desk.vendor.answer = async (request) => {
      const order = desk.vendor.commit(request);
      return orderAnswer({ ...order, codes: [...order.codes, ...order.codes] });
    };
    const order = await buy(desk);
    expect(order).toMatchObject({ status: 'delivered', cards: [{}] });
    expect(await told(desk)).toEqual([]);
  });
});
