import { amountText } from './amounts.ts';
import { type Answer, envelope } from './answer.ts';
import { createParameters, paginate } from './parameters.ts';
import type { StandInProduct } from './products.ts';

type Test = (product: StandInProduct) => boolean;

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function contains(product: StandInProduct, words: string): boolean {
  const { name, brand, itemCode } = product;
  return [name, brand, itemCode].some((field) => field.toLowerCase().includes(words.toLowerCase()));
}

type Reader = ReturnType<typeof createParameters>;

function readTests(read: Reader): Test[] {
  const tests: Test[] = [];
  const on = <T>(value: T | undefined, test: (product: StandInProduct, value: T) => boolean) => {
    if (value !== undefined) tests.push((product) => test(product, value));
  };
  on(read.text('item_id'), (product, code) => product.itemCode === code);
  on(read.text('brand'), (product, brand) => same(product.brand, brand));
  on(read.text('q'), contains);
  on(read.text('region'), (product, region) => same(product.region, region));
  on(read.text('currency'), (product, currency) => same(product.currency, currency));
  on(read.text('country_code'), (product, code) => product.countryCodes.some((one) => same(one, code)));
  on(read.oneOf('delivery_type', ['PHYSICAL', 'DIGITAL', 'BOTH']), (product, type) => {
    return product.deliveryType === type;
  });
  on(read.amount('value_min'), (product, least) => product.value.gte(least));
  on(read.amount('value_max'), (product, most) => product.value.lte(most));
  return tests;
}

const orders = {
  brand: (a: StandInProduct, b: StandInProduct) => a.brand.localeCompare(b.brand),
  category: (a: StandInProduct, b: StandInProduct) => a.category.localeCompare(b.category),
  value: (a: StandInProduct, b: StandInProduct) => a.value.cmp(b.value),
};

function sorted(
  products: StandInProduct[],
  by: keyof typeof orders | undefined,
  order: 'asc' | 'desc' | undefined,
): StandInProduct[] {
  if (!by) return products;
  const compare = orders[by];
  return products.toSorted((a, b) => (order === 'desc' ? compare(b, a) : compare(a, b)));
}

function row(product: StandInProduct): object {
  return {
    item_code: product.itemCode,
    product_name: product.name,
    brand: product.brand,
    category: product.category,
    value: amountText(product.value),
    price: amountText(product.price),
    currency: product.currency,
    region: product.region,
    country_code: product.countryCodes,
    delivery_type: product.deliveryType,
    ...product.row,
  };
}

/** `GET /catalog`. `isOdd`: without a word on its pages. */
export function listCatalog(products: readonly StandInProduct[], query: URLSearchParams, isOdd: boolean): Answer {
  const read = createParameters(query);
  const tests = readTests(read);
  const perPage = read.integer('per_page', 10, 1, 100);
  const page = read.integer('page', 1, 1, 1_000_000);
  const by = read.oneOf('sort_by', ['brand', 'value', 'category']);
  const order = read.oneOf('order', ['asc', 'desc']);
  const refusal = read.refusal();
  if (refusal) return refusal;
  const found = products.filter((product) => tests.every((test) => test(product)));
  const { rows, pagination } = paginate(sorted(found, by, order), perPage, page);
  return envelope(200, 'Catalog retrieved', { products: rows.map(row), pagination: isOdd ? null : pagination });
}
