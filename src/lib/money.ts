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

/** Between groups of three digits: "5,000", "5 000", "5'000". A point groups too, where something else shows that it does. */
const GROUPED = /^(-?)([1-9]\d{0,2}(?:([,.'\u2019\s])\d{3})(?:\3\d{3})*)(?:([.,])(\d+))?$/;
/** No amount is longer, grouping included; a text without end is not looked at. */
const LONGEST = 80;

/**
 * The same amount without what groups its thousands; undefined where it has none, or where it could be read in two ways.
 * It is read as grouped where everybody would: several groups ("1.234.567"), two kinds of signs, of which the last one
 * parts the decimals ("1,470.00", "1.470,00", "1 470,00"), or one group after what parts no decimals anywhere ("5 000").
 * `comma`: where it is known to part no decimals, "5,000" is grouped too. "1.470" stays 1.47, and "1,47" is nobody's guess.
 */
export function withoutGrouping(text: string, comma: 'unclear' | 'groups' = 'unclear'): string | undefined {
  if (text.length > LONGEST) return undefined;
  const [, sign = '', whole = '', group = '', point, decimals] = GROUPED.exec(text.trim()) ?? [];
  if (whole === '' || group === point) return undefined;
  const groups = whole.split(group);
  const isClear = group === ',' ? comma === 'groups' : group !== '.';
  if (!isClear && point === undefined && groups.length < 3) return undefined;
  return `${sign}${groups.join('')}${point === undefined ? '' : `.${decimals}`}`;
}

/**
 * Canonical decimal text of an amount as CardPlusPay sends it: a string ("14.70", "1,470.00") or a JSON number (0.85).
 * Its documents part decimals by a point, so that "5,000" is five thousand.
 * A JSON number is taken by its shortest text, which is what was sent, up to 15 digits.
 * Throws a RangeError for anything that is not a finite decimal of at most 30 digits.
 */
export function toAmount(value: string | number): string {
  const given = String(value);
  const text = given.length > LONGEST ? '' : (withoutGrouping(given, 'groups') ?? given.trim());
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
