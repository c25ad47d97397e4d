import type { Product } from '../cardpluspay/index.ts';
import { compareAmounts } from './filters.ts';
import { inSlices, wordsOf } from './text.ts';
import { createWordIndex } from './word-index.ts';

function compareText(a = '', b = ''): number {
  return a < b ? -1 : Number(a > b);
}

function compareWithinBrand(a: Product, b: Product): number {
  return (
    compareText(a.currency, b.currency) ||
    compareAmounts(a.faceValue, b.faceValue) ||
    compareText(a.itemCode, b.itemCode)
  );
}

/** Product lists by brand, brands from A to Z, each list by currency and face value. */
async function groupByBrand(products: readonly Product[]): Promise<Product[][]> {
  const groups = new Map<string, Product[]>();
  await inSlices(products, (product) => {
    const group = groups.get(product.brand ?? '');
    if (group) group.push(product);
    else groups.set(product.brand ?? '', [product]);
  });
  const keyed = [...groups].map(([brand, group]) => ({ key: brand.toLowerCase(), group }));
  keyed.sort((a, b) => compareText(a.key, b.key));
  await inSlices(keyed, ({ group }) => void group.sort(compareWithinBrand));
  return keyed.map(({ group }) => group);
}

/** The first product of every brand, then the second of every brand, and so on; large brands first. */
function spread(groups: readonly Product[][], limit: number): Product[] {
  const largest = groups.toSorted((a, b) => b.length - a.length).slice(0, limit);
  const picked: Product[] = [];
  for (let i = 0; picked.length < limit && largest.some((group) => i < group.length); i++) {
    picked.push(...largest.flatMap((group) => group[i] ?? []));
  }
  return picked.slice(0, limit);
}

/** "googleplay" finds Google Play. */
function brandText(brand: string): string {
  return `${brand} ${wordsOf(brand).join('')}`;
}

function itemText({ itemCode, name, brand, faceValue, currency }: Product): string {
  return `${itemCode} ${name} ${brandText(brand ?? '')} ${faceValue} ${currency ?? ''}`;
}

const MOST_SPREAD = 25;

export type ProductIndex = Awaited<ReturnType<typeof createProductIndex>>;

/** Products in memory, ready to be searched. Built in slices, and never changed. */
export async function createProductIndex(all: readonly Product[]) {
  const groups = await groupByBrand(all);
  const products = groups.flat();
  const byCode = new Map<string, Product>();
  await inSlices(products, (product) => {
    byCode.set(product.itemCode.toLowerCase(), product);
  });
  const items = await createWordIndex(products, itemText);
  const brands = groups.flatMap(([first]) => first?.brand ?? []);
  const brandNames = await createWordIndex(brands, brandText);
  const first = spread(groups, MOST_SPREAD);

  const find = (itemCode: string) => byCode.get(itemCode.trim().toLowerCase());
  return {
    size: products.length,
    find,
    /** Products that fit, best first: an exact item code, then by fit, brand, currency and face value. */
    match(text: string, limit: number): Product[] {
      const exact = find(text);
      const fitting = items.find(text, limit);
      if (!exact) return fitting;
      return [exact, ...fitting.filter((product) => product !== exact)].slice(0, limit);
    },
    matchBrands(text: string, limit: number): string[] {
      return brandNames.find(text, limit);
    },
    /** For somebody who has typed nothing yet. */
    first,
  };
}
