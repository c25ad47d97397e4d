import type Big from 'big.js';
import { amountOf } from './amounts.ts';
import { type Delivery, type Extra, limitedStock, type ProductLine, productLines, usdRates } from './catalog-data.ts';

export interface StandInProduct {
  itemCode: string;
  name: string;
  brand: string;
  category: string;
  /** Face value, in `currency`. */
  value: Big;
  /** What is charged for one, in the account's currency. */
  price: Big;
  currency: string;
  region: string;
  countryCodes: readonly string[];
  deliveryType: Delivery;
  /** `null`: never runs out. */
  stock: number | null;
  extras: readonly Extra[];
  /** What its row in the catalog says instead. */
  row?: object;
}

type Line = ProductLine & { place: string };

function chargedFor(value: Big, { currency, discount }: ProductLine, account: string): Big {
  const rate = amountOf(usdRates[currency] ?? 1).div(usdRates[account] ?? 1);
  return value.times(rate).times(amountOf(100).minus(discount)).div(100).round(2);
}

function productsOf(line: Line, account: string): StandInProduct[] {
  return line.values.map((faceValue) => {
    const itemCode = `${line.slug}-${line.currency.toLowerCase()}-${faceValue}`;
    const value = amountOf(faceValue);
    return {
      itemCode,
      name: `${line.brand} ${line.place} ${faceValue} ${line.currency}`,
      brand: line.brand,
      category: line.category,
      value,
      price: chargedFor(value, line, account),
      currency: line.currency,
      region: line.region,
      countryCodes: line.countries,
      deliveryType: line.delivery ?? 'DIGITAL',
      stock: limitedStock[itemCode] ?? null,
      extras: line.extras ?? [],
    };
  });
}

const SYLLABLES = 'ba co di fu gre hal in jo kra lum mo nor pi qua ros sta tel ur vex zan'.split(' ');

/** A made-up word, another one for each number below 8,000. */
function wordOf(n: number): string {
  const parts = [n % 20, Math.floor(n / 20) % 20, Math.floor(n / 400) % 20];
  const word = parts.map((i) => SYLLABLES[i]).join('');
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Made-up brands with 24 products each, without end. */
function* inventedLines(): Generator<Line> {
  const places = [
    ['US', 'USD', 'us', ['US']],
    ['EU', 'EUR', 'eu', ['DE', 'FR', 'ES']],
    ['UK', 'GBP', 'uk', ['GB']],
    ['Global', 'USD', 'global', ['US', 'CA', 'GB', 'DE']],
  ] as const;
  for (let n = 0; ; n++) {
    const brand = `${wordOf((n * 37) % 8000)} ${wordOf((n * 91 + 5) % 8000)}`;
    for (const [place, currency, region, countries] of places) {
      const slug = `${brand.toLowerCase().replaceAll(' ', '-')}-${n}-${place.toLowerCase()}`;
      const values = [5, 10, 25, 50, 75, 100];
      const line = { brand, slug, place, currency, region, countries, values };
      yield { ...line, category: 'Shopping', discount: n % 9 };
    }
  }
}

/** The believable catalog, or `count` products: the believable ones first, then made-up ones. */
export function makeProducts(account: string, count?: number): StandInProduct[] {
  const products = productLines.flatMap((line) => productsOf(line, account));
  if (count === undefined) return products;
  for (const line of inventedLines()) {
    if (products.length >= count) break;
    products.push(...productsOf(line, account));
  }
  return products.slice(0, count);
}
