import { amountOf } from './amounts.ts';
import type { StandInProduct } from './products.ts';

const usual = {
  category: 'Odd',
  value: amountOf(5),
  price: amountOf('4.90'),
  currency: 'USD',
  region: 'us',
  countryCodes: ['US'],
  deliveryType: 'DIGITAL',
  stock: null,
  extras: ['Pin'],
} as const satisfies Partial<StandInProduct>;

const odd = (itemCode: string, row: object, more: Partial<StandInProduct> = {}): StandInProduct => ({
  ...{ ...usual, itemCode, name: itemCode, brand: 'Oddities' },
  ...more,
  row,
});

/** Products whose rows are as no documentation has them, and as a careless shop writes them. */
export const oddProducts = (): StandInProduct[] => [
  odd(
    'odd-blank',
    { brand: '', currency: '', product_name: ' \u200b\n', category: null, region: '', delivery_type: '' },
    { currency: '' },
  ),
  odd('odd-entities', { brand: 'Ben &amp; Jerry&#39;s', product_name: 'Ben &amp; Jerry&#39;s &lt;5&gt; *USD*' }),
  odd('odd-countries', { brand: null, country_code: 'US, CA' }),
  odd('odd-country', { country_code: 'US', currency: 'US$' }),
  odd('odd-null', { country_code: null, currency: null, product_name: null, region: null }),
  odd('odd-grouped', { value: '1,000.00', price: '980.00' }, { price: amountOf(980), value: amountOf(1000) }),
  odd('odd-long', { product_name: 'Long '.repeat(2000), brand: 'L'.repeat(10_000), category: 'c'.repeat(10_000) }),
  odd('CASE-5', {}, { name: 'Case of five' }),
  odd(
    'case-5',
    { price: '49.00', value: '50.00' },
    { name: 'Case of fifty', price: amountOf(49), value: amountOf(50) },
  ),
  odd('odd-unreadable', { item_code: ' \u2060' }),
];
