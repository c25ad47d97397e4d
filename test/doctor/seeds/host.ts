import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clinic } from '../clinic.ts';
import { inDatabase, ofEnvironment, ofKey, ofShape, ofStore, type Seed } from './seed.ts';

const MB = 1024 ** 2;
const envFile = ({ folder }: Clinic) => join(folder, '.env');

/** A secret of the environment is in a file instead. */
function intoFile({ folder, environment }: Clinic, name: string, mode: number): void {
  const file = join(folder, 'secret');
  writeFileSync(file, `${environment[name]}\n`);
  chmodSync(file, mode);
  delete environment[name];
  environment[`${name}_FILE`] = file;
}

const environmentSeed = (name: string, sow: Seed['sow']): Seed => ({
  ...{ name, sow, finds: ['environment: environment_wrong'], skips: ofEnvironment },
});

/** These variables are set as well. */
const given = (name: string, more: Record<string, string>) =>
  environmentSeed(name, ({ environment }) => Object.assign(environment, more));

const environments: readonly Seed[] = [
  environmentSeed('no token', ({ environment }) => delete environment.DISCORD_TOKEN),
  environmentSeed('no API key', ({ environment }) => delete environment.CARDPLUSPAY_API_KEY),
  given('a misspelt limit', { MAX_ODER_TOTAL: '5' }),
  given('a server by its name', { DISCORD_GUILD_IDS: 'Quiz club' }),
  given('CardPlusPay without TLS', { CARDPLUSPAY_BASE_URL: 'http://cardpluspay.example/v1' }),
  given('a shard without their count', { SHARDS: '0' }),
  given('shards on SQLite', { SHARDS: '0', SHARD_COUNT: '2' }),
  given('a key that is too short', { ENCRYPTION_KEY: 'c2hvcnQ=' }),
  given('half of request signing', { CARDPLUSPAY_CHALLENGE_PATH: '/auth/challenge' }),
  given('a level that there is not', { LOG_LEVEL: 'loud' }),
  given('a database that there is not', { STORE_URL: 'mysql://db/cardigan' }),
  environmentSeed('a secret file that is not there', (clinic) => {
    intoFile(clinic, 'DISCORD_TOKEN', 0o600);
    rmSync(String(clinic.environment.DISCORD_TOKEN_FILE));
  }),
  environmentSeed('.env saved as UTF-16', (clinic) =>
    writeFileSync(envFile(clinic), readFileSync(envFile(clinic), 'utf8'), 'utf16le'),
  ),
  environmentSeed('a line without =', (clinic) => writeFileSync(envFile(clinic), 'DISCORD_TOKEN\n')),
];

const files: readonly Seed[] = [
  {
    name: 'an old Node',
    sow: ({ told }) => Object.assign(told, { node: { version: '20.1.0', wanted: '>=24' } }),
    finds: ['node: node_old'],
  },
  {
    name: '.env that everybody reads',
    sow: (clinic) => chmodSync(envFile(clinic), 0o644),
    finds: ['env_file: file_readable'],
  },
  {
    name: '.env that everybody changes',
    sow: (clinic) => chmodSync(envFile(clinic), 0o666),
    finds: ['env_file: file_changeable'],
  },
  {
    name: '.env of another user',
    sow: (clinic) => chownSync(envFile(clinic), 4242, 4242),
    finds: ['env_file: file_foreign'],
    isForRoot: true,
  },
  {
    name: 'a secret file that everybody reads',
    sow: (clinic) => intoFile(clinic, 'CARDPLUSPAY_API_KEY', 0o644),
    finds: ['secret_files: file_readable'],
  },
  {
    name: 'a store that everybody looks into',
    sow: ({ folder }) => chmodSync(join(folder, 'data'), 0o755),
    finds: ['store_folder: folder_open'],
  },
  {
    name: 'a store of another user',
    sow: ({ folder }) => chownSync(join(folder, 'data'), 4242, 4242),
    finds: ['store_folder: file_foreign'],
    isForRoot: true,
  },
  {
    name: 'a database that everybody reads',
    sow: ({ database }) => chmodSync(database, 0o644),
    finds: ['database_file: file_readable'],
  },
  {
    name: 'a database that the group changes',
    sow: ({ database }) => chmodSync(database, 0o660),
    finds: ['database_file: file_changeable'],
  },
  {
    name: 'a key that the group reads',
    sow: ({ database }) => chmodSync(`${database}.key`, 0o640),
    finds: ['key_file: file_readable'],
  },
  {
    name: 'a disk that is full',
    sow: ({ told }) => Object.assign(told, { freeBytes: async () => 10 * MB }),
    finds: ['disk_space: disk_full'],
  },
  {
    name: 'a disk that is nearly full',
    sow: ({ told }) => Object.assign(told, { freeBytes: async () => 300 * MB }),
    finds: ['disk_space: disk_low'],
  },
];

const stores: readonly Seed[] = [
  {
    name: 'a key file that is gone',
    sow: ({ database }) => rmSync(`${database}.key`),
    finds: ['key_file: key_missing', 'encryption_key: store_key'],
    skips: ofKey,
  },
  {
    name: 'a store that is not there yet',
    sow: ({ folder }) => rmSync(join(folder, 'data'), { recursive: true }),
    finds: ['store_opens: store_new'],
    skips: ofStore,
  },
  {
    name: 'a database that is none',
    sow: ({ database }) => writeFileSync(database, 'these are no records. '.repeat(500)),
    finds: ['store_opens: store_failed'],
    skips: ofStore,
  },
  {
    name: 'a PostgreSQL that is down',
    sow: ({ environment }) =>
      Object.assign(environment, {
        STORE_URL: 'postgres://cardigan:pg-secret@127.0.0.1:1/cardigan',
        ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      }),
    finds: ['store_opens: store_failed'],
    skips: ofStore,
  },
  {
    name: 'the key of another store',
    sow: ({ environment }) => Object.assign(environment, { ENCRYPTION_KEY: randomBytes(32).toString('base64') }),
    finds: ['encryption_key: store_key'],
    skips: ofKey,
  },
  {
    name: 'a store of a later version',
    sow: (clinic) => inDatabase(clinic, 'PRAGMA user_version = 99'),
    finds: ['store_shape: store_shape'],
    skips: ofShape,
  },
  {
    name: 'a database that its owner may not write',
    sow: ({ database }) => chmodSync(database, 0o400),
    finds: ['store_writable: store_unwritable'],
  },
];

export const hostSeeds: readonly Seed[] = [...environments, ...files, ...stores];
