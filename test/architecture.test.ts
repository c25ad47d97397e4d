import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const CONFIG = '.dependency-cruiser.cjs';
const require = createRequire(import.meta.url);
const rules: string[] = require(join(root, CONFIG)).forbidden.map(({ name }: { name: string }) => name);

/** For each rule, a file and what it must not import. */
const forbidden: Record<string, [string, string]> = {
  'no-circular': ['src/views/a.ts', './b.ts'],
  'src-never-imports-sandbox-or-tests': ['src/main.ts', '../sandbox/main.ts'],
  'sandbox-stands-alone': ['sandbox/discord/world.ts', '../../src/lib/money.ts'],
  'stand-ins-know-no-page': ['sandbox/discord/world.ts', '../page/cast.ts'],
  'only-the-side-panel-knows-gift-cards': ['sandbox/page/acts.ts', './truth/panel.ts'],
  lib: ['src/lib/money.ts', '../orders/index.ts'],
  brands: ['src/brands/index.ts', '../orders/index.ts'],
  cardpluspay: ['src/cardpluspay/http.ts', '../orders/index.ts'],
  store: ['src/store/open.ts', '../discord/index.ts'],
  outbox: ['src/outbox/outbox.ts', '../orders/index.ts'],
  catalog: ['src/catalog/shop.ts', '../orders/index.ts'],
  policy: ['src/policy/policy.ts', '../orders/index.ts'],
  orders: ['src/orders/confirm.ts', '../campaigns/index.ts'],
  campaigns: ['src/campaigns/confirm.ts', '../audit/index.ts'],
  audit: ['src/audit/chain.ts', '../views/index.ts'],
  monitoring: ['src/monitoring/listen.ts', '../store/index.ts'],
  backup: ['src/backup/drill.ts', '../views/index.ts'],
  privacy: ['src/privacy/erase.ts', '../cardpluspay/index.ts'],
  doctor: ['src/doctor/checks.ts', '../discord/index.ts'],
  i18n: ['src/i18n/en.ts', '../views/index.ts'],
  views: ['src/views/problem.ts', '../discord/index.ts'],
  discord: ['src/discord/channels.ts', '../store/index.ts'],
  commands: ['commands/buy.ts', '../src/store/index.ts'],
  'only-the-face': ['src/orders/confirm.ts', '../policy/evaluate.ts'],
  'domain-knows-no-discord': ['src/orders/delivery/deliver.ts', 'discord.js'],
  'only-the-store-knows-a-database': ['src/orders/repository.ts', 'node:sqlite'],
  'only-its-own-folder-knows-postgres': ['src/store/encryption/unlock.ts', 'pg'],
  'only-its-own-folder-knows-sqlite': ['src/store/postgres/schema.ts', 'node:sqlite'],
  'only-the-client-knows-http': ['commands/stock.ts', 'undici'],
  'only-main-makes-things': ['src/lib/money.ts', '../config/index.ts'],
};
/** The same rules by other words: a type only, another package, the other way of importing. */
const alsoForbidden: [string, string, string][] = [
  ['store', 'src/store/lock.ts', "import type { x } from '../orders/index.ts';"],
  ['orders', 'src/orders/approve.ts', "export { x } from '../discord/index.ts';"],
  ['commands', 'commands/index.ts', "const it = await import('../src/store/index.ts');"],
  ['commands', 'commands/app.ts', "import '../src/cardpluspay/index.ts';"],
  ['only-the-face', 'src/main.ts', "import './orders/purchase/purchase.ts';"],
  ['only-the-face', 'commands/buy.ts', "import type { x } from '../src/views/orders/quote.ts';"],
  ['only-the-face', 'src/cli/resolve.ts', "export { x } from '../store/open.ts';"],
  ['domain-knows-no-discord', 'src/catalog/catalog.ts', "import '@discordjs/builders';"],
  ['only-the-store-knows-a-database', 'src/discord/errors.ts', "import 'keyv';"],
  ['only-the-store-knows-a-database', 'src/orders/lookup.ts', "import type { Pool } from 'pg';"],
  ['only-its-own-folder-knows-postgres', 'src/store/open.ts', "import './postgres/connect.ts';"],
  ['only-the-client-knows-http', 'src/orders/delivery/late-codes.ts', "import 'undici';"],
];
/** What the design allows: the rules must not refuse everything. */
const allowed: [string, string][] = [
  ['src/main.ts', './store/index.ts'],
  ['src/main.ts', '../commands/index.ts'],
  ['commands/orders.ts', '../src/discord/index.ts'],
  ['commands/orders.ts', '../src/views/index.ts'],
  ['commands/orders.ts', '../src/orders/index.ts'],
  ['src/discord/members.ts', '../views/index.ts'],
  ['src/discord/members.ts', '../i18n/index.ts'],
  ['src/views/catalog.ts', '../orders/index.ts'],
  ['src/campaigns/approve.ts', '../orders/index.ts'],
  ['src/orders/approve.ts', '../policy/index.ts'],
  ['src/orders/approve.ts', './purchase/purchase.ts'],
  ['src/orders/create-quote.ts', '../catalog/index.ts'],
  ['src/orders/create-quote.ts', '../store/index.ts'],
  ['src/catalog/account.ts', '../cardpluspay/index.ts'],
  ['src/cardpluspay/http.ts', 'undici'],
  ['src/store/keyv/door.ts', 'keyv'],
  ['src/store/sqlite/connect.ts', 'node:sqlite'],
  ['src/store/postgres/connect.ts', 'pg'],
  ['src/store/database.ts', './postgres/connect.ts'],
  ['src/store/encryption/keys.ts', '../../lib/index.ts'],
  ['test/orders/desk.ts', '../../src/orders/purchase/purchase.ts'],
  ['test/orders.test.ts', '../sandbox/main.ts'],
];

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A small project with the repository's own rules, in which `lines` are written. */
function plant(lines: readonly (readonly [string, string])[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-imports-'));
  folders.push(folder);
  for (const file of [CONFIG, 'tsconfig.json']) copyFileSync(join(root, file), join(folder, file));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const texts = new Map<string, string>();
  const write = (file: string, line: string) =>
    texts.set(file, `${texts.get(file) ?? 'export const x = 1;\n'}${line}\n`);
  for (const [file, line] of lines) {
    write(file, line);
    const target = /'(\.[^']+)'/.exec(line)?.[1];
    if (target) write(join(dirname(file), target), '');
  }
  for (const [file, text] of texts) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

async function cruise(folder: string, parts: readonly string[]) {
  const bin = join(root, 'node_modules/.bin/depcruise');
  const child = spawn(process.execPath, [bin, '--config', CONFIG, ...parts], { cwd: folder });
  const texts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => texts.push(text));
  }
  const [code] = await once(child, 'close');
  return { code, output: stripVTControlCharacters(texts.join('')) };
}

const importing = ([file, target]: readonly [string, string]) => [file, `import '${target}';`] as const;

describe('imports point one way', () => {
  it('in everything there is', async () => {
    const { code, output } = await cruise(root, ['src', 'commands', 'sandbox', 'test', 'bench', 'bundle']);
    expect(output).toContain('no dependency violations found');
    expect(code).toBe(0);
  });

  it('and one that points the other way is refused, by each rule there is', async () => {
    expect(Object.keys(forbidden).sort()).toEqual([...rules].sort());
    const lines = [
      ...Object.values(forbidden).map(importing),
      ['src/views/b.ts', "import './a.ts';"] as const,
      ...alsoForbidden.map(([, file, line]) => [file, line] as const),
    ];
    const { code, output } = await cruise(plant(lines), ['src', 'commands', 'sandbox']);
    expect(code).toBeGreaterThan(0);
    const found = output.match(/error .+$/gm) ?? [];
    const refused = (rule: string, file: string) => found.some((line) => line.startsWith(`error ${rule}: ${file}`));
    const planted = [
      ...Object.entries(forbidden).map(([rule, [file]]) => [rule, file] as const),
      ...alsoForbidden.map(([rule, file]) => [rule, file] as const),
    ];
    expect(planted.filter(([rule, file]) => !refused(rule, file))).toEqual([]);
  });

  it('and what the design allows is allowed', async () => {
    const folder = plant(allowed.map(importing));
    const { code, output } = await cruise(folder, ['src', 'commands', 'sandbox', 'test']);
    expect(output).toContain('no dependency violations found');
    expect(code).toBe(0);
  });
});
