import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'cardigan-environment-'));
afterAll(() => rmSync(folder, { recursive: true }));

const required = {
  DISCORD_TOKEN: 'the.bot.token',
  DISCORD_GUILD_IDS: '300000000000000001',
  CARDPLUSPAY_API_KEY: 'the-api-key',
};
/** Every name, with a value that is good for it. */
const good: Readonly<Record<string, string>> = {
  ...required,
  DISCORD_API_URL: 'https://discord.example/api',
  DISCORD_MEMBERS_INTENT: 'true',
  CARDPLUSPAY_BASE_URL: 'https://cards.example/v1',
  STORE_URL: 'sqlite://data/other.db',
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  MAX_ORDER_TOTAL: '20',
  MAX_DAY_TOTAL: '50',
  PURCHASE_TIMEOUT_S: '20',
  RECONCILE_FOR_S: '200',
  KEEP_CODES_DAYS: '2',
  REWARD_DMS_PER_MINUTE: '5',
  REWARD_DMS_TO_STRANGERS: 'true',
  HEALTH_ADDRESS: '127.0.0.1:9464',
  LOG_LEVEL: 'debug',
};

function problemsOf(env: NodeJS.ProcessEnv, execArgv: string[] = []): readonly string[] {
  try {
    readConfig({ env, execArgv });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const without = (variables: NodeJS.ProcessEnv, name: string): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(variables).filter(([each]) => each !== name));

describe('a value', () => {
  it.each(Object.keys(good))('%s is the same with blanks around it', (name) => {
    const padded = readConfig({ env: { ...required, [name]: ` \t${good[name]} \r\n` }, execArgv: [] });
    expect(padded).toEqual(readConfig({ env: { ...required, [name]: good[name] }, execArgv: [] }));
  });
});

describe('a name that is not known', () => {
  it.each([
    ['DISCORD_GUILD_ID', 'DISCORD_GUILD_IDS'],
    ['DISCORD_GUILDS_ID', 'DISCORD_GUILD_IDS'],
    ['GUILD_IDS', 'DISCORD_GUILD_IDS'],
    ['DISCORD_BOT_TOKEN', 'DISCORD_TOKEN'],
    ['discord_token', 'DISCORD_TOKEN'],
    ['DISCORD-TOKEN', 'DISCORD_TOKEN'],
    ['DISCORDTOKEN', 'DISCORD_TOKEN'],
    ['CARDPLUSPAY_KEY', 'CARDPLUSPAY_API_KEY'],
    ['CARD_PLUS_PAY_API_KEY', 'CARDPLUSPAY_API_KEY'],
    ['STORE_ULR', 'STORE_URL'],
    ['STORE_URI', 'STORE_URL'],
    ['CARDIGAN_STORE_URL', 'STORE_URL'],
    ['ENCRYPTON_KEY', 'ENCRYPTION_KEY'],
    ['MAX_ODER_TOTAL', 'MAX_ORDER_TOTAL'],
    ['MAX_DAYS_TOTAL', 'MAX_DAY_TOTAL'],
    ['LOGLEVEL', 'LOG_LEVEL'],
  ])('%s is told to be probably %s, once', (given, meant) => {
    const env = { ...without(required, meant), [given]: good[meant] };
    expect(problemsOf(env)).toEqual([`${given} is not a variable that Cardigan knows: did you mean ${meant}?`]);
  });

  it('may be anything where the known one is set, is empty, or is like none', () => {
    const others = {
      PATH: '/bin',
      BASE_URL: '/',
      API_KEY: 'x',
      TOKEN: 'x',
      DATABASE_URL: 'x',
      NODE_ENV: 'test',
      KEY: 'x',
    };
    expect(problemsOf({ ...required, ...others, DISCORD_GUILD_ID: '1', STORE_ULR: '', LOG: 'x' })).toEqual([]);
  });

  it('is told beside all other problems', () => {
    const env = { ...without(required, 'DISCORD_TOKEN'), MAX_ODER_TOTAL: '5', STORE_URL: 'x', ENCRYPTION_KEY: 'x' };
    expect(problemsOf(env).map((line) => line.split(' ')[0])).toEqual([
      'MAX_ODER_TOTAL',
      'DISCORD_TOKEN',
      'STORE_URL',
      'ENCRYPTION_KEY',
    ]);
  });

  it('shows what cannot be seen in it', () => {
    const env = { ...required, 'STORE_URL\u200b': good.STORE_URL };
    expect(problemsOf(env)[0]).toContain('STORE_URL<U+200B> is not a variable');
  });

  it('is named for any one slip in any name', () => {
    const letters = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ_0');
    const slip = fc.constantFrom('left out', 'added', 'another', 'swapped');
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(good)), slip, fc.nat(), letters, (name, kind, at, letter) => {
        const given = slipped(name, kind, at % name.length, letter);
        fc.pre(given !== name);
        const told = problemsOf({ ...without(good, name), [given]: good[name] });
        expect(told).toEqual([`${given} is not a variable that Cardigan knows: did you mean ${name}?`]);
      }),
      { numRuns: 2000 },
    );
  });
});

function slipped(name: string, kind: string, at: number, letter: string): string {
  const letters = [...name];
  if (kind === 'left out') letters.splice(at, 1);
  else if (kind === 'added') letters.splice(at, 0, letter);
  else if (kind === 'another') letters[at] = letter;
  else letters.splice(at, 2, ...letters.slice(at, at + 2).reverse());
  return letters.join('');
}

describe('what must be known before a store is opened', () => {
  it('is that PostgreSQL has no file for a key', () => {
    const [problem, ...others] = problemsOf({ ...required, STORE_URL: 'postgres://user@host/cardigan' });
    expect(problem).toMatch(/set ENCRYPTION_KEY to 32 bytes/);
    expect(others).toEqual([]);
  });

  it('is told with everything else, and shows no password', () => {
    const told = problemsOf({ STORE_URL: 'postgres://user:SECRET@ho st/x', ENCRYPTION_KEY: 'SECRET' });
    expect(told).toHaveLength(5);
    expect(told.join()).not.toContain('SECRET');
  });
});

describe('a file of variables', () => {
  const inFile = (bytes: Uint8Array | string): string[] => {
    const path = join(folder, '.env');
    writeFileSync(path, bytes);
    return [`--env-file-if-exists=${path}`];
  };

  it.each([
    ['UTF-16 with a mark', Buffer.from('\uFEFFDISCORD_TOKEN=x\r\n', 'utf16le')],
    ['UTF-16 without one', Buffer.from('DISCORD_TOKEN=x\r\n', 'utf16le')],
    ['UTF-16 of the other order', Buffer.from('\uFEFFDISCORD_TOKEN=x\r\n', 'utf16le').swap16()],
  ])('in %s is said to be that, and not that all is missing', (_, bytes) => {
    expect(problemsOf({}, inFile(bytes))).toEqual([
      `${join(folder, '.env')} is saved as UTF-16 and cannot be read: save it as UTF-8 without BOM`,
    ]);
  });

  it('in UTF-16 hides nothing else that is wrong', () => {
    const told = problemsOf({ LOG_LEVEL: 'loud' }, inFile(Buffer.from('STORE_URL=x', 'utf16le')));
    expect(told).toEqual([expect.stringContaining('is saved as UTF-16'), expect.stringMatching(/^LOG_LEVEL must be/)]);
  });

  it('with a byte order mark is said to have one', () => {
    expect(problemsOf({ ...without(required, 'DISCORD_TOKEN'), '\uFEFFDISCORD_TOKEN': 'x' })).toEqual([
      'DISCORD_TOKEN comes after a byte order mark (BOM) and cannot be read: save .env as UTF-8 without BOM',
    ]);
  });

  it('has a line without "="', () => {
    const lines = '# MAX_ORDER_TOTAL\nNOTE of mine\nMAX_ORDER_TOTAL: 50\n';
    const [problem, ...others] = problemsOf(required, inFile(lines));
    expect(problem).toContain('MAX_ORDER_TOTAL has no "=" after it in line 3 of');
    expect(others).toEqual([]);
    for (const argument of [[], ['--env-file', join(folder, 'none')]])
      expect(problemsOf(required, argument)).toEqual([]);
  });
});
