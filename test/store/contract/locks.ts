import { describe, expect, it } from 'vitest';
import type { Lock } from '../../../src/store/lock.ts';
import { type OpenBench, useBench } from './bench.ts';

/** Whether a lock can still be counted on, as far as its holder knows now. */
export const isLost = (lock: Lock | undefined): Promise<boolean> =>
  Promise.race([lock?.lost.then(() => true), new Promise<false>((no) => setImmediate(no, false))])
    // Without a lock there is nothing to lose.
    .then((lost) => lost ?? true);

export function describeLocks(open: OpenBench): void {
  describe('a lock', () => {
    const fixture = useBench(open);

    it('is had by one at a time, and each name is a lock of its own', async () => {
      const store = await fixture.open();
      const first = await store.lock('shard/0');
      expect(await isLost(first)).toBe(false);
      expect(await store.lock('shard/0')).toBeUndefined();
      expect(await store.lock('shard/0')).toBeUndefined();
      expect(await isLost(await store.lock('shard/1'))).toBe(false);
      expect(await isLost(first)).toBe(false);
    });

    it('can be had again once it was released, and giving it up twice takes it from nobody', async () => {
      const store = await fixture.open();
      const first = await store.lock('shard/0');
      await first?.release();
      expect(await isLost(first)).toBe(true);
      const second = await store.lock('shard/0');
      await first?.release();
      expect(await isLost(second)).toBe(false);
      expect(await store.lock('shard/0')).toBeUndefined();
    });

    it('ends with its store, for the next one to have', async () => {
      const before = await fixture.open();
      const lock = await before.lock('shard/0');
      const after = await fixture.open();
      expect(await isLost(lock)).toBe(true);
      expect(await isLost(await after.lock('shard/0'))).toBe(false);
      await expect(before.lock('shard/0')).rejects.toMatchObject({ code: 'closed' });
      await lock?.release();
      expect(await after.lock('shard/0')).toBeUndefined();
    });
  });
}
