import { defineConfig } from 'vitest/config';
import { findPostgres } from './test/postgres/find-postgres.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Machines that run these are shared and slow: a limit is there to end a hang, not to measure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    provide: { postgresUrl: await findPostgres(process.env) },
  },
});
