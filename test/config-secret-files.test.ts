import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'cardigan-secret-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
const inFile = (content: string | Uint8Array): string => {
  files += 1;
  const path = join(folder, `secret-${files}`);
  writeFileSync(path, content);
  return path;
};

const key = Buffer.alloc(32, 7).toString('base64');
const values = {
  DISCORD_TOKEN: 'the.bot.token',
  CARDPLUSPAY_API_KEY: 'the-api-key',
  STORE_URL: 'postgres://cardigan:SECRET@db/cardigan',
  ENCRYPTION_KEY: key,
};
const names = Object.keys(values) as (keyof typeof values)[];
const guild = { DISCORD_GUILD_IDS: '300000000000000001' };
const given = { ...guild, ...values };

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig({ env, execArgv: [] });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

/** All that is needed, with one secret in a file in place of its variable. */
function withFile(name: keyof typeof values, path: string): NodeJS.ProcessEnv {
  const { [name]: _, ...others } = given;
  return { ...others, [`${name}_FILE`]: path };
}

describe.each(names)('%s_FILE', (name) => {
  const value = values[name];

  it.each([
    ['as it is', value],
    ['with a line break', `${value}\n`],
    ['as Windows ends a line', `${value}\r\n`],
    ['with blanks and a byte order mark', `\uFEFF  ${value}\t\n\n`],
  ])('gives what is in the file, %s', (_, content) => {
    const read = readConfig({ env: withFile(name, inFile(content)), execArgv: [] });
    expect(read).toEqual(readConfig({ env: given, execArgv: [] }));
  });

  it('is not to be set beside the variable itself', () => {
    expect(problemsOf({ ...given, [`${name}_FILE`]: inFile(value) })).toEqual([
      `${name}_FILE and ${name} are both set: keep one of them`,
    ]);
  });

  it('is nothing when it is empty', () => {
    expect(problemsOf({ ...given, [`${name}_FILE`]: ' ' })).toEqual([]);
    expect(problemsOf({ ...withFile(name, inFile(value)), [name]: '' })).toEqual([]);
  });

  it.each([
    ['is not there', () => join(folder, 'missing'), 'names a file that is not there'],
    ['is below a file', () => join(inFile('x'), 'SECRET'), 'names a file that is not there'],
    ['is a folder', () => folder, 'names a folder, not a file (Docker makes one where the file to mount is missing)'],
    ['is empty', () => inFile(''), 'names a file that is empty'],
    ['is blank', () => inFile(' \n\n'), 'names a file that is empty'],
    ['is a device without an end', () => '/dev/zero', 'must name a file'],
    ['is another one', () => inFile('SECRET'.repeat(20_000)), 'names a file that is too large for a secret'],
    ['has no name that a file can have', () => 'SECRET'.repeat(1_000), 'names a file that cannot be read'],
  ])('says one thing alone when the file %s', (_, path, problem) => {
    expect(problemsOf(withFile(name, path()))).toEqual([`${name}_FILE ${problem}`]);
  });

  it('says what is wrong with the value, whence it is, and never the value', () => {
    const [problem, ...others] = problemsOf(withFile(name, inFile('SECRET of\nmine')));
    expect(others).toEqual([]);
    expect(problem).toMatch(new RegExp(`^${name} \\(from ${name}_FILE\\) `));
    expect(problem).not.toContain('SECRET');
  });

  it('is named for a slip in it', () => {
    for (const slip of [`${name}_FLIE`, `${name}_FIL`, `${name}FILE`, `${name}_FILES`]) {
      const { [name]: _, ...others } = given;
      const [first] = problemsOf({ ...others, [slip]: inFile(value) });
      expect(first).toMatch(
        new RegExp(`^${slip} is not a variable that Cardigan knows: did you mean ${name}_FILE\\?$`),
      );
    }
  });

  it('keeps no other name from being anything: whoever has given the secret has not misspelt it', () => {
    const [last = ''] = name.split('_').slice(-1);
    const other = name.replace(last, `BOT_${last}`);
    expect(problemsOf({ ...withFile(name, inFile(value)), [other]: 'x', [`${other}_FILE`]: 'x' })).toEqual([]);
    expect(problemsOf({ ...given, [other]: 'x', [`${other}_FILE`]: 'x' })).toEqual([]);
  });
});

describe('secrets in files', () => {
  const all = () => Object.fromEntries(names.map((name) => [`${name}_FILE`, inFile(`${values[name]}\n`)]));

  it('may all be there', () => {
    expect(readConfig({ env: { ...guild, ...all() }, execArgv: [] })).toEqual(readConfig({ env: given, execArgv: [] }));
  });

  it('that cannot be read are all named at once, beside the rest', () => {
    const missing = Object.fromEntries(names.map((name) => [`${name}_FILE`, join(folder, 'missing')]));
    expect(problemsOf({ ...missing, LOG_LEVEL: 'loud' }).map((line) => line.split(' ')[0])).toEqual([
      ...names.map((name) => `${name}_FILE`),
      'DISCORD_GUILD_IDS',
      'LOG_LEVEL',
    ]);
  });

  it('are asked for once when nothing is set, and by the variable', () => {
    expect(problemsOf({}).map((line) => line.split(' ')[0])).toEqual([
      'DISCORD_TOKEN',
      'DISCORD_GUILD_IDS',
      'CARDPLUSPAY_API_KEY',
    ]);
  });

  it('are never told, whatever is in the file', () => {
    mkdirSync(join(folder, 'many'), { recursive: true });
    const path = join(folder, 'many/secret');
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string({ minLength: 1 }), (name, text) => {
        writeFileSync(path, `mark-7f3a${text}mark-7f3a`);
        expect(problemsOf(withFile(name, path)).join('\n')).not.toContain('mark-7f3a');
      }),
    );
  });
});
