import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const named = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, name]) => name ?? '').sort();

/** The variables that `src/config.ts` reads, by its schema. */
const variables = named(read('src/config.ts'), /^ {2}([A-Z][A-Z_]+):/gm);

describe('the environment', () => {
  it('is what the configuration reads', () => {
    expect(variables).toContain('DISCORD_TOKEN');
    expect(variables).toHaveLength(17);
  });

  it('has a line for each variable in .env.example, and no other', () => {
    expect(named(read('.env.example'), /^#?([A-Z][A-Z_]+)=/gm)).toEqual(variables);
  });

  it('has a row for each variable in the README, and no other', () => {
    const rows = read('README.md').match(/^\| `[A-Z].*$/gm) ?? [];
    const cells = rows.map((row) => row.split('|')[1] ?? '').join();
    expect(named(cells, /`([A-Z][A-Z_]+)`/g)).toEqual(variables);
  });

  it('shows the defaults that the configuration has', () => {
    const defaults = [
      ...read('src/config.ts').matchAll(/^ {2}([A-Z][A-Z_]+):.*\.default\('?([^')]+)'?\)/gm),
    ];
    expect(defaults.length).toBeGreaterThan(6);
    for (const [, name, value] of defaults) {
      expect(read('.env.example')).toContain(`\n#${name}=${value}\n`);
    }
  });
});

describe('the code', () => {
  it('has no file over 250 lines', () => {
    const files = ['src', 'commands'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => join(folder, file)),
    );
    expect(files.length).toBeGreaterThan(80);
    expect(files.filter((file) => read(file).split('\n').length > 251)).toEqual([]);
  });
});

describe('docs/money-safety.md', () => {
  const page = read('docs/money-safety.md').replaceAll(/\s+/g, ' ');
  const all = (pattern: RegExp) => [...page.matchAll(pattern)];
  const fileOf = (name: string) => join(root, name);

  it('names files that there are', () => {
    const files = new Set(named(page, /`((?:src|commands|test|docs)\/[^`…]+)`/g));
    expect(files.size).toBeGreaterThan(80);
    expect([...files].filter((file) => !existsSync(fileOf(file)))).toEqual([]);
  });

  it('names what these files have', () => {
    const places = all(/((?:`\w+`(?:, | and ))*`\w+`) in\s`(src\/[^`]+\.ts|test\/[^`]+\.ts)`/g);
    const missing = places.flatMap(([, names = '', file = '']) => {
      const text = read(file);
      return named(names, /`(\w+)`/g)
        .filter((name) => !new RegExp(`\\b${name}\\b`).test(text))
        .map((name) => `${name} in ${file}`);
    });
    expect(places.length).toBeGreaterThan(50);
    expect(missing).toEqual([]);
  });

  it('names tests by the titles that they have', () => {
    const tests = all(/`(test\/[^`]+\.ts)`:? ("[^"]+"(?:(?:,|, and| and) "[^"]+")*)/g);
    const titles = tests.flatMap(([, file = '', quoted = '']) =>
      named(quoted, /"([^"]+)"/g).map((title) => ({ file, title })),
    );
    expect(titles.length).toBeGreaterThan(60);
    expect(titles.filter(({ file, title }) => !read(file).includes(title))).toEqual([]);
  });

  it('names commands that there are', () => {
    const { scripts } = JSON.parse(read('package.json'));
    for (const script of named(page, /npm run ([\w-]+)/g)) expect(scripts).toHaveProperty(script);
  });
});
