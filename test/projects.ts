/** Which test files a project of Vitest runs, by patterns. */
interface Files {
  readonly include: string[];
  readonly exclude: string[];
}

const endToEnd = 'test/e2e/*.test.ts';
const crashMatrix = 'test/e2e/crash-matrix.test.ts';
const onlyPostgres = ['test/e2e/postgres/*.test.ts', 'test/store/postgres-*.test.ts'];
/** Starts bots, as the end-to-end tests do. */
const bench = 'test/bench/*.test.ts';
const inBrowser = 'test/browser/*.test.ts';
/** Installs Cardigan anew, several times. */
const install = 'test/install/*.test.ts';
const standIns = 'test/sandbox/**/*.test.ts';
/** The stand-ins by themselves, Discord's bad days, which meet no database, and what only SQLite does. */
const onlySqlite = 'test/e2e/{sandbox,conformance,bad-days,sqlite-*}.test.ts';

/**
 * Every test file is in one project, but the end-to-end tests run once more on PostgreSQL: whatever a bot does, it does on
 * either database. `npm test` runs `unit`, `sandbox` and `e2e`, `npm run test:all` all of them.
 */
export const projects = {
  /** All that is nowhere else. */
  unit: {
    include: ['test/**/*.test.ts'],
    exclude: [endToEnd, ...onlyPostgres, inBrowser, standIns, bench, install],
  },
  /** By themselves: undici 8, which the bot's tests load, takes the global dispatcher, and sends no files of others. */
  sandbox: { include: [standIns], exclude: [] },
  e2e: { include: [endToEnd, bench], exclude: [crashMatrix] },
  postgres: { include: [endToEnd, ...onlyPostgres], exclude: [onlySqlite] },
  browser: { include: [inBrowser], exclude: [] },
  install: { include: [install], exclude: [] },
  'crash-matrix': { include: [crashMatrix], exclude: [] },
} satisfies Record<string, Files>;

export type ProjectName = keyof typeof projects;
