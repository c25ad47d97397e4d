import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/privacy.md'), 'utf8');

/** The namespaces that code opens: by their name, or by a constant of that file or another. */
function namespacesIn(texts: readonly string[]): Set<string> {
  const all = texts.join('\n');
  const opened = [...all.matchAll(/\b(?:records|expiring|sealedExpiring|plain)\(\s*(?:'([\w-]+)'|([A-Z_]+))[,)]/g)];
  const constant = (name: string) => new RegExp(`const ${name} = '([\\w-]+)'`).exec(all)?.[1] ?? name;
  return new Set(opened.map(([, name, known]) => name ?? constant(known ?? '')));
}

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(root, 'src', file), 'utf8'));

const rowsOf = (text: string) => new Set([...text.matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, name]) => name ?? ''));
const unsaid = (namespaces: ReadonlySet<string>) => [...namespaces].filter((name) => !rowsOf(page).has(name));

describe('docs/privacy.md', () => {
  it('has a row for every kind of record that is kept', () => {
    const namespaces = namespacesIn(sources);
    expect(namespaces).toContain('orders');
    expect(namespaces).toContain('audit');
    expect(namespaces.size).toBeGreaterThan(20);
    expect(unsaid(namespaces)).toEqual([]);
  });

  it('would show one that was forgotten', () => {
    const planted = namespacesIn([...sources, "const ctx = store.records('friends', schema); const D = 'diary';"]);
    expect(unsaid(planted)).toEqual(['friends']);
    const named = namespacesIn([...sources, "const DIARY = 'diary';\nstore.expiring(DIARY, schema, 5)"]);
    expect(unsaid(named)).toEqual(['diary']);
  });

  it('has no row of what is not kept, but the vault and the store itself', () => {
    const namespaces = new Set([...namespacesIn(sources), 'vault', 'store']);
    expect([...rowsOf(page)].filter((name) => !namespaces.has(name))).toEqual([]);
  });
});
