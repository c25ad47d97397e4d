export type Delivery = 'PHYSICAL' | 'DIGITAL' | 'BOTH';
/** What else a card of the product comes with, in its `metadata`. */
export type Extra = 'Pin' | 'Serial' | 'Expiry';

/** One brand in one currency and region; each of `values` is a product of its own. */
export interface ProductLine {
  brand: string;
  slug: string;
  category: string;
  currency: string;
  region: string;
  countries: readonly string[];
  values: readonly number[];
  /** How far the charged amount is below the face value, in percent. */
  discount: number;
  extras?: readonly Extra[];
  delivery?: Delivery;
}

const EURO = ['DE', 'FR', 'ES', 'IT', 'NL', 'AT', 'BE', 'IE', 'PT', 'FI'];
const US = ['US'];
const GB = ['GB'];
const WORLD = ['US', 'CA', 'GB', 'DE', 'FR', 'ES', 'IT', 'BR', 'IN', 'JP', 'AU'];

type Row = [
  place: string,
  currency: string,
  region: string,
  countries: readonly string[],
  values: number[],
  discount: number,
];

interface Brand {
  brand: string;
  slug: string;
  category: string;
  rows: Row[];
  extras?: Extra[];
  delivery?: Delivery;
}

const brands: Brand[] = [
  {
    brand: 'Google Play',
    slug: 'google-play',
    category: 'Apps & Games',
    rows: [
      ['US', 'USD', 'us', US, [5, 10, 25, 50, 100], 2],
      ['EU', 'EUR', 'eu', EURO, [15, 25, 50], 1.5],
    ],
  },
  {
    brand: 'Steam',
    slug: 'steam',
    category: 'Games',
    rows: [
      ['Global', 'USD', 'global', WORLD, [5, 10, 20, 50, 100], 3],
      ['EU', 'EUR', 'eu', EURO, [5, 20, 50], 2],
    ],
  },
  {
    brand: 'Amazon',
    slug: 'amazon',
    category: 'Shopping',
    rows: [
      ['US', 'USD', 'us', US, [10, 25, 50, 100], 0],
      ['DE', 'EUR', 'eu', ['DE', 'AT'], [15, 25, 50], 1],
      ['UK', 'GBP', 'uk', GB, [10, 25], 1],
    ],
  },
  {
    brand: 'Netflix',
    slug: 'netflix',
    category: 'Streaming',
    extras: ['Pin'],
    rows: [
      ['US', 'USD', 'us', US, [15, 30, 60], 4],
      ['EU', 'EUR', 'eu', EURO, [25, 50], 3.5],
    ],
  },
  {
    brand: 'Spotify',
    slug: 'spotify',
    category: 'Streaming',
    extras: ['Pin'],
    rows: [
      ['US', 'USD', 'us', US, [10, 30, 60], 5],
      ['UK', 'GBP', 'uk', GB, [10, 30], 5],
    ],
  },
  {
    brand: 'PlayStation',
    slug: 'playstation',
    category: 'Games',
    rows: [
      ['US', 'USD', 'us', US, [10, 25, 50, 75], 4.5],
      ['DE', 'EUR', 'eu', ['DE', 'AT'], [20, 50], 3],
    ],
  },
  {
    brand: 'Xbox',
    slug: 'xbox',
    category: 'Games',
    rows: [
      ['US', 'USD', 'us', US, [10, 25, 50], 6],
      ['UK', 'GBP', 'uk', GB, [10, 25], 5],
    ],
  },
  {
    brand: 'Nintendo eShop',
    slug: 'nintendo-eshop',
    category: 'Games',
    rows: [
      ['US', 'USD', 'us', US, [10, 20, 35, 50], 2.5],
      ['Japan', 'JPY', 'asia', ['JP'], [1000, 3000], 2],
    ],
  },
  {
    brand: 'Apple',
    slug: 'apple',
    category: 'Apps & Games',
    rows: [
      ['US', 'USD', 'us', US, [10, 25, 50, 100], 1],
      ['EU', 'EUR', 'eu', EURO, [25, 50], 0],
    ],
  },
  {
    brand: 'Uber',
    slug: 'uber',
    category: 'Travel',
    extras: ['Pin'],
    rows: [['US', 'USD', 'us', US, [15, 25, 50], 5]],
  },
  {
    brand: 'Airbnb',
    slug: 'airbnb',
    category: 'Travel',
    extras: ['Pin'],
    delivery: 'PHYSICAL',
    rows: [
      ['US', 'USD', 'us', US, [50, 100], 6],
      ['EU', 'EUR', 'eu', EURO, [50, 100], 6],
    ],
  },
  {
    brand: 'Zalando',
    slug: 'zalando',
    category: 'Fashion',
    extras: ['Pin', 'Expiry'],
    delivery: 'BOTH',
    rows: [['DE', 'EUR', 'eu', ['DE', 'AT'], [20, 50], 8]],
  },
  {
    brand: 'Razer Gold',
    slug: 'razer-gold',
    category: 'Games',
    extras: ['Serial', 'Pin'],
    rows: [['Global', 'USD', 'global', WORLD, [1, 20], 15]],
  },
];

export const productLines: readonly (ProductLine & { place: string })[] = brands.flatMap(({ rows, ...brand }) =>
  rows.map(([place, currency, region, countries, values, discount]) => {
    return { ...brand, place, currency, region, countries, values, discount };
  }),
);

/** What is not there without end: 0 is out of stock. */
export const limitedStock: Readonly<Record<string, number>> = {
  'netflix-usd-60': 0,
  'nintendo-eshop-jpy-3000': 0,
  'airbnb-eur-100': 0,
  'xbox-gbp-25': 0,
  'apple-eur-50': 1,
  'steam-usd-100': 3,
  'playstation-usd-75': 5,
  'zalando-eur-50': 12,
};

/** What one unit costs in US dollars, so that an account in any of these has prices. */
export const usdRates: Readonly<Record<string, string>> = {
  USD: '1',
  EUR: '1.09',
  GBP: '1.27',
  JPY: '0.0067',
};
