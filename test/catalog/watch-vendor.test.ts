import { describe, expect, it } from 'vitest';
import { CardPlusPayError } from '../../src/cardpluspay/error.ts';
import { watchVendor } from '../../src/catalog/watch-vendor.ts';
import { money } from '../../src/lib/money.ts';
import { createVendor } from '../orders/vendor.ts';

function watched() {
  const vendor = createVendor();
  let at = 0;
  const { giftCards, seen } = watchVendor(vendor.giftCards, { now: () => ++at });
  const failing = (code: 'unauthorized' | 'signing_wanted' | 'server') => async () => {
    throw new CardPlusPayError(code, 'refused', 'no');
  };
  return { vendor, giftCards, seen, failing };
}

describe('what is seen of the account', () => {
  it('is the newest balance that anybody asked for, whatever came in between', async () => {
    const { vendor, giftCards, seen } = watched();
    expect(seen.balance()).toBeUndefined();
    const first = Promise.withResolvers<void>();
    vendor.before = async () => {
      const { balance } = vendor;
      vendor.before = async () => undefined;
      await first.promise;
      vendor.balance = balance;
    };
    const late = giftCards.balance();
    vendor.balance = money('7', 'USD');
    await giftCards.balance();
    first.resolve();
    expect(await late).toEqual(money('1000', 'USD'));
    expect(seen.balance()).toEqual({ balance: money('7', 'USD'), at: 2 });
  });

  it('is a refused key, until a balance that was asked for later is given', async () => {
    const { vendor, giftCards, seen, failing } = watched();
    vendor.before = failing('unauthorized');
    await expect(giftCards.orders({})).rejects.toThrow();
    expect(seen.refusal()).toMatchObject({ why: 'unauthorized' });
    vendor.before = async () => undefined;
    await giftCards.orders({});
    expect(seen.refusal()).toBeDefined();
    await giftCards.balance();
    expect(seen.refusal()).toBeUndefined();
    vendor.before = failing('signing_wanted');
    await expect(giftCards.checkStock('ACME-5', 1)).rejects.toThrow();
    expect(seen.refusal()).toMatchObject({ why: 'signing_wanted' });
  });

  it('is nothing of the key where CardPlusPay has another trouble', async () => {
    const { vendor, giftCards, seen, failing } = watched();
    vendor.before = failing('server');
    await expect(giftCards.balance()).rejects.toThrow();
    expect(seen.refusal()).toBeUndefined();
    expect(seen.balance()).toBeUndefined();
  });
});
