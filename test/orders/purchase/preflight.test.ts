import { describe, expect, it } from 'vitest';
import { money } from '../../../src/lib/money.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import { anna, ask, ben, buy, buyer, cleo, confirm, type Desk, lastOf, openDesk, quote } from '../desk.ts';
import { ITEM, vendorError } from '../vendor.ts';

/** Confirms after the world has changed, and expects that nothing was sent and nothing is reserved. */
async function confirmAfter(change: (desk: Desk) => void) {
  const desk = await openDesk();
  const order = await quote(desk, { quantity: 2 });
  change(desk);
  const ended = await confirm(desk, order);
  expect(desk.vendor.posts).toEqual([]);
  expect(await desk.day(order)).toEqual({ settled: '0', held: {} });
  return lastOf(ended);
}

describe('right before it is bought', () => {
  it('who has pressed Confirm a moment ago is known from that; whoever asked others is looked up', async () => {
    const asked: string[] = [];
    const desk = await openDesk({
      wrap: (outside) => ({
        ...outside,
        members: {
          async find(guild, user) {
            asked.push(user);
            return outside.members.find(guild, user);
          },
          justPressed: (_, user) => (user === anna.user ? anna : cleo),
        },
      }),
    });
    expect(await buy(desk)).toMatchObject({ status: 'delivered' });
    expect(asked).toEqual([]);
    const order = await ask(desk, await quote(desk, { member: cleo }));
    await desk.approve(order.id, ben);
    expect(asked).toContain(cleo.user);
  });

  it('a price that rose by a cent ends the order: nobody pays more than they confirmed', async () => {
    const last = await confirmAfter(({ vendor }) => {
      vendor.prices[ITEM] = '4.91';
    });
    expect(last).toMatchObject({ status: 'repriced', why: 'price_rose' });
  });

  it('a price that fell is fine, and the day counts what was truly charged', async () => {
    const desk = await openDesk();
    const order = await quote(desk, { quantity: 2 });
    desk.vendor.prices[ITEM] = '4.00';
    const done = await confirm(desk, order);
    expect(done).toMatchObject({ status: 'delivered', remote: { charged: money('8', 'USD') } });
    expect(await desk.day(order)).toEqual({ settled: '8', held: {} });
  });

  it('an account in another currency ends the order', async () => {
    const last = await confirmAfter(({ vendor }) => {
      vendor.balance = money('1000', 'EUR');
    });
    expect(last).toMatchObject({ status: 'repriced', why: 'price_rose' });
  });

  it('a card that is sold out meanwhile is not bought', async () => {
    const last = await confirmAfter(({ vendor }) => {
      vendor.inStock = false;
    });
    expect(last).toMatchObject({ status: 'failed', why: 'out_of_stock' });
  });

  it('a balance that is spent meanwhile is not asked for more', async () => {
    const last = await confirmAfter(({ vendor }) => {
      vendor.balance = money('9.79', 'USD');
    });
    expect(last).toMatchObject({ status: 'failed', why: 'balance_too_low' });
  });

  it.each(['checkStock', 'balance', 'orders'] as const)(
    'nothing is sent when CardPlusPay does not answer to %s',
    async (broken) => {
      const last = await confirmAfter(({ vendor }) => {
        vendor.before = async (call) => {
          if (call === broken) throw vendorError('timeout', 'unknown');
        };
      });
      expect(last).toMatchObject({
        ...{ status: 'failed', why: 'vendor_unreachable', detail: 'vendor_unavailable' },
      });
    },
  );

  it('nothing is sent when the order list cannot be read: without its newest order nothing can be reconciled', async () => {
    const last = await confirmAfter(({ vendor }) => {
      vendor.unreadableRows = 1;
    });
    expect(last).toMatchObject({ why: 'vendor_unreachable', detail: 'vendor_unreadable' });
  });

  it.each<[string, object]>([
    ['without the row that it says it has', { items: [] }],
    ['from another page', { page: 2 }],
  ])('nor when the list comes %s', async (_, change) => {
    const desk = await openDesk();
    await buy(desk);
    const order = await quote(desk);
    const spoilt = desk.newProcess((parts) => {
      const { giftCards } = parts;
      const orders: typeof giftCards.orders = async (query) => ({
        ...(await giftCards.orders(query)),
        ...change,
      });
      return { ...parts, giftCards: { ...giftCards, orders } };
    });
    const ended = await spoilt.confirm(order.id, anna);
    expect(lastOf(ended)).toMatchObject({ status: 'failed', detail: 'vendor_unreadable' });
    expect(desk.vendor.posts).toHaveLength(1);
  });

  it('nor when that is so only after the books were compared', async () => {
    const desk = await openDesk();
    await desk.tick();
    desk.vendor.unreadableRows = 1;
    const ended = await buy(desk);
    expect(lastOf(ended)).toMatchObject({ status: 'failed', why: 'vendor_unreachable' });
    expect(desk.vendor.posts).toEqual([]);
  });

  it('the newest order of the account is written down with the attempt, and the lane', async () => {
    const desk = await openDesk();
    const [first, second] = [await buy(desk), await buy(desk, { quantity: 2 })];
    expect(first.attempt).toMatchObject({ watermark: 0, lane: `${ITEM}/1` });
    expect(second.attempt).toMatchObject({ watermark: 1001, lane: `${ITEM}/2` });
  });

  it('an order cap that the operator lowered counts', async () => {
    const desk = await openDesk();
    const order = await quote(desk);
    const stricter = desk.newProcess((parts) => ({ ...parts, caps: { order: '4', day: '5000' } }));
    const ended = await stricter.confirm(order.id, anna);
    expect(lastOf(ended)).toMatchObject({ status: 'failed', why: 'over_order_cap' });
    expect(desk.vendor.posts).toEqual([]);
  });

  it('twenty confirms against a day’s cap for five: never more is spent and held than the cap', async () => {
    const desk = await openDesk({ caps: { order: '1000', day: '520' } });
    const wanted = Array.from({ length: 20 }, (_, i) => i + 1);
    // Each has a lane of its own; dearer ones fit less often.
    const quotes: Order[] = [];
    for (const quantity of wanted) quotes.push(await quote(desk, { quantity, member: buyer(quantity - 1) }));
    let most = 0;
    desk.vendor.before = async (call) => {
      if (call !== 'createOrder') return;
      const { settled, held } = await desk.day(quotes[0] ?? expect.fail());
      const sum = Object.values(held).reduce((total, each) => total + Number(each), Number(settled));
      most = Math.max(most, sum);
    };
    const ended = await Promise.all(quotes.map((order, i) => confirm(desk, order, buyer(i))));
    expect(most).toBeLessThanOrEqual(520);
    const failed = ended.filter(({ status }) => status === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    for (const order of failed) expect(lastOf(order)?.why).toBe('over_day_cap');
    const spent = desk.vendor.committed.reduce((sum, { amount }) => sum + Number(amount), 0);
    expect(await desk.day(quotes[0] ?? expect.fail())).toEqual({
      settled: String(Number(spent.toFixed(2))),
      held: {},
    });
    expect(desk.vendor.posts).toHaveLength(20 - failed.length);
  });

  it('twenty of one price against a cap for five: five are bought', async () => {
    const desk = await openDesk({ caps: { order: '1000', day: '24.50' } });
    const quotes = [];
    for (let i = 0; i < 20; i++) quotes.push(await quote(desk, { member: buyer(i) }));
    desk.clock.flows = true;
    const ended = await Promise.all(quotes.map((order, i) => confirm(desk, order, buyer(i))));
    const statuses = ended.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(5).fill('delivered'), ...Array(15).fill('failed')]);
    expect(await desk.day(quotes[0] ?? expect.fail())).toEqual({ settled: '24.5', held: {} });
  });
});
