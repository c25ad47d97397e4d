import { monitorEventLoopDelay } from 'node:perf_hooks';
import { makeProducts } from '../../sandbox/cardpluspay/products.ts';
import type { Product } from '../../src/cardpluspay/types.ts';
import { createCatalog } from '../../src/catalog/catalog.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { toAmount } from '../../src/lib/money.ts';

/**
 * Completion at 50,000 products: how long one takes, what the catalog holds in memory, and how long its
 * building keeps others waiting. Run: npm run bench -- --only completion
 * The aim: 10 ms at the 99th percentile, 60 MB.
 */

const COUNT = 50_000;
const ROUNDS = 300;
/** Random item codes give every product a word that no other has: the largest index there can be. */
const opaqueCodes = process.argv.includes('--opaque-codes');

function jsonOf(product: ReturnType<typeof makeProducts>[number], i: number): string {
  const { itemCode, name, brand, category, currency, region, countryCodes, deliveryType } = product;
  const opaque = `gc-${((i * 2_654_435_761) % 2 ** 32).toString(36)}`;
  return JSON.stringify({
    ...{ itemCode: opaqueCodes ? opaque : itemCode, name, brand, category, currency, region },
    ...{ countryCodes, deliveryType },
    faceValue: toAmount(product.value.toFixed()),
    charged: toAmount(product.price.toFixed()),
  });
}

/** As replies come: every page brings texts of its own, so nothing is shared that would not be. */
const pages: Buffer[] = [];
const rows = makeProducts('USD', COUNT).map(jsonOf);
for (let i = 0; i < COUNT; i += 100) pages.push(Buffer.from(`[${rows.slice(i, i + 100).join()}]`));
const samples = rows.filter((_, i) => i % 997 === 0).map((row): Product => JSON.parse(row));
rows.length = 0;

function heapMegabytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

const before = heapMegabytes();
let fetched = Promise.withResolvers<void>();
let refreshNow = () => {};
const catalog = createCatalog({
  giftCards: {
    catalog: async ({ page = 1 }) => {
      await new Promise((resolve) => setImmediate(resolve));
      const items = JSON.parse(String(pages[page - 1]));
      return { items, page, lastPage: pages.length, total: COUNT, skipped: 0 };
    },
  },
  clock: {
    now: systemClock.now,
    sleep: () => {
      fetched.resolve();
      return new Promise((resolve) => (refreshNow = resolve));
    },
  },
  log: { info: () => {}, warn: (facts) => console.error(facts) },
  refreshEveryMs: 0,
});

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const started = performance.now();
catalog.start();
await fetched.promise;
delay.disable();
const builtIn = performance.now() - started;
const held = heapMegabytes() - before;

function swapped(word: string): string {
  return word.replace(/^(..)(.)(.)/, '$1$3$2');
}

function at<T>(list: readonly T[], i: number): T {
  return list[i % list.length] as T;
}

const sample = (i: number) => at(samples, i);
const brandOf = (i: number) => (sample(i).brand ?? '').toLowerCase();
const kinds: Record<string, (i: number) => string> = {
  nothing: () => '',
  'one letter': (i) => at([...'abcdefghijklmnopqrstuvwxyz'], i),
  'two letters': (i) => brandOf(i).slice(0, 2),
  'beginning of a brand': (i) => brandOf(i).slice(0, 4),
  'brand and value': (i) => `${brandOf(i)} ${sample(i).faceValue}`,
  'item code': (i) => sample(i).itemCode,
  'full name': (i) => sample(i).name,
  'within words': (i) => brandOf(i).slice(2, 5),
  'one typo': (i) => swapped(brandOf(i).split(' ')[0] ?? ''),
  'typos in two words': (i) => brandOf(i).split(' ').map(swapped).join(' '),
  'typos everywhere': () => 'goggle plya nitnendo stema amzaon',
  'fits nowhere': (i) => `zzqqxx${i} wwkkvv${i}`,
  'fits, but not together': (i) => `${brandOf(i)} ${brandOf(i + 1)}`,
  'single letters': () => [...'abcdefghijklmnopqrstuvwxyz0123456789'].join(' '),
  '100 characters': (i) => `${sample(i).name} `.repeat(9).slice(0, 100),
};

function measure(run: (text: string) => unknown, textOf: (i: number) => string): number[] {
  for (let i = 0; i < 20; i++) run(textOf(i));
  const times = Array.from({ length: ROUNDS }, (_, i) => {
    const text = textOf(i);
    const start = performance.now();
    run(text);
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b);
}

function row(times: readonly number[]): Record<string, string> {
  const quantile = (q: number) => (times[Math.ceil(times.length * q) - 1] ?? 0).toFixed(2);
  return { p50: quantile(0.5), p99: quantile(0.99), max: quantile(1) };
}

const table: Record<string, Record<string, string>> = {};
const all: number[] = [];
for (const [kind, textOf] of Object.entries(kinds)) {
  const times = measure((text) => catalog.completeItem(text), textOf);
  all.push(...times);
  table[kind] = row(times);
}
table['a brand'] = row(measure((text) => catalog.completeBrand(text), brandOf));
table['a search for all'] = row(
  measure(
    (query) => catalog.search({ query, min: '1' }),
    () => '',
  ),
);
table['all kinds'] = row(all.sort((a, b) => a - b));
console.table(table);

console.log(`${catalog.size()} products, fetched and built in ${builtIn.toFixed(0)} ms`);
console.log(`longest wait of the event loop meanwhile: ${(delay.max / 1e6).toFixed(1)} ms`);
console.log(`heap held: ${held.toFixed(1)} MB, after the searches ${(heapMegabytes() - before).toFixed(1)} MB`);

// While it is fetched anew, the old products and the new ones are held, and what the building needs.
const after = heapMegabytes();
let most = after;
const sampling = setInterval(() => {
  most = Math.max(most, heapMegabytes());
}, 1);
fetched = Promise.withResolvers();
refreshNow();
await fetched.promise;
clearInterval(sampling);
console.log(`heap held at most during a refresh: ${(most - before).toFixed(1)} MB`);
catalog.stop();
