import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const cwd = join(import.meta.dirname, '../..');

it.each(['', ' ', '\u200B', '\u2060 \uFEFF'])('npm run resolve takes no reason that nobody can read: %j', (reason) => {
  const args = ['src/cli/resolve.ts', 'K7Q2M9', '--close', reason, '--yes'];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd, env: {}, encoding: 'utf8' });
  expect(stdout).toContain('npm run resolve');
  expect(status).toBe(2);
});
