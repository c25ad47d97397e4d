import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { findDiscordDocument } from './test/e2e/conformance/find-discord-document.ts';
import { findPostgres } from './test/postgres/find-postgres.ts';
import { type ProjectName, projects } from './test/projects.ts';
import { keepInMemory } from './test/temporary-folder.ts';

const { project: picked } = parseArgs({
  strict: false,
  options: { project: { type: 'string', multiple: true } },
}).values;
/** Who runs only other projects is not told what this one lacks. */
const isPicked = (name: ProjectName) => !picked || picked.includes(name);

keepInMemory(process.env);
// Tests start hundreds of processes of the same code.
process.env.NODE_COMPILE_CACHE ||= join(import.meta.dirname, 'node_modules/.cache/node');
const postgresUrl = isPicked('postgres') ? await findPostgres(process.env) : '';
const discordDocument = findDiscordDocument(process.env);

/** The others run what `npm start` runs: each of their bots would make it, where it is not there yet. */
const runsNoBot: ProjectName[] = ['unit', 'sandbox'];
const names = Object.keys(projects) as ProjectName[];
const project = (name: ProjectName, townStore: 'sqlite' | 'postgres' = 'sqlite'): TestProjectInlineConfiguration => {
  const { include, exclude } = projects[name];
  const files = { include, exclude: [...configDefaults.exclude, ...exclude] };
  const provide = { postgresUrl, discordDocument, townStore };
  const globalSetup = runsNoBot.includes(name) ? [] : ['test/make-bundle.ts'];
  // Whole processes on a shared machine: one that fails runs once more, and the report says so ("retry x1").
  const retry = runsNoBot.includes(name) ? 0 : 1;
  return { extends: true, test: { name, ...files, provide, globalSetup, retry } };
};

export default defineConfig({
  test: {
    // Machines that run these are shared and slow: a limit is there to end a hang, not to measure.
    // End-to-end tests wait most of their time for what the bot does by itself: many wait side by side.
    maxWorkers: 6,
    testTimeout: 300_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    // Each bot has a pool of connections, and a PostgreSQL as it is installed takes a hundred in all.
    maxConcurrency: 3,
    // What a file needs takes longer to load than its tests to run: the next file of a project finds it loaded.
    isolate: false,
    projects: [
      ...names.filter((name) => name !== 'postgres').map((name) => project(name)),
      ...(postgresUrl ? [project('postgres', 'postgres')] : []),
    ],
  },
});
