import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { untold } from '../e2e/bot-process.ts';
import { root } from './dockerfile.ts';

const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts;

/** What somebody may type wrongly after each command, besides an option that there is not. */
const wrong: Record<string, readonly (readonly string[])[]> = {
  start: [['now']],
  resolve: [
    ['K7Q2M9', 'K7Q2M8'],
    ['K7Q2M9', '--ours'],
    ['K7Q2M9', '--ours', 'x'],
    ['K7Q2M9', '--none', '--wait'],
  ],
  'audit-verify': [['1'], ['x', 'y'], ['1', 'a'.repeat(64), '3']],
  backup: [['now'], ['--to']],
  restore: [[], ['no-such-file.db'], ['a', 'b'], ['a', '--key']],
  drill: [['now']],
  doctor: [['now']],
  health: [['now']],
  privacy: [[], ['export'], ['no-such-word']],
  'verify-draw': [[], ['no-such-file.json'], ['.'], ['package.json', 'package.json'], ['-', '--seed-hash', 'short']],
  demo: [['now'], ['--port'], ['--port', 'x'], ['--port', '70000']],
  sandbox: [['now'], ['--env'], ['--env', 'package.json'], ['--env', 'no-such-folder/.env']],
  simulate: [['now'], ['--runs', 'many'], ['--seed', 'x']],
  gallery: [[], ['--to'], ['--to', 'x', '--only', 'no-such-area']],
  bench: [['now'], ['--only']],
};
/** Those that take nothing of ours: other programs, and what only developers of Cardigan run. */
const others = /^(?:prepare|screenshots|check|check-packages|sbom|format|mutate|crash-matrix|test|test:all)$/;

/** A folder with Cardigan in it, and no `.env`. */
function plant(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-bad-input-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(root, file), join(folder, file));
  for (const name of ['src', 'commands', 'bundle', 'node_modules', 'dist', 'sandbox', 'test', 'bench', 'docs'])
    symlinkSync(join(root, name), join(folder, name));
  return folder;
}

async function run(folder: string, name: string, args: readonly string[]) {
  const [, ...words] = (scripts[name] ?? '').replace(/^exec /, '').split(' ');
  const child = spawn(process.execPath, [...words, ...args], {
    cwd: folder,
    env: untold(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { said: `${out}${err}`, code: (await closed)[0] as number | null };
}

describe('a command that is told what makes no sense', () => {
  it('is in this table, whichever it is', () => {
    const unknown = Object.keys(scripts).filter((name) => !others.test(name) && !(name in wrong));
    expect(unknown).toEqual([]);
    expect(Object.keys(wrong).filter((name) => !(name in scripts))).toEqual([]);
  });

  const cases = Object.entries(wrong).flatMap(([name, all]) =>
    [['--no-such-option'], ...all].map((args) => [`${name} ${args.join(' ')}`, name, args] as const),
  );
  it.each(cases)('npm run %s: says so, ends with a code, and changes nothing', async (_, name, args) => {
    const folder = plant();
    const before = readdirSync(folder);
    const { said, code } = await run(folder, name, args);
    expect(said.trim()).not.toBe('');
    expect(said.split('\n').length).toBeLessThan(16);
    expect(said).not.toMatch(/\n\s+at |node:internal|Error:|\[object/);
    expect(code).toBeGreaterThan(0);
    expect(readdirSync(folder)).toEqual(before);
    const [option] = args;
    if (option === '--no-such-option' && name !== 'start') expect(said).toContain("'--no-such-option'");
  });
});
