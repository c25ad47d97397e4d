import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Product } from '../../src/cardpluspay/types.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { wordsOf } from '../../src/catalog/text.ts';
import { brandText, readingsOf } from '../../src/catalog/understand.ts';
import { codesOf, product, standInProducts } from './products.ts';
import { loadedCatalog } from './scripted.ts';

let catalog: Catalog;
beforeAll(async () => {
  catalog = await loadedCatalog(standInProducts());
});
const complete = (text: string) => codesOf(catalog.completeItem(text));

describe('completing an item', () => {
  it('puts the product whose code was typed first', () => {
    expect(complete('steam-usd-5')[0]).toBe('steam-usd-5');
    expect(complete('STEAM-USD-50')[0]).toBe('steam-usd-50');
  });

  it('puts an exact code first even where another product fits as well', async () => {
    const small = await loadedCatalog([product('a-5-b'), product('b-5-a')]);
    expect(codesOf(small.completeItem('b-5-a'))).toEqual(['b-5-a', 'a-5-b']);
  });

  it('finds a brand and a value: the value itself before those that begin with it or hold it', () => {
    expect(complete('google play 5')).toEqual([
      'google-play-usd-5',
      'google-play-eur-50',
      'google-play-usd-50',
      'google-play-eur-15',
      'google-play-eur-25',
      'google-play-usd-25',
    ]);
  });

  it('takes the words in any order, and with or without the space', () => {
    expect(complete('50 steam eur')).toEqual(['steam-eur-50']);
    expect(complete('googleplay 100')).toEqual(['google-play-usd-100']);
  });

  it('orders what fits equally well by brand, currency and face value', () => {
    expect(complete('amazon')).toEqual([
      'amazon-eur-15',
      'amazon-eur-25',
      'amazon-eur-50',
      'amazon-gbp-10',
      'amazon-gbp-25',
      'amazon-usd-10',
      'amazon-usd-25',
      'amazon-usd-50',
      'amazon-usd-100',
    ]);
  });

  it('fits the beginning of a word better than its inside', () => {
    const found = catalog.completeItem('play').map(({ brand }) => brand);
    expect([...new Set(found)]).toEqual(['Google Play', 'PlayStation']);
    expect(complete('flix').length).toBe(5);
  });

  it.each([
    ['goggle plya', 'Google Play'],
    ['netflx', 'Netflix'],
    ['stema', 'Steam'],
    ['nitnendo', 'Nintendo eShop'],
    ['ubre', 'Uber'],
    ['zalado', 'Zalando'],
  ])('forgives the typos in "%s"', (text, brand) => {
    const brands = new Set(catalog.completeItem(text).map((found) => found.brand));
    expect([...brands][0]).toBe(brand);
  });

  it('forgives a typo also where the mistyped word is one, but not together with the others', async () => {
    const small = await loadedCatalog([product('1', { name: 'Steam Wallet' }), product('2', { name: 'Stem Cells' })]);
    expect(codesOf(small.completeItem('stem wallet'))).toEqual(['1']);
    expect(codesOf(small.completeItem('stem'))).toEqual(['2']);
  });

  it('takes a number as it is typed', () => {
    expect(complete('steam 51')).toEqual([]);
  });

  it('finds names without regard to accents and capitals', async () => {
    const small = await loadedCatalog([product('1', { name: 'Café Zürich' })]);
    for (const text of ['cafe', 'CAFÉ', 'zuri']) expect(small.completeItem(text)).toHaveLength(1);
  });

  it('offers cards of every brand when nothing is typed yet', () => {
    for (const text of ['', '   ']) {
      const offered = catalog.completeItem(text);
      expect(offered).toHaveLength(25);
      expect(new Set(offered.map(({ brand }) => brand)).size).toBe(13);
    }
  });

  it('shows nothing rather than something wrong', () => {
    expect(complete('qqqqqq')).toEqual([]);
    expect(complete('steam qqqqqq')).toEqual([]);
  });
});

describe('completing a brand', () => {
  it('offers brands by their beginning, by a later word and despite typos', () => {
    expect(catalog.completeBrand('pla')).toEqual(['Google Play', 'PlayStation']);
    expect(catalog.completeBrand('googlep')).toEqual(['Google Play']);
    expect(catalog.completeBrand('spotfiy')).toEqual(['Spotify']);
  });

  it('offers all brands from A to Z when nothing is typed yet', () => {
    const brands = catalog.completeBrand('');
    expect(brands).toHaveLength(13);
    expect(brands).toEqual(brands.toSorted());
  });

  it('offers no brand for products without one', async () => {
    const small = await loadedCatalog([product('1'), product('2', { brand: 'Steam' })]);
    expect(small.completeBrand('')).toEqual(['Steam']);
  });
});

/** Changes that turn one word into the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const change = (row[j] ?? 0) + Number(letter !== other);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function fits(found: Product, typed: string): boolean {
  const { itemCode, name, brand = '', faceValue, currency, deliveryType } = found;
  const words = wordsOf(`${itemCode} ${name} ${brand} ${faceValue} ${currency}`);
  words.push(...wordsOf(brandText(brand)), ...(deliveryType === 'PHYSICAL' ? ['physical'] : []));
  return words.some((word) => word.includes(typed) || distance(word, typed) <= 2);
}

describe('every completion', () => {
  const brands = standInProducts().map(({ name }) => name.split(' '));
  const typed = fc
    .array(
      fc.oneof(
        fc.constantFrom(...brands.flat()),
        fc.constantFrom(...brands.flat()).map((word) => word.slice(0, -1)),
        fc.constantFrom(...brands.flat()).map((word) => word.replace(/(.)(.)/, '$2$1')),
        fc.string({ maxLength: 6 }),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((words) => words.join(' '))
    // Signs of currencies are not looked for as words: synonyms.test.ts.
    .filter((text) => readingsOf(text).join() === text);

  it('has at most 25 products, each once, each fits every word, and the same twice', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const found = catalog.completeItem(text);
        expect(found.length).toBeLessThanOrEqual(25);
        expect(new Set(found).size).toBe(found.length);
        for (const word of wordsOf(text)) {
          expect(found.filter((one) => !fits(one, word))).toEqual([]);
        }
        expect(catalog.completeItem(text)).toEqual(found);
      }),
      { numRuns: 500 },
    );
  });

  it('finds a product by any beginnings of its words', () => {
    const some = fc.constantFrom(...standInProducts());
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 9 }), ({ itemCode, name }, length) => {
        const text = wordsOf(name).map((word) => word.slice(0, length));
        const found = catalog.search({ query: text.join(' ') });
        expect(codesOf(found)).toContain(itemCode);
      }),
    );
  });
});
