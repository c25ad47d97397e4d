import { beforeAll, describe, expect, it } from 'vitest';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { readingsOf } from '../../src/catalog/understand.ts';
import { codesOf, product, standInProducts } from './products.ts';
import { loadedCatalog } from './scripted.ts';

let catalog: Catalog;
beforeAll(async () => {
  catalog = await loadedCatalog(standInProducts());
});
const complete = (text: string) => codesOf(catalog.completeItem(text));
const brandsOf = (text: string) => [...new Set(catalog.completeItem(text).map(({ brand }) => brand))];

describe('what people call a card', () => {
  it.each([
    ['psn', 'PlayStation'],
    ['PSN card', 'PlayStation'],
    ['playstation network', 'PlayStation'],
    ['playstation store', 'PlayStation'],
    ['sony', 'PlayStation'],
    ['itunes', 'Apple'],
    ['iTunes gift card', 'Apple'],
    ['app store', 'Apple'],
    ['xbox live', 'Xbox'],
    ['microsoft', 'Xbox'],
    ['google play gift card', 'Google Play'],
    ['amazon voucher', 'Amazon'],
    ['eshop', 'Nintendo eShop'],
  ])('"%s" is %s', (text, brand) => {
    expect(brandsOf(text)).toEqual([brand]);
  });

  it('"play store" is Google Play, and then PlayStation, which has one as well', () => {
    expect(brandsOf('play store')).toEqual(['Google Play', 'PlayStation']);
  });

  it('is the same for a brand that is asked for, for the catalog, and where CardPlusPay names a card after it only', async () => {
    expect(catalog.completeBrand('psn')).toEqual(['PlayStation']);
    expect(codesOf(catalog.search({ query: 'itunes', currency: 'EUR' }))).toEqual(['apple-eur-25', 'apple-eur-50']);
    const bare = await loadedCatalog([product('1', { name: 'PSN 20' }), product('2', { name: 'Zalando 20' })]);
    expect(codesOf(bare.completeItem('playstation'))).toEqual(['1']);
  });

  it('goes both ways: a brand that CardPlusPay calls otherwise is found by its usual name', async () => {
    const other = await loadedCatalog([product('1', { brand: 'iTunes' }), product('2', { brand: 'Grapple Shop' })]);
    expect(codesOf(other.completeItem('apple'))).toEqual(['1', '2']);
  });
});

describe('"gift card"', () => {
  it('tells no card from another: alone it is as good as nothing', () => {
    for (const text of ['gift card', 'Gift Cards', 'giftcard', 'voucher code']) {
      expect(complete(text)).toEqual(complete(''));
      expect(catalog.search({ query: text })).toHaveLength(standInProducts().length);
    }
  });

  it('is left out of what else was typed, typos and all', () => {
    expect(complete('steam gift card')).toEqual(complete('steam'));
    expect(complete('gift card steam 20')).toEqual(complete('steam 20'));
    expect(complete('stema giftcard')).toEqual(complete('steam'));
  });
});

describe('an amount with its currency', () => {
  it.each([
    '$20 steam',
    'steam 20$',
    'steam 20 dollars',
    '20 dollar steam gift card',
    'us$20 steam',
    '20usd steam',
    '$20.00 steam',
  ])('"%s" is a Steam card that shows 20 USD', (text) => expect(complete(text)[0]).toBe('steam-usd-20'));

  it.each([
    ['20€ steam', 'steam-eur-20'],
    ['steam 20 euro', 'steam-eur-20'],
    ['€ 20 steam', 'steam-eur-20'],
    ['£25 xbox', 'xbox-gbp-25'],
    ['25 quid amazon', 'amazon-gbp-25'],
    ['¥1000', 'nintendo-eshop-jpy-1000'],
    ['$20 stema', 'steam-usd-20'],
  ])('"%s" is %s', (text, code) => expect(complete(text)[0]).toBe(code));

  it('alone is any card that shows it', () => {
    const found = catalog.completeItem('$20');
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ currency, faceValue }) => currency === 'USD' && faceValue.startsWith('20'))).toBe(true);
  });

  it('is only preferred: without one like it, first the currency counts, then the amount', () => {
    expect(complete('$35 steam')).toEqual(complete('steam usd'));
    expect(complete('£50 steam')).toEqual(complete('steam 50'));
    expect(complete('£7 steam')).toEqual(complete('steam'));
  });

  it('is nothing to be found for a brand that there is none of', () => {
    expect(complete('$20 qqqqqqqq')).toEqual([]);
  });

  it('leaves a code and a bare number what they are', () => {
    expect(complete('steam-usd-5')[0]).toBe('steam-usd-5');
    expect(readingsOf('steam 20')).toEqual(['steam 20']);
    expect(readingsOf('4x4 3m')).toEqual(['4x4 3m']);
    expect(readingsOf('')).toEqual(['']);
  });
});
