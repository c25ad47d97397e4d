import { defineConfig } from 'vitest/config';
import { findPostgres } from './test/postgres/find-postgres.ts';

const postgresUrl = await findPostgres(process.env);
const onPostgres = {
  name: 'on PostgreSQL',
  include: ['test/e2e/{buy,delivery,order,restart,secrets}.test.ts'],
  provide: { postgresUrl, townStore: 'postgres' as const },
};

export default defineConfig({
  test: {
    // Machines that run these are shared and slow: a limit is there to end a hang, not to measure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: ['test/**/*.test.ts'],
          provide: { postgresUrl, townStore: 'sqlite' },
        },
      },
      // The end-to-end tests that depend on what is stored, once more.
      ...(postgresUrl ? [{ extends: true as const, test: onPostgres }] : []),
    ],
  },
});
