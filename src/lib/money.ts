import Big from 'big.js';
import { z } from 'zod';

/**
 * An exact decimal amount with its currency. `amount` is canonical decimal text ("9.8", "0.3"),
 * never a binary float; `currency` is an ISO 4217 code in capitals ("USD").
 */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** Decimal text as `toAmount` makes it, in records and in settings. */
export const amountSchema = z.string().regex(/^-?\d+(\.\d+)?$/);
export const moneySchema: z.ZodType<Money> = z.object({ amount: amountSchema, currency: z.string().min(1) });

/**
 * Canonical decimal text of an amount as CardPlusPay sends it: a string ("14.70") or a JSON number (0.85).
 * A JSON number is taken by its shortest text, which is what was sent, up to 15 digits.
 * Throws a RangeError for anything that is not a finite decimal of at most 30 digits.
 */
export function toAmount(value: string | number): string {
  const text = String(value).trim();
  const isNumber = /^-?\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,2})?$/i.test(text);
  const amount = isNumber ? new Big(text).toFixed() : '';
  if (!/^-?\d{1,30}(\.\d{1,30})?$/.test(amount)) throw new RangeError('not a decimal amount');
  return amount;
}

export function money(value: string | number, currency: string): Money {
  return { amount: toAmount(value), currency: currency.toUpperCase() };
}

function sameCurrency(a: Money, b: Money): string {
  if (a.currency !== b.currency) throw new RangeError(`cannot compare ${a.currency} with ${b.currency}`);
  return a.currency;
}

export function add(a: Money, b: Money): Money {
  const currency = sameCurrency(a, b);
  return { amount: new Big(a.amount).plus(b.amount).toFixed(), currency };
}

export function subtract(a: Money, b: Money): Money {
  const currency = sameCurrency(a, b);
  return { amount: new Big(a.amount).minus(b.amount).toFixed(), currency };
}

export function times(a: Money, count: number): Money {
  return { amount: new Big(a.amount).times(count).toFixed(), currency: a.currency };
}

/** Negative when `a` is less than `b`, 0 when they are the same amount, positive when it is more. */
export function compare(a: Money, b: Money): number {
  sameCurrency(a, b);
  return new Big(a.amount).cmp(b.amount);
}

export function isMoreThan(a: Money, b: Money): boolean {
  return compare(a, b) > 0;
}

const digits = new Map<string, number>();

/** Digits after the point that the currency has by itself: 2 for USD, 0 for JPY, 3 for KWD. */
function currencyDigits(currency: string): number {
  const known = digits.get(currency) ?? digitsByIntl(currency);
  digits.set(currency, known);
  return known;
}

function digitsByIntl(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2; // not a code that Intl takes: what most currencies have
  }
}

/** "9.80": at least the currency's own digits, more where the amount has more. Never rounded. */
export function amountText({ amount, currency }: Money): string {
  const own = amount.split('.')[1]?.length ?? 0;
  return new Big(amount).toFixed(Math.max(own, currencyDigits(currency)));
}

/** "9.80 USD". */
export function moneyText(value: Money): string {
  return `${amountText(value)} ${value.currency}`;
}
