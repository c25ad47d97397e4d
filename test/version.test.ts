import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../src/lib/index.ts';
import { migrations as ofPostgres } from '../src/store/postgres/migrations.ts';
import { migrations as ofSqlite } from '../src/store/sqlite/migrations.ts';
import { shapeSteps, shapesOf } from '../src/store/versions/shapes.ts';

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

/** The versions of the changelog that change what is stored. */
const changing = read('CHANGELOG.md')
  .split(/^## /m)
  .filter((entry) => entry.includes('\n### Store\n'))
  .map((entry) => entry.split(' ')[0] ?? '');

describe('what is stored', () => {
  it('is made by migrations in the same order in both databases, one number each', () => {
    const told = (list: typeof ofSqlite) => list.map(({ layout, since, does }) => ({ layout, since, does }));
    expect(told(ofSqlite)).toEqual(told(ofPostgres));
    expect(ofSqlite.map(({ layout }) => layout)).toEqual(ofSqlite.map((_, index) => index + 1));
  });

  it('changes with versions x.y.0 that the changelog names under Store, never with one that is not released', () => {
    const lists = [ofSqlite, ofPostgres, ...Object.values(shapeSteps)];
    for (const list of lists) {
      const versions = list.map(({ since }) => since);
      for (const since of versions) {
        expect(since).toMatch(/^\d+\.\d+\.0$/);
        expect(changing).toContain(since);
      }
      // The changelog has them newest first.
      const places = versions.map((since) => changing.indexOf(since));
      expect(places).toEqual(places.toSorted((a, b) => b - a));
    }
    const needed = new Set(lists.flatMap((list) => list.map(({ since }) => since)));
    expect([...needed].sort()).toEqual(changing.toSorted());
  });

  it('has the shapes that were ever written: they only grow', () => {
    expect(shapesOf(shapeSteps)).toEqual({ budgets: 2, orders: 2 });
  });

  it.each(changing)(
    'by %s lies in a folder that the end-to-end tests open, and going back to it is in the docs',
    (version) => {
      for (const file of [
        'store/cardigan.db',
        'store/cardigan.db.key',
        'discord.json',
        'cardpluspay.json',
        'town.json',
      ])
        expect(existsSync(join(root, 'test/fixtures', `store-${version}`, file))).toBe(true);
      const rows = read('docs/upgrading.md').match(/^\| \d+\.\d+\.\d+ +\| .*$/gm) ?? [];
      expect(rows.filter((row) => row.includes(` ${version} `)).length).toBeGreaterThan(0);
    },
  );
});
