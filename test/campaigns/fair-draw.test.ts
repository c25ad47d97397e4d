import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { drawFileText, gaveWayReasons, ranking } from '../../src/campaigns/draw/proof.ts';
import { aDraw } from './a-draw.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/fair-draw.md'), 'utf8');
const block = (language: string) => new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'ms').exec(page)?.[1] ?? '';
const isHere = (command: string, flag: string) => spawnSync(command, [flag]).status === 0;

const folder = mkdtempSync(join(tmpdir(), 'cardigan-fair-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('what docs/fair-draw.md has people do without Cardigan', () => {
  const file = aDraw({ entrants: 12, places: 2, out: ['left', 'not_claimed'] });
  writeFileSync(join(folder, 'draw-K7Q2M9.json'), drawFileText(file));
  const run = (command: string, args: readonly string[]) =>
    spawnSync(command, args, { cwd: folder, encoding: 'utf8' }).stdout;

  it.skipIf(!isHere('python3', '--version'))('in Python gives the same draw', () => {
    const said = run('python3', ['-c', block('python'), 'draw-K7Q2M9.json']);
    const names = ['left', 'won', 'not_claimed', 'won'];
    const ranked = ranking(file.seed, file.entrantsHash, file.entrants);
    const rows = ranked.map((user, i) => `${i + 1} ${user} ${names[i] ?? '-'}\n`);
    expect(said).toBe(
      `hash of the seed: ${file.seedHash}\nhash of the entrants: ${file.entrantsHash}\n${rows.join('')}`,
    );
  });

  it.skipIf(!isHere('sha256sum', '--version'))('in a shell gives the same hashes', () => {
    const [ofSeed, ofEntrants, ofOne] = run('sh', ['-c', block('sh')]).split('\n');
    expect(ofSeed).toBe(`${file.seedHash}  -`);
    expect(ofEntrants).toBe(file.entrantsHash);
    expect(ofOne).toMatch(/^[0-9a-f]{64} {2}-$/);
  });
});

describe('docs/fair-draw.md', () => {
  it('says of each reason to give way what it means', () => {
    const rows = [...page.matchAll(/^\| `(\w+)` +\|/gm)].map(([, reason]) => reason);
    expect(rows).toEqual([...gaveWayReasons]);
  });
});
