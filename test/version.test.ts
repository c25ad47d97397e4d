import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../src/lib/index.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const headings = [...read('CHANGELOG.md').matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);

describe('the version', () => {
  it('is the same in the program, in its package and in the newest entry of the changelog', () => {
    const { version } = JSON.parse(read('package.json'));
    const lock = JSON.parse(read('package-lock.json'));
    expect(VERSION).toMatch(/^\d+\.\d+\.\d+$/);
    expect([version, lock.version, lock.packages[''].version]).toEqual([VERSION, VERSION, VERSION]);
    expect(headings[0]).toMatch(new RegExp(`^${VERSION.replaceAll('.', '\\.')} - \\d{4}-\\d\\d-\\d\\d$`));
  });

  it('has its date in every entry, newest first', () => {
    const entries = headings.map((heading) => /^(\d+)\.(\d+)\.(\d+) - (\d{4}-\d\d-\d\d)$/.exec(heading));
    expect(entries).not.toContain(null);
    const order = entries.map((entry) => [...(entry ?? [])].slice(1, 4).map(Number));
    const sorted = order.toSorted((a, b) => [0, 1, 2].map((i) => (b[i] ?? 0) - (a[i] ?? 0)).find((d) => d !== 0) ?? 0);
    expect(order).toEqual(sorted);
    const dates = entries.map((entry) => entry?.[4]);
    expect(dates).toEqual(dates.toSorted().reverse());
  });
});
