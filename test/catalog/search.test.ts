import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Product } from '../../src/cardpluspay/types.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { type CatalogSearch, compareAmounts } from '../../src/catalog/filters.ts';
import { offerFrom } from '../../src/catalog/shop.ts';
import { compare, money, moneyText, toAmount } from '../../src/lib/money.ts';
import { codesOf, product, standInProducts } from './products.ts';
import { loadedCatalog } from './scripted.ts';

let catalog: Catalog;
beforeAll(async () => {
  catalog = await loadedCatalog(standInProducts());
});

function expectFound(search: CatalogSearch, test: (product: Product) => boolean): void {
  const wanted = codesOf(standInProducts().filter(test)).toSorted();
  expect(wanted.length).toBeGreaterThan(0);
  expect(codesOf(catalog.search(search)).toSorted()).toEqual(wanted);
}

describe('searching the catalog', () => {
  it('gives everything, by brand, to somebody who asks for nothing in particular', () => {
    const found = catalog.search({});
    expect(found).toHaveLength(standInProducts().length);
    expect(found[0]?.brand).toBe('Airbnb');
    expect(found.at(-1)?.brand).toBe('Zalando');
  });

  it('filters by brand, currency, region and country, in capitals or not', () => {
    expectFound({ brand: ' google play' }, ({ brand }) => brand === 'Google Play');
    expectFound({ currency: 'jpy' }, ({ currency }) => currency === 'JPY');
    expectFound({ region: 'EU' }, ({ region }) => region === 'eu');
    expectFound({ country: 'at' }, ({ countryCodes }) => countryCodes.includes('AT'));
  });

  it('finds under digital and physical also what comes as both', () => {
    expectFound({ delivery: 'DIGITAL' }, ({ deliveryType }) => deliveryType !== 'PHYSICAL');
    expectFound({ delivery: 'PHYSICAL' }, ({ deliveryType }) => deliveryType !== 'DIGITAL');
    expectFound({ delivery: 'BOTH' }, ({ deliveryType }) => deliveryType === 'BOTH');
  });

  it('filters by face value, both ends included, by amount and not by text', () => {
    expectFound({ min: '50.00' }, ({ faceValue }) => Number(faceValue) >= 50);
    expectFound({ max: '10' }, ({ faceValue }) => Number(faceValue) <= 10);
    expectFound({ min: '15', max: '25' }, (one) => ['15', '20', '25'].includes(one.faceValue));
  });

  it('refuses an amount that is none', () => {
    for (const min of ['ten', '', '-1']) expect(() => catalog.search({ min })).toThrow(RangeError);
  });

  it('takes a query and filters together', () => {
    const found = catalog.search({ query: 'steam', currency: 'EUR', min: '20' });
    expect(codesOf(found)).toEqual(['steam-eur-20', 'steam-eur-50']);
  });

  it('does not mind products of which little is known', async () => {
    const bare = await loadedCatalog([product('bare-1')]);
    expect(codesOf(bare.search({ query: 'bare' }))).toEqual(['bare-1']);
    expect(bare.search({ brand: 'x' })).toEqual([]);
    expect(bare.search({ delivery: 'DIGITAL' })).toEqual([]);
  });
});

describe("a product's amounts", () => {
  it('are the face value in its own currency and the charged amount in that of the account', () => {
    const card = product('1', { faceValue: '5', charged: '4.9', currency: 'EUR' });
    const { faceValue, charged } = offerFrom(card, 'USD');
    expect(faceValue && moneyText(faceValue)).toBe('5.00 EUR');
    expect(moneyText(charged)).toBe('4.90 USD');
    expect(offerFrom(product('2'), 'USD').faceValue).toBeUndefined();
  });

  it('are compared as exactly as money', () => {
    const amount = fc
      .tuple(fc.nat(2_000), fc.nat(99))
      .map(([whole, part]) => toAmount(`${whole}.${String(part).padStart(2, '0')}`));
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const exact = compare(money(a, 'USD'), money(b, 'USD'));
        expect(Math.sign(compareAmounts(a, b))).toBe(exact);
      }),
    );
  });
});
