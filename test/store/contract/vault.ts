import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Store } from '../../../src/store/open.ts';
import { newKey, type OpenBench, storedIn, useBench } from './bench.ts';

const entry = z.object({ codes: z.array(z.string()) });
const vaultOf = (store: Store) => store.vault(entry);

export function describeVault(open: OpenBench): void {
  describe('the vault', () => {
    const fixture = useBench(open);
    const texts = async () => {
      const storage = (await fixture.connect()).plain('vault');
      return { storage, texts: await storedIn(storage) };
    };

    it('gives back what was sealed, the newest of it, until it is purged', async () => {
      const vault = vaultOf(await fixture.open());
      expect(await vault.open('order')).toBeUndefined();
      await vault.seal('order', { codes: [] });
      await vault.seal('order', { codes: ['AAAA-1111', ':base64:é\u0000'] });
      expect(await vault.open('order')).toEqual({ codes: ['AAAA-1111', ':base64:é\u0000'] });
      await vault.purge('order');
      await vault.purge('order');
      expect(await vault.open('order')).toBeUndefined();
    });

    it('keeps all that several add to one entry at once', async () => {
      const vault = vaultOf(await fixture.open());
      const codes = ['A', 'B', 'C', 'D', 'E'];
      const add = (code: string) => vault.seal('order', (known) => ({ codes: [...(known?.codes ?? []), code] }));
      await Promise.all(codes.map(add));
      expect((await vault.open('order'))?.codes.toSorted()).toEqual(codes);
    });

    it('adds to no entry that it cannot read', async () => {
      const vault = vaultOf(await fixture.open());
      await vault.seal('a', { odd: true } as never);
      const added = vault.seal('a', () => ({ codes: ['A'] }));
      await expect(added).rejects.toMatchObject({ code: 'broken' });
    });

    it('stores sealed text only, never twice the same', async () => {
      const vault = vaultOf(await fixture.open());
      await vault.seal('a', { codes: ['AAAA-1111'] });
      await vault.seal('b', { codes: ['AAAA-1111'] });
      const stored = [...(await texts()).texts.values()];
      expect(stored).toHaveLength(2);
      expect(new Set(stored.map((text) => text.slice(-20))).size).toBe(2);
      for (const text of stored) {
        expect(text).toMatch(/^1\.[\w-]{8}\.[\w-]+$/);
        expect(Buffer.from(text.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('AAAA');
      }
    });

    it('notices two sealed texts that were swapped', async () => {
      const vault = vaultOf(await fixture.open());
      await vault.seal('a', { codes: ['A'] });
      await vault.seal('b', { codes: ['B'] });
      const { storage, texts: stored } = await texts();
      await storage.set('a', stored.get('b'));
      await storage.set('b', stored.get('a'));
      const swapped = vaultOf(await fixture.open());
      for (const key of ['a', 'b']) {
        await expect(swapped.open(key)).rejects.toMatchObject({
          code: 'broken',
          message: expect.stringMatching(`vault/${key} was sealed for another place`),
        });
      }
    });

    it('notices a sealed text that was changed or cut anywhere', async () => {
      await vaultOf(await fixture.open()).seal('a', { codes: ['A'] });
      const { storage, texts: stored } = await texts();
      const text = String(stored.get('a'));
      const flipped = (at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
      const damaged = [flipped(12), flipped(40), flipped(text.length - 4), text.slice(0, -8), '1.x.', ''];
      for (const [i, bad] of damaged.entries()) await storage.set(`bad${i}`, bad);
      const vault = vaultOf(await fixture.open());
      for (const i of damaged.keys()) {
        await expect(vault.open(`bad${i}`)).rejects.toMatchObject({ name: 'StoreError' });
      }
    });

    it('keeps what was paid for even where it does not look as expected', async () => {
      const vault = vaultOf(await fixture.open());
      await vault.seal('a', { odd: true } as never);
      const problem = await vault.open('a').catch((error: Error) => error);
      expect(problem).toMatchObject({
        code: 'broken',
        message: expect.stringContaining('vault/a'),
      });
    });
  });

  describe('what is sealed for a while', () => {
    const fixture = useBench(open);
    const place = z.string();
    const of = (store: Store) => store.sealedExpiring('receipts', place, 60_000);
    afterEach(() => void vi.useRealTimers());

    it('is stored as sealed text, and forgotten when its time is over', async () => {
      vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
      const store = await fixture.open();
      expect(of(store)).toBe(of(store));
      await of(store).set('order', 'a token');
      vi.setSystemTime(1_059_999);
      expect(await of(store).get('order')).toBe('a token');
      vi.setSystemTime(1_060_000);
      expect(await of(store).get('order')).toBeUndefined();
      const texts = await storedIn((await fixture.connect()).plain('receipts'));
      expect([...texts.values()]).toEqual([expect.stringMatching(/^1\.[\w-]{8}\.[\w-]+$/)]);
    });

    it('does not open for another order, nor under another key', async () => {
      await of(await fixture.open()).set('order', 'a token');
      const plain = (await fixture.connect()).plain('receipts');
      await plain.set('other', await plain.get('order'), Date.now() + 60_000);
      const next = newKey();
      const store = await fixture.open(`${next},${fixture.encryptionKey}`);
      expect(await of(store).get('order')).toBe('a token');
      await expect(of(store).get('other')).rejects.toMatchObject({ code: 'broken' });
      await expect(of(await fixture.open(next)).get('order')).rejects.toMatchObject({
        code: 'wrong_key',
      });
    });
  });
}
