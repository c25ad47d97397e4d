import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, matchesGlob } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projects } from './projects.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const named = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name ?? '').sort();

/** The variables that `src/config/variables.ts` reads, by its schema. */
const variables = named(read('src/config/variables.ts'), /^ {2}([A-Z][A-Z_]+):/gm);

describe('the environment', () => {
  it('is what the configuration reads', () => {
    expect(variables).toContain('DISCORD_TOKEN');
    expect(variables).toHaveLength(33);
  });

  it('has a line for each variable in .env.example, and no other', () => {
    expect(named(read('.env.example'), /^#?([A-Z][A-Z_]+)=/gm)).toEqual(variables);
  });

  it('has a row for each variable in docs/operating.md, and no other', () => {
    const rows = read('docs/operating.md').match(/^\| `[A-Z].*$/gm) ?? [];
    const cells = rows.map((row) => row.split('|')[1] ?? '').join();
    expect(named(cells, /`([A-Z][A-Z_]+)`/g)).toEqual(variables);
  });

  it('shows the defaults that the configuration has', () => {
    const defaults = [...read('src/config/variables.ts').matchAll(/^ {2}([A-Z][A-Z_]+):.*\.default\('?([^')]+)'?\)/gm)];
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

describe('the pages', () => {
  /** What the reader of docs/contributing.md writes. */
  const toBeWritten = ['commands/hello.ts', 'src/views/hello.ts'];

  it('name files and folders that there are', () => {
    const pages = ['README.md', ...globSync('docs/*.md', { cwd: root })];
    const places = pages.flatMap((page) =>
      named(read(page), /`((?:src|commands|test|sandbox|bench)\/[^`\s…]*)`/g)
        .filter((place) => !toBeWritten.includes(place))
        .map((place) => ({ page, place })),
    );
    expect(places.length).toBeGreaterThan(250);
    expect(places.filter(({ place }) => !existsSync(join(root, place)))).toEqual([]);
  });

  it('link to pages, headings and pictures that there are', () => {
    const slug = (heading: string) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-');
    const headingsOf = (page: string) => named(read(page), /^#+ (.+)$/gm).map(slug);
    const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: root })];
    const links = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(([, to = '', heading]) => {
        const file = to === '' ? page : join(dirname(page), to);
        return { page, to, heading, file };
      }),
    );
    expect(links.length).toBeGreaterThan(60);
    const broken = ({ file, heading }: (typeof links)[number]) =>
      !existsSync(join(root, file)) || (heading !== undefined && !headingsOf(file).includes(heading));
    expect(links.filter(broken)).toEqual([]);
  });

  it('begin with a README of at most 150 lines', () => {
    expect(read('README.md').split('\n').length).toBeLessThanOrEqual(150);
  });

  it('show in docs/contributing.md where things are, folder by folder', () => {
    const [, tree = ''] = read('docs/contributing.md').match(/## Where things are\n\n```\n([\s\S]+?)```/) ?? [];
    const open: string[] = [];
    const places = [...tree.matchAll(/^( *)(\S+?)(?:, (\S+))? {2,}/gm)].flatMap(([, indent = '', ...names]) => {
      open.length = indent.length / 2;
      const within = open.join('');
      open.push(names[0] ?? '');
      return names.filter((name) => name !== undefined).map((name) => within + name);
    });
    expect(places.length).toBeGreaterThan(50);
    expect(places.filter((place) => !existsSync(join(root, place)))).toEqual([]);
    const folders = globSync(['src/*/', 'src/{orders,campaigns,policy,store,discord}/*/', 'commands/*/'], {
      cwd: root,
    });
    expect(folders.length).toBeGreaterThan(35);
    expect(folders.filter((folder) => !places.includes(`${folder.replace(/\/$/, '')}/`))).toEqual([]);
  });
});

describe('the projects of the tests', () => {
  /** By where a file lies. Whoever puts one elsewhere below test/e2e, test/browser or test/store says so here. */
  const wanted: [RegExp, string[]][] = [
    [/^test\/browser\/[^/]+$/, ['browser']],
    [/^test\/e2e\/crash-matrix\.test\.ts$/, ['crash-matrix', 'postgres']],
    [/^test\/e2e\/(sandbox|conformance|bad-days|sqlite-[^/]+)\.test\.ts$/, ['e2e']],
    [/^test\/e2e\/[^/]+$/, ['e2e', 'postgres']],
    [/^test\/(e2e\/postgres\/|store\/postgres-)[^/]+$/, ['postgres']],
    [/^test\/sandbox\//, ['sandbox']],
    [/^test\/bench\//, ['e2e']],
    [/^test\/install\//, ['install']],
    [/^test\/(?!e2e\/|browser\/|sandbox\/|install\/|store\/postgres-)/, ['unit']],
  ];
  const projectsOf = (file: string) =>
    Object.entries(projects)
      .filter(([, { include, exclude }]) => {
        const fits = (pattern: string) => matchesGlob(file, pattern);
        return include.some(fits) && !exclude.some(fits);
      })
      .map(([name]) => name)
      .sort();

  it('have every test file, each in those where it belongs and in no other', () => {
    const files = globSync('test/**/*.test.ts', { cwd: root });
    expect(files.length).toBeGreaterThan(200);
    const places = (file: string) => wanted.find(([place]) => place.test(file))?.[1] ?? [];
    const told = (of: (file: string) => string[]) => files.map((file) => `${file}: ${of(file)}`);
    expect(told(projectsOf)).toEqual(told(places));
  });

  it('share what they load: no helper has a hook of its own, which would hold for the first file alone', () => {
    const helpers = globSync('test/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'));
    const hook = /^(?:before|after)(?:Each|All)\(/m;
    expect(helpers.filter((file) => hook.test(read(file)))).toEqual([]);
  });

  it('are run by npm test where they are quick, and all by npm run test:all and CI', () => {
    const { scripts } = JSON.parse(read('package.json'));
    expect(scripts.test).toBe('npm run check && vitest run --project unit --project sandbox --project e2e');
    expect(scripts['test:all']).toBe('npm run check && SIMULATION_RUNS=1000 vitest run');
    const ci = read('.ci/run');
    expect(ci).toMatch(/^npm run test:all$/m);
    expect(ci).toMatch(/^export .*REQUIRE_POSTGRES=1 .*REQUIRE_CHROMIUM=1$/m);
  });
});
