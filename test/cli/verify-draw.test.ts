import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { type DrawFile, drawFileText } from '../../src/campaigns/draw/proof.ts';
import { aDraw } from '../campaigns/a-draw.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'cardigan-draw-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** `npm run verify-draw -- …`, with `piped` at its standard input. */
async function run(args: readonly string[], piped = '') {
  const child = spawn(process.execPath, ['src/cli/verify-draw.ts', ...args], { cwd: root });
  child.stdin.end(piped);
  const closed = once(child, 'close');
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { said: `${said}${complained}`, code: (await closed)[0] };
}

const verify = (file: DrawFile, ...args: string[]) => run(['-', ...args], drawFileText(file));

describe('npm run verify-draw', () => {
  const file = aDraw({ entrants: 12, places: 2, out: ['left', 'not_claimed'] });

  it('says what was checked and who won', async () => {
    const path = join(folder, 'draw-K7Q2M9.json');
    writeFileSync(path, drawFileText(file));
    const { said, code } = await run([path, '--seed-hash', file.seedHash.toUpperCase()]);
    const [winner, other] = file.winners;
    const [left, late] = file.gaveWay;
    expect(said).toBe(`Draw K7Q2M9: 12 entries, 2 winners.
The seed matches the hash published at the start.
The entries are in order and match their hash. Compare it with the one in the result: ${file.entrantsHash}
Every winner has the place that the seed and the entries give them, and nobody was skipped.
Winners:
2. ${winner?.user}
4. ${other?.user}
Drawn and then replaced, according to the file:
1. ${left?.user} left the server
3. ${late?.user} did not claim in time
The draw is valid.
`);
    expect(code).toBe(0);
  });

  it('leaves the published hash to be compared where it was not told', async () => {
    const { said, code } = await verify(file);
    expect(said).toContain('The seed matches the hash in the file.\n');
    expect(said).toContain(`Compare this hash with the one published before the draw: `);
    expect(said).toContain(`${file.seedHash}\n`);
    expect(said).not.toContain('published at the start');
    expect(code).toBe(0);
  });

  it('says which places nobody has, and whether somebody could have had them', async () => {
    const few = await verify(aDraw({ entrants: 2, places: 3, out: ['left'] }));
    expect(few.said).toContain('2 places have no winner. No entries are left to take one.\n');
    const early = await verify({ ...file, winners: [], gaveWay: [] });
    expect(early.said).toContain('There is no winner.\n');
    expect(early.said).toContain('2 places have no winner. 12 entries further down could have taken one.\n');
    expect(early.code).toBe(0);
  });

  it('says what does not hold', async () => {
    const { said, code } = await verify({ ...file, gaveWay: file.gaveWay.slice(1) });
    expect(said).toBe(`Draw K7Q2M9: 12 entries, 2 winners.
The draw is not valid: 1 problem.
- Place 1 was skipped: ${file.gaveWay[0]?.user} neither won nor was replaced.
`);
    expect(code).toBe(1);
    const other = await verify(file, '--seed-hash', 'ab'.repeat(32));
    expect(other.said).toContain(
      `- The seed does not match the hash published at the start: the hash of the seed is ${file.seedHash}.`,
    );
    expect(other.code).toBe(1);
  });

  it('says so much of what does not hold as somebody reads', async () => {
    const many = aDraw({ entrants: 60, places: 40, out: [] });
    const { said, code } = await verify({ ...many, winners: many.winners.slice(39) });
    expect(said).toContain('39 problems.');
    expect(said.match(/^- /gm)).toHaveLength(20);
    expect(said).toContain('… and 19 more.\n');
    expect(code).toBe(1);
  });

  it('says when there was nothing that it could check', async () => {
    const missing = await run([join(folder, 'nothing.json')]);
    expect(missing.said).toContain('nothing.json could not be read (ENOENT). Nothing was verified.');
    const noJson = await run(['-'], 'hello');
    expect(noJson.said).toContain('it is not JSON. Nothing was verified.');
    const noDraw = await run(['-'], JSON.stringify({ ...file, seed: 1 }));
    expect(noDraw.said).toContain('"seed" is missing or malformed. Nothing was verified.');
    expect([missing, noJson, noDraw].map(({ code }) => code)).toEqual([2, 2, 2]);
    expect((await run([folder])).code).toBe(2);
  });

  it('explains its use to whoever calls it otherwise', async () => {
    const uses = [[], ['a', 'b'], ['-', '--seed-hash', '5e88'], ['-', '--sed-hash', 'x']];
    for (const args of uses) {
      const { said, code } = await run(args);
      expect(said).toContain('npm run verify-draw -- draw-K7Q2M9.json --seed-hash');
      expect(code).toBe(2);
    }
  });
});
