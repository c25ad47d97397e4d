import { describe, expect, it } from 'vitest';
import { type Metrics, noMetrics } from '../../../src/monitoring/index.ts';
import { ask, buy, cleo, olga, openDesk, quote } from '../desk.ts';
import { rawAnswer } from '../vendor.ts';

/** What was measured of orders. */
function measuring() {
  const moved: string[] = [];
  const metrics: Metrics = {
    ...noMetrics,
    orderMoved: (to, left) => void moved.push(left ? `${left.status} ${left.afterMs / 1_000} ${to}` : to),
    purchased: (outcome) => void moved.push(outcome),
    accountCompared: (_, differing) => void moved.push(`compared ${differing}`),
  };
  return { moved, wrap: <Outside>(outside: Outside) => ({ ...outside, metrics }) };
}

describe('what is measured of orders', () => {
  it('is each step with how long the one before took, and what came of the purchase', async () => {
    const { moved, wrap } = measuring();
    const desk = await openDesk({ wrap });
    await buy(desk);
    expect(moved).toEqual([
      'quoted',
      'quoted 0 approved',
      'compared 0',
      'approved 0 buying',
      'buying 0 bought',
      'bought',
      'bought 0 delivered',
    ]);
  });

  it('is not what was only noted, nor what somebody else was faster at', async () => {
    const { moved, wrap } = measuring();
    const desk = await openDesk({ wrap });
    const order = await quote(desk, { member: cleo });
    desk.clock.advance(5_000);
    await ask(desk, order);
    await Promise.allSettled([ask(desk, order), desk.cancel(order.id, cleo), desk.cancel(order.id, cleo)]);
    expect(moved).toEqual(['quoted', 'quoted 5 awaiting_approval', 'awaiting_approval 0 cancelled']);
  });
});

describe('how the whole store stands', () => {
  it('is counted by status, with the codes that wait and what is spent', async () => {
    const desk = await openDesk();
    desk.post.post = async () => 'closed';
    const held = await buy(desk, { quantity: 2 });
    await quote(desk);
    await ask(desk, await quote(desk, { member: cleo }));
    const figures = await desk.storeFigures();
    expect(figures).toMatchObject({
      orders: { quoted: 1, awaiting_approval: 1, held: 1, bought: 0 },
      codesHeld: 2,
      oldestUnconfirmedMs: 0,
      reviews: 0,
      purchasesStopped: false,
      directMessagesStopped: false,
    });
    const { settled } = await desk.day(held);
    expect(figures.spentToday).toBe(Number(settled));
    expect(figures.spentToday).toBeGreaterThan(0);
  });

  it('tells how long the oldest has no known outcome, and that purchases are stopped', async () => {
    const desk = await openDesk();
    desk.vendor.answer = async () => rawAnswer(500, 'Oops');
    await buy(desk);
    desk.clock.advance(60_000);
    await desk.stopPurchases(olga);
    expect(await desk.storeFigures()).toMatchObject({
      orders: { unconfirmed: 1 },
      oldestUnconfirmedMs: 60_000,
      purchasesStopped: true,
    });
  });

  it('is read a part at a time, and counts only whole rounds', async () => {
    const desk = await openDesk();
    for (let at = 0; at < 501; at++) {
      await quote(desk, { member: { ...cleo, user: `cleo-${at}` } });
    }
    expect(await desk.storeFigures()).not.toHaveProperty('orders');
    expect(await desk.storeFigures()).toMatchObject({ orders: { quoted: 501 } });
  });
});
