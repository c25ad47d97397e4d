import { randomBytes } from 'node:crypto';
import { entrantsHash, orderEntrants, ranking } from '../../src/campaigns/draw/proof.ts';

/**
 * A draw among 1,000 and among 100,000 entrants: how long each step takes (nothing else of the process runs meanwhile), and
 * what it holds in memory at its end.
 *
 *   npm run bench -- --only draw
 */
function megabytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

function timed<T>(run: () => T): { ms: number; made: T } {
  const start = performance.now();
  const made = run();
  return { ms: Math.round((performance.now() - start) * 10) / 10, made };
}

function measure(count: number) {
  const ids = Array.from({ length: count }, () => String(randomBytes(8).readBigUInt64BE() >> 2n));
  const before = megabytes();
  const seed = randomBytes(32).toString('hex');
  const ordered = timed(() => orderEntrants(ids));
  const hash = timed(() => entrantsHash(ordered.made));
  const ranked = timed(() => ranking(seed, hash.made, ordered.made));
  const held = megabytes() - before;
  return {
    ...{ 'ordering ms': ordered.ms, 'hashing ms': hash.ms },
    ...{ 'ranking ms': ranked.ms, 'held MB': Math.round(held * 10) / 10 },
  };
}

measure(1000);
for (const count of [1000, 100_000]) console.log(`${count} entrants:`, measure(count));
