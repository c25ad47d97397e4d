import { describe, expect, it } from 'vitest';
import { CardPlusPayError } from '../../src/cardpluspay/error.ts';
import { codesOf, product, standInProducts } from './products.ts';
import { createScriptedCatalog, REFRESH_MS, until } from './scripted.ts';

const broken = () => {
  throw new CardPlusPayError('server', 'unknown', 'server error');
};

describe('the catalog in memory', () => {
  it('works before it is loaded: nothing is found, and nothing fails', () => {
    const { catalog } = createScriptedCatalog([product('a-5')]);
    expect(catalog.size()).toBe(0);
    expect(catalog.find('a-5')).toBeUndefined();
    expect(catalog.completeItem('a')).toEqual([]);
    expect(catalog.completeItem('')).toEqual([]);
    expect(catalog.completeBrand('a')).toEqual([]);
    expect(catalog.search({ query: 'a' })).toEqual([]);
    expect(catalog.fetchedAt()).toBeUndefined();
  });

  it('fetches every product, a hundred a page, and finds each in capitals or not', async () => {
    const products = standInProducts(250);
    const { catalog, giftCards, time, load } = createScriptedCatalog(products);
    await load();
    expect(giftCards.queries).toEqual([1, 2, 3].map((page) => ({ page, perPage: 100 })));
    expect(catalog.size()).toBe(250);
    expect(catalog.fetchedAt()).toBe(time.clock.now());
    for (const one of products) expect(catalog.find(one.itemCode)).toEqual(one);
    expect(catalog.find(' STEAM-USD-5 ')?.itemCode).toBe('steam-usd-5');
  });

  it('fetches again regularly: new products appear, vanished ones are gone', async () => {
    const { catalog, giftCards, load, refreshAfter } = createScriptedCatalog([
      product('stays', { charged: '4' }),
      product('goes'),
    ]);
    await load();
    giftCards.products = [product('stays', { charged: '5' }), product('comes')];
    await refreshAfter(REFRESH_MS);
    expect(catalog.find('goes')).toBeUndefined();
    expect(catalog.completeItem('goes')).toEqual([]);
    expect(catalog.find('comes')).toBeDefined();
    expect(catalog.find('stays')?.charged).toBe('5');
  });

  it('keeps all old products when a refresh fails half-way, and tries again sooner', async () => {
    const old = standInProducts(150);
    const { catalog, giftCards, time, warnings, ...scripted } = createScriptedCatalog(old);
    await scripted.load();
    const fetchedAt = catalog.fetchedAt();
    giftCards.products = Array.from({ length: 150 }, (_, i) => product(`new-${i}`));
    giftCards.before = ({ page }) => page === 2 && broken();
    await scripted.refreshAfter(REFRESH_MS);
    expect(catalog.find('new-0')).toBeUndefined();
    expect(catalog.size()).toBe(150);
    expect(catalog.fetchedAt()).toBe(fetchedAt);
    expect(warnings).toHaveLength(1);
    const waits = [...time.sleeping()];
    for (let i = 0; i < 7; i++) {
      await scripted.refreshAfter(time.sleeping()[0] ?? 0);
      waits.push(...time.sleeping());
    }
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 600, 600].map((s) => s * 1000));
    giftCards.before = () => undefined;
    await scripted.refreshAfter(REFRESH_MS);
    expect(catalog.find('new-149')).toBeDefined();
    expect(time.sleeping()).toEqual([REFRESH_MS]);
  });

  it('takes an empty page in the middle for a failure, not for the end', async () => {
    const { catalog, giftCards, warnings, load } = createScriptedCatalog(standInProducts(150));
    giftCards.catalog = async ({ page = 1 }) => {
      return { items: [], page, lastPage: 2, total: 150, skipped: 0 };
    };
    await load();
    expect(catalog.size()).toBe(0);
    expect(warnings).toHaveLength(1);
  });

  it('counts a product once that moved to the next page meanwhile', async () => {
    const products = standInProducts(150);
    const { catalog, giftCards, load } = createScriptedCatalog(products);
    giftCards.before = ({ page }) => {
      if (page === 2) giftCards.products = [product('newest'), ...products];
    };
    await load();
    expect(catalog.size()).toBe(150);
    expect(codesOf(catalog.search({})).toSorted()).toEqual(codesOf(products).toSorted());
  });

  it('serves the old products while it fetches new ones', async () => {
    const { catalog, giftCards, time, load } = createScriptedCatalog([product('old')]);
    await load();
    let release = () => {};
    giftCards.before = () => new Promise<void>((resolve) => (release = resolve));
    giftCards.products = [product('new')];
    time.advance(REFRESH_MS);
    await until(() => giftCards.queries.length === 2);
    expect(codesOf(catalog.completeItem('old'))).toEqual(['old']);
    release();
    await until(() => time.sleeping().length === 1);
    expect(codesOf(catalog.completeItem('new'))).toEqual(['new']);
  });

  it('fetches nothing more, and changes nothing, once it is stopped', async () => {
    const { catalog, giftCards, time, warnings, load } = createScriptedCatalog([product('old')]);
    await load();
    let release = () => {};
    giftCards.before = () => new Promise<void>((resolve) => (release = resolve));
    giftCards.products = standInProducts(150);
    time.advance(REFRESH_MS);
    await until(() => giftCards.queries.length === 2);
    catalog.stop();
    release();
    await new Promise((resolve) => setImmediate(resolve));
    time.advance(10 * REFRESH_MS);
    await new Promise((resolve) => setImmediate(resolve));
    expect(giftCards.queries).toHaveLength(2);
    expect(catalog.size()).toBe(1);
    expect(warnings).toEqual([]);
  });

  it('is fetched once when it is started twice', async () => {
    const { catalog, giftCards, load } = createScriptedCatalog([product('a')]);
    catalog.start();
    await load();
    expect(giftCards.queries).toHaveLength(1);
  });
});

describe('looking a product up', () => {
  it('asks CardPlusPay for what is not in memory', async () => {
    const { catalog, giftCards } = createScriptedCatalog([product('a-5')]);
    expect((await catalog.lookUp(' a-5 '))?.itemCode).toBe('a-5');
    expect(giftCards.queries).toEqual([{ itemId: 'a-5', perPage: 10 }]);
    expect(await catalog.lookUp('a-6')).toBeUndefined();
  });

  it('asks nobody for what is in memory', async () => {
    const { catalog, giftCards, load } = createScriptedCatalog([product('a-5')]);
    await load();
    expect((await catalog.lookUp('A-5'))?.itemCode).toBe('a-5');
    expect(giftCards.queries).toHaveLength(1);
  });

  it('takes no other product for the one that was asked for', async () => {
    const { catalog, giftCards } = createScriptedCatalog([]);
    giftCards.catalog = async () => {
      return { items: [product('other')], page: 1, lastPage: 1, total: 1, skipped: 0 };
    };
    expect(await catalog.lookUp('a-5')).toBeUndefined();
  });

  it('takes "not found" for an answer, and lets other errors through', async () => {
    const { catalog, giftCards } = createScriptedCatalog([]);
    giftCards.before = () => {
      throw new CardPlusPayError('not_found', 'refused', 'not found');
    };
    expect(await catalog.lookUp('a-5')).toBeUndefined();
    giftCards.before = broken;
    await expect(catalog.lookUp('a-5')).rejects.toThrow(CardPlusPayError);
  });
});

describe('a catalog that is odd', () => {
  it('keeps apart the cards whose codes differ by capitals alone, and never gives one for the other', async () => {
    const { catalog, giftCards, load } = createScriptedCatalog([
      product('CASE-5', { charged: '4.90' }),
      product('case-5', { charged: '49.00' }),
    ]);
    await load();
    expect(catalog.find('CASE-5')?.charged).toBe('4.90');
    expect(catalog.find(' case-5 ')?.charged).toBe('49.00');
    expect(catalog.find('Case-5')).toBeUndefined();
    expect(await catalog.lookUp('Case-5')).toBeUndefined();
    expect(catalog.completeItem('case-5').map(({ itemCode }) => itemCode)).toEqual(['case-5', 'CASE-5']);
    expect(catalog.search({ query: 'CASE-5' }).map(({ itemCode }) => itemCode)).toEqual(['CASE-5', 'case-5']);
    giftCards.products = [];
  });

  it('asks CardPlusPay for what it does not know, and takes the exact code where several are alike', async () => {
    const { catalog, giftCards } = createScriptedCatalog([]);
    const rows = [product('CASE-5'), product('case-5')];
    const page = { page: 1, lastPage: 1, total: 2, skipped: 0 };
    giftCards.catalog = async () => ({ ...page, items: rows });
    expect((await catalog.lookUp('case-5'))?.itemCode).toBe('case-5');
    expect(await catalog.lookUp('Case-5')).toBeUndefined();
  });

  it('ends where the same page comes again and again, or pages without end', async () => {
    const { catalog, giftCards, load } = createScriptedCatalog([]);
    const items = standInProducts(100);
    let asked = 0;
    giftCards.catalog = async ({ page = 1 }) => {
      asked++;
      return { items, page, lastPage: page + 1, total: 1, skipped: 0 };
    };
    await load();
    expect([asked, catalog.size()]).toEqual([2, 100]);
    catalog.stop();
  });

  it('reads no more than a thousand pages, and says that there are more', async () => {
    const { catalog, giftCards, load } = createScriptedCatalog([]);
    giftCards.catalog = async ({ page = 1 }) => {
      return { items: [product(`p-${page}`)], page, lastPage: 1_000_000_000, total: 1, skipped: 1, cut: 2 };
    };
    await load();
    expect(catalog.size()).toBe(1000);
    expect(catalog.oddities()).toEqual({ skipped: 1000, skippedFor: {}, cut: 2000, isCut: true });
  });
});
