import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open.ts';

it('the room on the disk of a database in a file is told in bytes, with what its files take', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cardigan-space-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'cardigan.db');
  const store = await openStore({ url: `sqlite://${file}` });
  const space = await store.space();
  await store.close();
  expect(space?.free).toBeGreaterThan(0);
  expect(Number.isInteger(space?.free)).toBe(true);
  expect(space?.size).toBeGreaterThanOrEqual((await stat(file)).size);
  // Where nothing is there any more nobody can tell.
  await rm(folder, { recursive: true });
  expect(await store.space()).toBeUndefined();
});
