import { type Money, moneyText } from '../lib/index.ts';

/** How much of an amount is written: "$20.00" always, "$20" where it has no cents. */
type Cents = 'always' | 'if any';

/** The digits after the point that `Intl` can write; no amount has more. */
const MOST_DIGITS = 100;

const known = new Set(Intl.supportedValuesOf('currency'));
const formats = new Map<string, Intl.NumberFormat>();

/** Making one takes longer than all else that a message takes, so each is made once. */
function formatFor(locale: string, currency: string, cents: Cents): Intl.NumberFormat {
  const key = `${locale} ${currency} ${cents}`;
  const format = formats.get(key) ?? newFormat(locale, currency, cents);
  formats.set(key, format);
  return format;
}

/** At least the currency's own digits, more where the amount has more. */
const newFormat = (locale: string, currency: string, cents: Cents) =>
  new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    maximumFractionDigits: MOST_DIGITS,
    ...(cents === 'if any' && { trailingZeroDisplay: 'stripIfInteger' }),
  });

/**
 * An exact amount as people who speak `locale` write it: "$4.90", "CA$5.00", "CHF 5.00". Never rounded: `Intl` takes
 * decimal text as it is, without a binary float between. "9.80 XYZ" for what is no currency's code.
 */
export function localMoney(locale: string, value: Money, cents: Cents = 'always'): string {
  const { amount, currency } = value;
  if (!known.has(currency)) return moneyText(value);
  // Between a code and its number is a space that can be searched for.
  return formatFor(locale, currency, cents)
    .format(amount as Intl.StringNumericLiteral)
    .replaceAll('\u00a0', ' ');
}
