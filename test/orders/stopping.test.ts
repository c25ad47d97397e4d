import { describe, expect, it } from 'vitest';
import { UNKNOWN_WITHIN_MS } from '../../src/orders/purchase/circuit-breaker.ts';
import { anna, ben, buy, confirm, lastOf, olga, openDesk, problemOf, quote } from './desk.ts';
import { lose, pass } from './losing.ts';
import { ITEM, OTHER_ITEM } from './vendor.ts';

describe('an admin', () => {
  it('stops all purchases: nobody gets a quote, nobody confirms, and they read why', async () => {
    const desk = await openDesk();
    const order = await quote(desk);
    expect(await desk.stopPurchases(olga, 'We count the cards')).toMatchObject({ isNew: true });
    const refused = { code: 'purchases_stopped', why: 'asked', detail: 'We count the cards' };
    expect(await problemOf(quote(desk))).toEqual(refused);
    expect(await problemOf(confirm(desk, order))).toEqual(refused);
    expect(desk.vendor.posts).toEqual([]);
    expect((await desk.stored(order.id)).status).toBe('quoted');
  });

  it('resumes them, and an offer from before can still be confirmed', async () => {
    const desk = await openDesk();
    const order = await quote(desk);
    await desk.stopPurchases(olga);
    const { stop, isNew } = await desk.resumePurchases(olga);
    expect([isNew, stop.resumed?.by]).toEqual([true, 'olga']);
    expect((await confirm(desk, order)).status).toBe('delivered');
  });

  it('finds a stop still in force after a restart, and by every process', async () => {
    const desk = await openDesk();
    await desk.stopPurchases(olga);
    const other = desk.newProcess();
    expect(await problemOf(other.stopPurchases(olga))).toBe('no problem');
    expect(await other.stopPurchases(olga)).toMatchObject({ isNew: false });
    await other.recover();
    expect(await problemOf(buy(desk))).toMatchObject({ code: 'purchases_stopped' });
  });

  it('ends the stop whose button they press, and no later one', async () => {
    const desk = await openDesk();
    const { stop: first } = await desk.stopPurchases(olga);
    await desk.resumePurchases(olga, first.id);
    await desk.stopPurchases(olga);
    expect(await desk.resumePurchases(olga, first.id)).toMatchObject({ isNew: false });
    expect(await problemOf(quote(desk))).toMatchObject({ code: 'purchases_stopped' });
  });

  it('is the only one who can: not a manager of another server, and nothing is resumed that is not stopped', async () => {
    const desk = await openDesk();
    expect(await problemOf(desk.stopPurchases(ben))).toEqual({ code: 'admins_only' });
    expect(await problemOf(desk.resumePurchases(ben))).toEqual({ code: 'admins_only' });
    expect(await problemOf(desk.resumePurchases(olga))).toEqual({ code: 'not_stopped' });
  });
});

describe('a stop', () => {
  it('reaches an order that is approved already, right before it would be sent', async () => {
    const desk = await openDesk();
    const order = await quote(desk);
    desk.vendor.before = async (call) => call === 'checkStock' && desk.newProcess().stopPurchases(olga);
    const after = await confirm(desk, order);
    expect(lastOf(after)).toMatchObject({ status: 'failed', why: 'stopped', detail: 'asked' });
    expect(desk.vendor.posts).toEqual([]);
    expect(await desk.day(order)).toEqual({ settled: '0', held: {} });
  });

  it('tells the admins, with a button, and says there when it is over', async () => {
    const desk = await openDesk();
    await desk.stopPurchases(olga);
    await desk.tick();
    await desk.tick();
    await desk.resumePurchases(olga);
    await pass(desk, 6_000);
    expect(desk.board.notices.map(({ said }) => said)).toMatchObject([
      [
        { kind: 'stop', stop: { why: 'asked', by: 'olga' } },
        { kind: 'stop', stop: { resumed: { by: 'olga' } } },
      ],
    ]);
  });
});

describe('three unknown outcomes in ten minutes', () => {
  const loseThree = async (gapMs = 0) => {
    const desk = await openDesk();
    for (const [itemCode, quantity] of [
      [ITEM, 1],
      [OTHER_ITEM, 1],
      [ITEM, 2],
    ] as const) {
      await lose(desk, { itemCode, quantity, taken: false });
      desk.clock.advance(gapMs);
    }
    return desk;
  };

  it('stop all purchases, and the admins hear of it', async () => {
    const desk = await loseThree();
    expect(await problemOf(quote(desk))).toMatchObject({ why: 'unknown_outcomes' });
    await desk.tick();
    expect(desk.board.kinds()).toEqual(['stop']);
    expect(desk.vendor.posts).toHaveLength(3);
  });

  it('stop them by themselves, without anybody trying to buy', async () => {
    const desk = await loseThree();
    await desk.tick();
    expect(desk.board.notices[0]?.said).toMatchObject([{ stop: { by: 'cardigan' } }]);
  });

  it('stop them also where the process died with the third', async () => {
    const desk = await loseThree();
    expect(await problemOf(desk.newProcess().quote(await wishOf()))).toMatchObject({
      why: 'unknown_outcomes',
    });
    async function wishOf() {
      return { member: anna, channel: 'c', locale: 'en', itemCode: ITEM, quantity: 1 };
    }
  });

  it('count no more once an admin has resumed', async () => {
    const desk = await loseThree();
    await desk.tick();
    desk.clock.advance(1);
    await desk.resumePurchases(olga);
    await desk.tick();
    expect((await quote(desk)).status).toBe('quoted');
  });

  it('do not, when they are further apart', async () => {
    const desk = await loseThree(UNKNOWN_WITHIN_MS / 2);
    expect((await quote(desk)).status).toBe('quoted');
  });

  it('count across midnight', async () => {
    const desk = await openDesk();
    const midnight = Math.ceil(desk.clock.now() / 86_400_000) * 86_400_000;
    desk.clock.advance(midnight - desk.clock.now() - 60_000);
    await lose(desk, { taken: false });
    await lose(desk, { itemCode: OTHER_ITEM, taken: false });
    desk.clock.advance(120_000);
    await lose(desk, { quantity: 2, taken: false });
    expect(await problemOf(quote(desk))).toMatchObject({ why: 'unknown_outcomes' });
  });
});
