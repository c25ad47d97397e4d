import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '../..');

function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' });
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return rows.filter(([, parent]) => parent === pid).flatMap(([child = 0]) => child);
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it.for(['SIGINT', 'SIGKILL'] as const)('the bench leaves no process behind when it ends by %s', async (signal) => {
  const folder = mkdtempSync(join(tmpdir(), 'cardigan-interrupted-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const bench = spawn(process.execPath, ['bench/main.ts', '--only', 'presses', '--bot', 'baseline'], {
    ...{ cwd: root, stdio: 'ignore' },
    env: { PATH: process.env.PATH, TMPDIR: folder },
  });
  const pid = bench.pid ?? 0;
  onTestFinished(() => void bench.kill('SIGKILL'));
  // The stand-ins, and a bot that keeps its store already.
  const hasStore = () => readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith('baseline.db'));
  await expect.poll(() => childrenOf(pid).length === 2 && hasStore()).toBe(true);
  const children = childrenOf(pid);
  bench.kill(signal);
  await once(bench, 'exit');
  await expect.poll(() => children.filter(isThere)).toEqual([]);
  // Whoever is killed can remove nothing.
  if (signal === 'SIGINT') expect(readdirSync(folder)).toEqual([]);
});
