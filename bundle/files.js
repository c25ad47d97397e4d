import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Plain JavaScript, as all here: what `npm start` runs first must not wait for types to be stripped. */

export const root = join(import.meta.dirname, '..');

/** What can be run, and where its sources begin. @type {Readonly<Record<string, string>>} */
export const entries = {
  main: 'src/main.ts',
  resolve: 'src/cli/resolve.ts',
  'audit-verify': 'src/cli/audit-verify.ts',
  backup: 'src/cli/backup.ts',
  restore: 'src/cli/restore.ts',
  drill: 'src/cli/drill.ts',
  health: 'src/cli/health.ts',
  privacy: 'src/cli/privacy.ts',
  doctor: 'src/cli/doctor.ts',
};

const sources = ['src', 'commands', 'bundle'];
/** npm's own list of what is installed. */
const INSTALLED = 'node_modules/.package-lock.json';

/**
 * Where the bundle of the present sources is, or will be. Its name says what it was made of, so that one of other sources,
 * or of other versions of packages, is never taken for it: after `git pull` there is none until it is made.
 * By content, not by time: copied files, as in an image, are the same files.
 */
export function bundleFolder(from = root) {
  const made = createHash('sha256');
  for (const file of sources.flatMap((folder) => filesIn(from, folder))) {
    made
      .update(`${file}\0`)
      .update(readFileSync(join(from, file)))
      .update('\0');
  }
  made.update(packagesOf(from).join('\n'));
  return join(from, 'dist', made.digest('hex').slice(0, NAME_LENGTH));
}

const NAME_LENGTH = 20;
/** The name of a bundle's folder. */
export const isBundle = (/** @type {string} */ name) => /^[0-9a-f]{20}$/.test(name);

/** Below `folder`, by their paths from the root, in one order everywhere. @param {string} from @param {string} folder */
function filesIn(from, folder) {
  return readdirSync(join(from, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(from, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/**
 * The packages that Cardigan runs with, and their versions. Those for development count for nothing, so that a bundle outlives
 * `npm prune --omit=dev`. @param {string} from
 */
function packagesOf(from) {
  try {
    const { packages } = JSON.parse(readFileSync(join(from, INSTALLED), 'utf8'));
    const all = /** @type {[string, { version?: string, dev?: boolean, devOptional?: boolean }][]} */ (
      Object.entries(packages)
    );
    return all
      .filter(([, { dev, devOptional }]) => !dev && !devOptional)
      .map(([path, { version }]) => `${path} ${version}`);
  } catch {
    return [];
  }
}
