import type { Product } from '../cardpluspay/index.ts';
import { isPhysical } from './delivery.ts';
import { compareAmounts } from './filters.ts';
import { inSlices } from './text.ts';
import { brandText, otherNamesOf, readingsOf } from './understand.ts';
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

/** The text that a product is found by. Products come brand by brand: each brand's text is made once. */
function createItemText(): (product: Product) => string {
  let last: { brand: string; text: string } | undefined;
  return ({ itemCode, name, brand = '', faceValue, currency = '', deliveryType }) => {
    const more = `${faceValue} ${currency}${isPhysical(deliveryType) ? ' physical' : ''}`;
    // Where CardPlusPay names no brand, the name may be one's.
    if (brand === '') return `${itemCode} ${name} ${otherNamesOf(name)} ${more}`;
    if (last?.brand !== brand) last = { brand, text: brandText(brand) };
    return `${itemCode} ${name} ${last.text} ${more}`;
  };
}

/** By item code in small letters; a list where several differ by capitals alone, which is rare. */
type ByCode = Map<string, Product | Product[]>;

async function indexCodes(products: readonly Product[]): Promise<ByCode> {
  const byCode: ByCode = new Map();
  await inSlices(products, (product) => {
    const key = product.itemCode.toLowerCase();
    const before = byCode.get(key);
    byCode.set(key, before ? [before, product].flat() : product);
  });
  return byCode;
}

const MOST_SPREAD = 25;

export type ProductIndex = Awaited<ReturnType<typeof createProductIndex>>;

/** Products in memory, ready to be searched. Built in slices, and never changed. */
export async function createProductIndex(all: readonly Product[]) {
  const groups = await groupByBrand(all);
  const products = groups.flat();
  const byCode = await indexCodes(products);
  const items = await createWordIndex(products, createItemText());
  const brands = groups.flatMap(([first]) => first?.brand ?? []);
  const brandNames = await createWordIndex(brands, brandText);
  const first = spread(groups, MOST_SPREAD);

  /** In capitals or not, as long as no other one differs by that alone: the wrong card costs money. */
  const find = (itemCode: string) => {
    const code = itemCode.trim();
    const found = byCode.get(code.toLowerCase());
    return Array.isArray(found) ? found.find((product) => product.itemCode === code) : found;
  };

  function findAsMeant(typed: string, limit: number): Product[] {
    const preferred = readingsOf(typed);
    const last = preferred.pop() ?? '';
    for (const text of preferred) {
      const found = items.find(text, limit, { apart: true });
      if (found.length > 0) return found;
    }
    if (last.trim() === '' && limit <= MOST_SPREAD) return first.slice(0, limit);
    return items.find(last, limit);
  }

  return {
    size: products.length,
    find,
    /** Products that fit, best first: an exact item code, then by fit, brand, currency and face value. */
    match(text: string, limit: number): Product[] {
      const exact = find(text);
      const fitting = findAsMeant(text, limit);
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
