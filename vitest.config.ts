import { configDefaults, defineConfig } from 'vitest/config';
import { findDiscordDocument } from './test/e2e/conformance/find-discord-document.ts';
import { findPostgres } from './test/postgres/find-postgres.ts';

const postgresUrl = await findPostgres(process.env);
const discordDocument = findDiscordDocument(process.env);
/** Tests of what only PostgreSQL can do. */
const onlyPostgres = 'test/e2e/postgres/*.test.ts';
const onPostgres = {
  name: 'on PostgreSQL',
  include: ['test/e2e/*.test.ts', onlyPostgres],
  // The stand-ins by themselves, and what only SQLite does.
  exclude: ['test/e2e/{sandbox,conformance,sqlite-*}.test.ts'],
  provide: { postgresUrl, discordDocument, townStore: 'postgres' as const },
};

export default defineConfig({
  test: {
    // Machines that run these are shared and slow: a limit is there to end a hang, not to measure.
    // End-to-end tests wait most of their time for what the bot does by itself: many wait side by side.
    maxWorkers: 6,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, onlyPostgres],
          provide: { postgresUrl, discordDocument, townStore: 'sqlite' },
        },
      },
      // The end-to-end tests once more: whatever a bot does, it does on either database.
      ...(postgresUrl ? [{ extends: true as const, test: onPostgres }] : []),
    ],
  },
});
