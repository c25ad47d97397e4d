import { number } from './count.ts';
import type { FindingWords } from './doctor-words.ts';

/** What is wrong with the machine and the store, and what mends it. */
const ofFiles = {
  environment_wrong: ({ problem }) => [problem, 'Correct it in .env, or where else Cardigan gets its variables.'],
  node_old: ({ version, wanted }) => [
    `Node.js ${version} is too old: Cardigan needs ${wanted}.`,
    'Run "npm ci" in its folder, which brings the right one, and start it with "npm start".',
  ],
  file_readable: ({ file }) => [
    `Other users of this machine can read ${file}, which holds secrets.`,
    `chmod 600 ${file}`,
  ],
  file_changeable: ({ file }) => [
    `Other users of this machine can change ${file}: they could make Cardigan do anything.`,
    `chmod 600 ${file}`,
  ],
  file_foreign: ({ file }) => [
    `${file} belongs to a different user from the one running this.`,
    `Run this as the user that runs Cardigan, or: chown "$(id -un)" ${file}`,
  ],
  file_unreadable: ({ file }) => [`${file} cannot be read.`, `chown "$(id -un)" ${file} && chmod 600 ${file}`],
  folder_open: ({ file }) => [
    `Other users of this machine can look into ${file}, where the orders are kept.`,
    `chmod 700 ${file}`,
  ],
  key_missing: ({ file }) => [
    `There is a store, but its key file ${file} is gone: without it nobody can read the codes.`,
    'Put the key file back from your backup, or set ENCRYPTION_KEY to what was in it.',
  ],
  disk_full: ({ megabytes }) => [
    `Only ${number(megabytes)} MB are free where the store lies. When nothing is left, no order can be recorded.`,
    'Free some space there now.',
  ],
  disk_low: ({ megabytes }) => [
    `${number(megabytes)} MB are free where the store lies.`,
    'Free some space there, or move the store to a larger disk.',
  ],
} satisfies Partial<FindingWords>;

const ofStore = {
  store_new: () => ['There is no store yet.', 'Nothing to do before the first start: "npm start" makes it.'],
  store_failed: ({ why }) => [why, 'When that is done, run "npm run doctor" again.'],
  store_key: ({ why }) => [why, 'Use the key from your backup. Nothing in the store is lost as long as it exists.'],
  store_shape: ({ why }) => [why, 'Nothing was changed.'],
  store_unwritable: ({ file }) => [
    `Cardigan may not write to ${file}: no order could be recorded.`,
    `chown "$(id -un)" ${file} && chmod u+rwX ${file}`,
  ],
  store_read_only: () => [
    'The database takes no writes: no order could be recorded.',
    'Point STORE_URL at the primary server, not at a replica, and give its user the rights of the owner of the tables.',
  ],
} satisfies Partial<FindingWords>;

export const hostFindings = { ...ofFiles, ...ofStore };
