import { describe, expect, it } from 'vitest';
import { money } from '../../../src/lib/money.ts';
import { anna, buy, openDesk, problemOf, QUOTE_LASTS_MS, quote } from '../desk.ts';
import { ITEM, OTHER_ITEM, vendorError } from '../vendor.ts';

describe('a quote', () => {
  it('says what will be charged, and is on record with who asked and when', async () => {
    const desk = await openDesk();
    const order = await quote(desk, { quantity: 3 });
    expect(order).toMatchObject({ status: 'quoted', requester: 'anna', reference: /^\w{6}$/ });
    expect(order.quote).toEqual({
      itemCode: ITEM,
      name: 'Acme card',
      brand: 'Acme',
      quantity: 3,
      each: money('4.9', 'USD'),
      charged: money('14.7', 'USD'),
      faceValue: money('5', 'USD'),
      balance: money('1000', 'USD'),
      expiresAt: desk.clock.now() + QUOTE_LASTS_MS,
    });
    expect(order.recipients).toEqual([{ user: 'anna', quantity: 3 }]);
    expect(order.history).toEqual([{ at: desk.clock.now(), by: 'anna', status: 'quoted', why: 'asked' }]);
    expect(await desk.stored(order.id)).toEqual(order);
  });

  it('is exact: three cards at 0.10 cost 0.30', async () => {
    const desk = await openDesk();
    desk.vendor.prices[ITEM] = '0.10';
    expect((await quote(desk, { quantity: 3 })).quote.charged.amount).toBe('0.3');
  });

  it('is of the price now, not of the one in the catalog', async () => {
    const desk = await openDesk();
    desk.vendor.before = async (call) => {
      if (call === 'checkStock') desk.vendor.prices[ITEM] = '5.50';
    };
    expect((await quote(desk)).quote.charged.amount).toBe('5.5');
  });

  it('buys nothing and reserves nothing', async () => {
    const desk = await openDesk();
    const order = await quote(desk);
    expect(desk.vendor.posts).toEqual([]);
    expect(await desk.day(order)).toEqual({ settled: '0', held: {} });
  });
});

describe('no quote is given', () => {
  it('for an item that CardPlusPay does not have', async () => {
    const desk = await openDesk();
    expect(await problemOf(quote(desk, { itemCode: 'NOPE' }))).toEqual({
      code: 'unknown_item',
      item: 'NOPE',
    });
  });

  it.each([0, -1, 101, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'for a quantity of %s, and CardPlusPay is not asked',
    async (quantity) => {
      const desk = await openDesk();
      const calls: string[] = [];
      desk.vendor.before = async (call) => calls.push(call);
      const problem = await problemOf(quote(desk, { quantity }));
      expect(problem).toEqual({ code: 'bad_quantity', highest: 100 });
      expect(calls).toEqual([]);
    },
  );

  it('for what is out of stock', async () => {
    const desk = await openDesk();
    desk.vendor.inStock = false;
    expect(await problemOf(quote(desk, { quantity: 2 }))).toEqual({
      code: 'out_of_stock',
      item: 'Acme card',
      quantity: 2,
    });
  });

  it('above what one order may cost', async () => {
    const desk = await openDesk({ caps: { order: '9.80', day: '5000' } });
    expect((await quote(desk, { quantity: 2 })).status).toBe('quoted');
    expect(await problemOf(quote(desk, { quantity: 3 }))).toEqual({
      code: 'over_order_cap',
      charged: money('14.7', 'USD'),
      cap: money('9.8', 'USD'),
    });
  });

  it('above what is left of the day, and it says how much is left', async () => {
    const desk = await openDesk({ caps: { order: '1000', day: '10' } });
    await buy(desk);
    expect(await problemOf(quote(desk, { itemCode: OTHER_ITEM }))).toEqual({
      code: 'over_day_cap',
      charged: money('9.8', 'USD'),
      cap: money('10', 'USD'),
      left: money('5.1', 'USD'),
    });
    desk.clock.advance(12 * 60 * 60_000);
    expect((await quote(desk, { itemCode: OTHER_ITEM })).status).toBe('quoted');
  });

  it('above the balance; exactly the balance will do', async () => {
    const desk = await openDesk();
    desk.vendor.balance = money('4.90', 'USD');
    expect((await quote(desk)).status).toBe('quoted');
    expect(await problemOf(quote(desk, { quantity: 2 }))).toEqual({
      code: 'balance_too_low',
      charged: money('9.8', 'USD'),
      balance: money('4.9', 'USD'),
    });
  });

  it('while CardPlusPay cannot be reached, and nothing is on record', async () => {
    const desk = await openDesk();
    desk.vendor.before = async () => {
      throw vendorError('network', 'unknown');
    };
    expect(await problemOf(quote(desk))).toEqual({ code: 'vendor_unavailable' });
    expect((await desk.ofMember(anna, { limit: 5 })).orders).toEqual([]);
  });
});
