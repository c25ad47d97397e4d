import type { Product } from '../cardpluspay/index.ts';
import { toAmount } from '../lib/index.ts';

/** What a search asks for; what is left out doesn't matter. */
export interface CatalogSearch {
  query?: string | undefined;
  brand?: string | undefined;
  currency?: string | undefined;
  region?: string | undefined;
  /** A country that the card works in: "DE". */
  country?: string | undefined;
  /** Face values, decimal text. */
  min?: string | undefined;
  max?: string | undefined;
  /** DIGITAL and PHYSICAL also fit what comes as BOTH. */
  delivery?: string | undefined;
}

type Test = (product: Product) => boolean;

function plain(text: string | undefined): string | undefined {
  return text?.trim().toLowerCase();
}

function faceAmount(text: string): string {
  const amount = toAmount(text);
  if (amount.startsWith('-')) throw new RangeError('a face value is not negative');
  return amount;
}

function amountTests({ min, max }: CatalogSearch): Test[] {
  const tests: Test[] = [];
  if (min !== undefined) {
    const least = faceAmount(min);
    tests.push(({ faceValue }) => compareAmounts(faceValue, least) >= 0);
  }
  if (max !== undefined) {
    const most = faceAmount(max);
    tests.push(({ faceValue }) => compareAmounts(faceValue, most) <= 0);
  }
  return tests;
}

/** Whether a product is what the search asks for, its query aside. Throws a RangeError for a bad amount. */
export function createFilter(search: CatalogSearch): Test {
  const tests = amountTests(search);
  const on = (wanted: string | undefined, has: (product: Product, wanted: string) => boolean) => {
    const value = plain(wanted);
    if (value) tests.push((product) => has(product, value));
  };
  on(search.brand, ({ brand }, wanted) => plain(brand) === wanted);
  on(search.currency, ({ currency }, wanted) => plain(currency) === wanted);
  on(search.region, ({ region }, wanted) => plain(region) === wanted);
  on(search.country, ({ countryCodes }, wanted) => {
    return countryCodes.some((code) => plain(code) === wanted);
  });
  on(search.delivery, ({ deliveryType }, wanted) => {
    const type = plain(deliveryType);
    return type === wanted || type === 'both';
  });
  return (product) => tests.every((test) => test(product));
}

/**
 * Orders two amounts, decimal text as `toAmount` makes it and not negative, exactly and fast enough to
 * sort a catalog: more digits before the point are more, and with as many the text decides.
 */
export function compareAmounts(a: string, b: string): number {
  const digits = (amount: string) => (amount.includes('.') ? amount.indexOf('.') : amount.length);
  return digits(a) - digits(b) || (a < b ? -1 : Number(a > b));
}
