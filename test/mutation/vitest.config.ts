import { defineConfig } from 'vitest/config';

/** The tests of `npm run mutate`: those that lie beside what it changes, or those that MUTATE_TESTS names, by patterns. */
const include = process.env.MUTATE_TESTS?.split(',') ?? ['test/orders/**/*.test.ts', 'test/policy/**/*.test.ts'];

/** Without projects, bots and databases beside them. */
export default defineConfig({ test: { include, testTimeout: 60_000, maxWorkers: 1, isolate: false } });
