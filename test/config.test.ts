import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'cardigan-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const inFile = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const keyPem = rsa.export({ type: 'pkcs8', format: 'pem' }).toString();

const key = Buffer.alloc(32, 7).toString('base64');
const required = {
  DISCORD_TOKEN: 'the.bot.token',
  DISCORD_GUILD_IDS: '300000000000000001',
  CARDPLUSPAY_API_KEY: 'the-api-key',
};
const read = (more: NodeJS.ProcessEnv = {}) => readConfig({ env: { ...required, ...more }, execArgv: [] });

function problemsOf(variables: NodeJS.ProcessEnv, execArgv: string[] = []): readonly string[] {
  try {
    readConfig({ env: variables, execArgv });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}
const problems = (more: NodeJS.ProcessEnv) => problemsOf({ ...required, ...more });

describe('the configuration', () => {
  it('needs three variables, and has defaults for the rest', () => {
    expect(read()).toEqual({
      discord: {
        token: 'the.bot.token',
        apiUrl: 'https://discord.com/api',
        membersIntent: false,
        guilds: ['300000000000000001'],
      },
      cardPlusPay: { baseUrl: 'https://api.cardpluspay.com/v1', apiKey: 'the-api-key' },
      store: { url: 'sqlite://data/cardigan.db', encryptionKey: undefined },
      caps: { order: '1000', day: '5000' },
      purchaseTimeoutMs: 60_000,
      reconcileForMs: 300_000,
      keepCodesMs: 30 * 24 * 60 * 60_000,
      eraseAfterMs: 90 * 24 * 60 * 60_000,
      keepPeopleMs: undefined,
      backups: { everyMs: 24 * 3_600_000, folder: undefined, keep: 14 },
      lowDiskBytes: 500 * 1024 * 1024,
      rewardDmsPerMinute: 0,
      rewardDmsToStrangers: false,
      brands: { images: undefined, guides: undefined },
      logLevel: 'info',
    });
  });

  it('takes every variable that is given', () => {
    const file = inFile('key.pem', keyPem);
    const config = read({
      DISCORD_GUILD_IDS: ' 300000000000000001, 300000000000000002,300000000000000001, ',
      DISCORD_API_URL: 'http://127.0.0.1:4000/api/',
      CARDPLUSPAY_BASE_URL: 'http://localhost:5000/v1//',
      CARDPLUSPAY_SIGNING_KEY_FILE: file,
      CARDPLUSPAY_CHALLENGE_PATH: '/auth/challenge',
      STORE_URL: 'sqlite:///var/cardigan.db',
      ENCRYPTION_KEY: `${key},${key}`,
      MAX_ORDER_TOTAL: '250.50',
      MAX_DAY_TOTAL: '0',
      PURCHASE_TIMEOUT_S: '10',
      RECONCILE_FOR_S: '600',
      KEEP_CODES_DAYS: '1',
      DISCORD_MEMBERS_INTENT: 'true',
      REWARD_DMS_PER_MINUTE: '5',
      REWARD_DMS_TO_STRANGERS: 'true',
      BRAND_IMAGES: folder,
      BRAND_GUIDES: inFile('guides.json', '{"Kiosk":{"steps":["Show it"]}}'),
      LOG_LEVEL: 'debug',
    });
    expect(config).toMatchObject({
      discord: {
        guilds: ['300000000000000001', '300000000000000002'],
        apiUrl: 'http://127.0.0.1:4000/api',
        membersIntent: true,
      },
      cardPlusPay: {
        baseUrl: 'http://localhost:5000/v1',
        signing: { keyPem, challengePath: '/auth/challenge' },
      },
      store: { url: 'sqlite:///var/cardigan.db', encryptionKey: `${key},${key}` },
      caps: { order: '250.50', day: '0' },
      purchaseTimeoutMs: 10_000,
      reconcileForMs: 600_000,
      keepCodesMs: 24 * 60 * 60_000,
      rewardDmsPerMinute: 5,
      rewardDmsToStrangers: true,
      brands: { images: folder, guides: { Kiosk: { steps: ['Show it'] } } },
      logLevel: 'debug',
    });
  });

  it('says what is wrong with what it is told of brands', () => {
    expect(problems({ BRAND_IMAGES: join(folder, 'nowhere'), BRAND_GUIDES: inFile('bad.json', '[1]') })).toEqual([
      'BRAND_IMAGES must name a folder that can be read',
      expect.stringMatching(/^BRAND_GUIDES has a mistake at its beginning: /),
    ]);
  });

  it('takes an empty line for no line', () => {
    const empty = { DISCORD_API_URL: '', STORE_URL: ' ', ENCRYPTION_KEY: '', LOG_LEVEL: '\t' };
    const none = { CARDPLUSPAY_SIGNING_KEY_FILE: '', CARDPLUSPAY_CHALLENGE_PATH: '' };
    expect(read({ ...empty, ...none, MAX_DAY_TOTAL: '' })).toEqual(read());
  });

  it('trims what was copied with a space around it', () => {
    expect(read({ DISCORD_TOKEN: ' the.bot.token\n' }).discord.token).toBe('the.bot.token');
  });

  it('names everything that is missing at once, and where to find it', () => {
    expect(problemsOf({})).toMatchInlineSnapshot(`
      [
        "DISCORD_TOKEN is missing: copy the bot token from the Discord developer portal, page Bot",
        "DISCORD_GUILD_IDS is missing: give the ids of the servers that may use the bot, separated by commas",
        "CARDPLUSPAY_API_KEY is missing: copy the key from your CardPlusPay account",
      ]
    `);
    expect(problemsOf({ DISCORD_TOKEN: '', DISCORD_GUILD_IDS: ' ' })).toEqual(problemsOf({}));
  });

  it.each([
    ['DISCORD_TOKEN', 'two words'],
    ['DISCORD_TOKEN', 'tökèn'],
    ['DISCORD_GUILD_IDS', 'my-server'],
    ['DISCORD_GUILD_IDS', ' , '],
    ['DISCORD_API_URL', 'http://discord.example/api'],
    ['DISCORD_API_URL', 'discord.com'],
    ['DISCORD_MEMBERS_INTENT', 'yes'],
    ['CARDPLUSPAY_API_KEY', 'line\none'],
    ['CARDPLUSPAY_BASE_URL', 'http://api.cardpluspay.com/v1'],
    ['CARDPLUSPAY_BASE_URL', 'http://127.0.0.1.evil.example/v1'],
    ['STORE_URL', 'mysql://host/database'],
    ['STORE_URL', 'sqlite:data/cardigan.db'],
    ['STORE_URL', 'sqlite://elsewhere/'],
    ['STORE_URL', 'sqlite://data/cardigan.db\u200b'],
    ['STORE_URL', 'sqlite:// data/cardigan.db'],
    ['STORE_URL', '“sqlite://data/cardigan.db”'],
    ['ENCRYPTION_KEY', 'a password'],
    ['ENCRYPTION_KEY', `${key},`],
    ['MAX_ORDER_TOTAL', '-1'],
    ['MAX_ORDER_TOTAL', '1,000'],
    ['MAX_DAY_TOTAL', 'much'],
    ['MAX_DAY_TOTAL', '1e3'],
    ['PURCHASE_TIMEOUT_S', '9'],
    ['PURCHASE_TIMEOUT_S', '601'],
    ['PURCHASE_TIMEOUT_S', '30.5'],
    ['PURCHASE_TIMEOUT_S', 'a minute'],
    ['RECONCILE_FOR_S', '0'],
    ['RECONCILE_FOR_S', '86401'],
    ['KEEP_CODES_DAYS', '0'],
    ['KEEP_CODES_DAYS', '3651'],
    ['KEEP_CODES_DAYS', '1.5'],
    ['KEEP_CODES_DAYS', 'for ever'],
    ['REWARD_DMS_PER_MINUTE', '-1'],
    ['REWARD_DMS_PER_MINUTE', '6'],
    ['REWARD_DMS_TO_STRANGERS', 'yes'],
    ['REWARD_DMS_PER_MINUTE', 'all'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s with one line that names it, and not the value', (name, value) => {
    const [problem, ...others] = problems({ [name]: value });
    expect(others).toEqual([]);
    expect(problem).toMatch(new RegExp(`^${name} \\S`));
    if (value.trim().length > 3) expect(problem).not.toContain(value);
  });

  it('says why so few direct messages of campaigns may go out: a version before had 50 without being asked', () => {
    expect(problems({ REWARD_DMS_PER_MINUTE: '50' })).toEqual([
      'REWARD_DMS_PER_MINUTE must be at most 5 messages: Discord bars bots that write to many people. Everybody can reveal their card without one',
    ]);
  });

  it('says each thing once, however many servers are named badly', () => {
    expect(problems({ DISCORD_GUILD_IDS: 'a,b,c' })).toHaveLength(1);
  });

  it('allows plain HTTP on this machine only', () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      expect(problems({ DISCORD_API_URL: `http://${host}:1/api` })).toEqual([]);
    }
    expect(problems({ DISCORD_API_URL: 'http://192.168.1.2/api' })).toHaveLength(1);
  });

  it('names all problems together, and shows no value of any', () => {
    const secrets = {
      DISCORD_TOKEN: 'SECRET token',
      CARDPLUSPAY_API_KEY: 'SECRET key',
      CARDPLUSPAY_SIGNING_KEY_FILE: '-----BEGIN SECRET-----',
      LOG_LEVEL: 'SECRET',
    };
    const names = [...Object.keys(secrets), 'MAX_DAY_TOTAL'];
    expect(problems({ ...secrets, MAX_DAY_TOTAL: 'SECRET' })).toHaveLength(names.length);
    for (const name of names) expect(problems({ ...secrets, MAX_DAY_TOTAL: 'SECRET' }).join('\n')).toContain(name);
    let thrown: unknown;
    try {
      read({ ...secrets, MAX_DAY_TOTAL: 'SECRET' });
    } catch (error) {
      thrown = error;
    }
    expect(inspect(thrown, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain('SECRET');
  });
});

describe('shards', () => {
  const shared = { STORE_URL: 'postgres://db/cardigan', ENCRYPTION_KEY: key };

  it.each(['1', '[1]', ' [ 1 ] '])('are set as discord.js sets them: %s', (SHARDS) => {
    expect(read({ ...shared, SHARDS, SHARD_COUNT: '2' }).discord.sharding).toEqual({ shard: 1, count: 2 });
  });

  it('are one, for all servers, without a word on them', () => {
    expect(read().discord.sharding).toBeUndefined();
    expect(read({ SHARDS: '0', SHARD_COUNT: '1' }).discord.sharding).toEqual({ shard: 0, count: 1 });
  });

  it.each([
    [{ SHARDS: '0' }, 'SHARDS and SHARD_COUNT go together: set both, or neither'],
    [{ SHARD_COUNT: '2' }, 'SHARDS and SHARD_COUNT go together: set both, or neither'],
    [{ SHARDS: '2', SHARD_COUNT: '2' }, 'SHARDS must be less than SHARD_COUNT: the first shard is 0'],
    [{ SHARDS: '[0,1]', SHARD_COUNT: '2' }, 'SHARDS must be the number of the one shard that this process serves'],
    [{ SHARDS: '0', SHARD_COUNT: '0' }, 'SHARD_COUNT must be at least 1 shard'],
    [{ SHARDS: '0', SHARD_COUNT: 'two' }, 'SHARD_COUNT must be a number of shards'],
  ])('stop the start where they make no sense: %j', (variables, problem) => {
    expect(problems({ ...shared, ...variables })).toContain(problem);
  });

  it('of which there are several share a store, which SQLite gives one process', () => {
    expect(problems({ SHARDS: '0', SHARD_COUNT: '2' })).toEqual([
      'SHARD_COUNT above 1 needs PostgreSQL: set STORE_URL',
    ]);
  });
});

describe('request signing', () => {
  const path = { CARDPLUSPAY_CHALLENGE_PATH: '/auth/challenge' };

  it('needs both its variables, or neither', () => {
    const pair = ['CARDPLUSPAY_SIGNING_KEY_FILE and CARDPLUSPAY_CHALLENGE_PATH go together: set both, or neither'];
    expect(problems(path)).toEqual(pair);
    expect(problems({ CARDPLUSPAY_SIGNING_KEY_FILE: 'key.pem' })).toEqual(pair);
  });

  it.each([
    ['is not there', join(folder, 'missing.pem')],
    ['is a folder', folder],
    ['holds no key', inFile('text.pem', 'SECRET but no key')],
    ['holds a public key', inFile('public.pem', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n')],
  ])('stops the start when the file %s', (_, file) => {
    expect(problems({ ...path, CARDPLUSPAY_SIGNING_KEY_FILE: file })).toEqual([
      'CARDPLUSPAY_SIGNING_KEY_FILE must name a file that can be read and holds an RSA private key in PEM form',
    ]);
  });

  it('wants a path below the base address', () => {
    const file = inFile('good.pem', keyPem);
    const both = (challenge: string) =>
      problems({ CARDPLUSPAY_SIGNING_KEY_FILE: file, CARDPLUSPAY_CHALLENGE_PATH: challenge });
    expect(both('auth/challenge')).toEqual(['CARDPLUSPAY_CHALLENGE_PATH must be a path such as /auth/challenge']);
    expect(both('/auth/challenge')).toEqual([]);
  });
});
