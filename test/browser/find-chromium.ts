import { existsSync } from 'node:fs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

let isSaid = false;

/**
 * Where a Chromium is installed, empty where there is none: then tests in a browser are skipped, and a line says so.
 * With REQUIRE_CHROMIUM=1 it throws instead.
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string {
  const wanted = env.TEST_CHROMIUM;
  const found = (wanted ? [wanted] : places).find((path) => existsSync(path)) ?? '';
  if (found) return found;
  const missing = wanted ? 'No Chromium at TEST_CHROMIUM' : 'No Chromium is installed';
  if (env.REQUIRE_CHROMIUM === '1') throw new Error(`${missing}, and REQUIRE_CHROMIUM=1.`);
  if (!isSaid) process.stderr.write(`\n${missing}: SKIPPING all tests in a browser.\n\n`);
  isSaid = true;
  return '';
}
