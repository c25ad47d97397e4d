import { readdirSync, readFileSync } from 'node:fs';
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
    expect(variables).toHaveLength(15);
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
  it('has no file over 200 lines', () => {
    const files = ['src', 'commands'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => join(folder, file)),
    );
    expect(files.length).toBeGreaterThan(80);
    expect(files.filter((file) => read(file).split('\n').length > 201)).toEqual([]);
  });
});
