import type { CardPlusPay } from '../cardpluspay/index.ts';
import { add, type Money, money } from '../lib/index.ts';
import { unknownRows } from '../orders/index.ts';
import { openStoreBeside, type StoreOptions } from '../store/index.ts';

/** Orders that CardPlusPay's list has and a copy has not. */
export interface LostOrders {
  /** Their ids at CardPlusPay, newest first. */
  readonly orders: readonly number[];
  /** What all of them cost together, as far as the list says it. */
  readonly total: Money;
  /** Of how many it says no amount. */
  readonly unpriced: number;
}

/** Undefined where the copy was never compared with the list. Rejects with CardPlusPayError when that cannot be read. */
export async function lostSince(
  options: StoreOptions,
  vendor: Pick<CardPlusPay, 'orders' | 'balance'>,
  now: number,
): Promise<LostOrders | undefined> {
  const store = await openStoreBeside(options);
  try {
    const rows = await unknownRows(store, vendor, now);
    if (!rows) return undefined;
    const { currency } = await vendor.balance();
    const amounts = rows.flatMap(({ charged }) => (charged === undefined ? [] : [money(charged, currency)]));
    return {
      orders: rows.map(({ orderId }) => orderId).toSorted((a, b) => b - a),
      total: amounts.reduce(add, money('0', currency)),
      unpriced: rows.length - amounts.length,
    };
  } finally {
    await store.close();
  }
}
