import type { Product } from '../cardpluspay/index.ts';
import { type Money, money } from '../lib/index.ts';

/** What the card shows, in the product's currency; undefined where CardPlusPay names none. */
export function faceValueOf({ faceValue, currency }: Product): Money | undefined {
  return currency === undefined ? undefined : money(faceValue, currency);
}

/** What one card costs, in the account's currency, which CardPlusPay doesn't say with the product. */
export function chargedOf({ charged }: Product, accountCurrency: string): Money {
  return money(charged, accountCurrency);
}

/**
 * Orders two amounts, decimal text as `toAmount` makes it and not negative, exactly and fast enough to
 * sort a catalog: more digits before the point are more, and with as many the text decides.
 */
export function compareAmounts(a: string, b: string): number {
  const digits = (amount: string) => (amount.includes('.') ? amount.indexOf('.') : amount.length);
  return digits(a) - digits(b) || (a < b ? -1 : Number(a > b));
}
