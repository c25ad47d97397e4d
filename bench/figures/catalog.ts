import { setTimeout as sleep } from 'node:timers/promises';
import { type Figure, quantile } from '../figure.ts';
import { withBot } from './with-bot.ts';

const PRODUCTS = 50_000;
const READ_WITHIN_MS = 90_000;

/** As people type them: from one letter to the whole name, with what is not there and with a slip. */
const TYPED = [
  ...['', 'a', 'go', 'goog', 'google play', 'google play us 5', 'steam', 'stem', 'baco', 'bacodi 25 usd'],
  ...['razer-gold-usd-1', 'xbox', 'nintendo eu', 'gogle plya', 'zzqqxx', 'ros', 'vexzan', 'us 100', 'play', 'usd 10'],
];

/** Completion while somebody types, and what 50,000 products hold in memory. */
export const catalog: Figure = {
  name: 'catalog',
  kinds: ['product', 'baseline'],
  rows: () => ({
    p50: { label: 'completion at 50,000 products, p50', unit: 'ms' },
    p99: { label: 'completion at 50,000 products, p99', unit: 'ms' },
    memory: { label: 'memory with 50,000 products', unit: 'MiB', aim: '≤ 1.5' },
  }),
  measure: (kind, { short }) =>
    withBot(kind, { town: { vendor: { products: PRODUCTS } } }, async ({ town, bot }) => {
      await town.catalogRead();
      await town.catalogOffered(READ_WITHIN_MS);
      await sleep(1_000);
      const memory = bot.memory();
      await town.complete(TYPED);
      const rounds = short ? 3 : 10;
      const came = await town.complete(Array.from({ length: rounds }, () => TYPED).flat());
      const times = came.flatMap(({ answered }) => answered ?? []);
      return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), memory };
    }),
};
