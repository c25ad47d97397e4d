import { createSecretKey } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createCipher } from '../../../src/store/encryption/cipher.ts';
import { createVault, reseal } from '../../../src/store/encryption/vault.ts';
import type { Store } from '../../../src/store/open.ts';
import { newKey, type OpenBench, useBench } from './bench.ts';

const codesSchema = z.object({ codes: z.array(z.string()) });
const vaultOf = (store: Store) => store.vault(codesSchema);

export function describeKeys(open: OpenBench): void {
  describe('the encryption key', () => {
    const fixture = useBench(open);

    it('has to be the one the store was made with', async () => {
      await fixture.open();
      await expect(fixture.open(newKey())).rejects.toMatchObject({
        code: 'wrong_key',
        message: expect.stringContaining('ENCRYPTION_KEY'),
      });
      await expect(fixture.open()).resolves.toBeDefined();
    });

    it.each(['%not base64%', 'c2hvcnQ=', `${newKey()},`, `${newKey()}${newKey()}`, `${newKey()};${newKey()}`])(
      'is refused when it is not 32 bytes in base64, without being shown (%#)',
      async (key) => {
        const problem = await fixture.open(key).catch((error: Error) => error);
        expect(problem).toMatchObject({ code: 'bad_key' });
        expect((problem as Error).message).not.toContain(key.slice(0, 40));
      },
    );

    it('can be changed: all that was sealed moves to the new one, the old one may go', async () => {
      const store = await fixture.open();
      const fingerprint = store.fingerprint('AAAA-1111');
      for (let i = 0; i < 130; i++) await vaultOf(store).seal(`o${i}`, { codes: [`code ${i}`] });
      const next = newKey();
      const rotated = await fixture.open(`${next}, ${fixture.encryptionKey}`);
      expect(rotated.notices).toEqual([expect.stringContaining('the old one may be removed')]);
      expect(await vaultOf(rotated).open('o7')).toEqual({ codes: ['code 7'] });
      const after = await fixture.open(next);
      expect(after.notices).toEqual([]);
      expect(after.fingerprint('AAAA-1111')).toBe(fingerprint);
      for (let i = 0; i < 130; i++) {
        expect(await vaultOf(after).open(`o${i}`)).toEqual({ codes: [`code ${i}`] });
      }
      await expect(fixture.open()).rejects.toMatchObject({ code: 'wrong_key' });
    });

    it('change never brings back what another process replaces meanwhile', async () => {
      await vaultOf(await fixture.open()).seal('o1', { codes: ['first'] });
      const database = await fixture.connect();
      const plain = database.plain('vault');
      const old = createCipher([createSecretKey(fixture.encryptionKey, 'base64')]);
      const both = createCipher([newKey(), fixture.encryptionKey].map((key) => createSecretKey(key, 'base64')));
      const exchange = plain.exchange.bind(plain);
      // The other process, which knows the old key only, seals a richer answer at the last moment.
      vi.spyOn(plain, 'exchange').mockImplementationOnce(async (...values) => {
        await createVault(plain, old, codesSchema).seal('o1', { codes: ['first', 'second'] });
        return exchange(...values);
      });
      await reseal(plain, both);
      expect(both.isCurrent(String(await plain.get('o1')))).toBe(true);
      const codes = ['first', 'second'];
      expect(await createVault(plain, both, codesSchema).open('o1')).toEqual({ codes });
    });

    it('change can be cut short anywhere and is taken up at the next start', async () => {
      const store = await fixture.open();
      for (const key of ['a', 'b', 'c']) await vaultOf(store).seal(key, { codes: [key] });
      const next = newKey();
      const both = `${next},${fixture.encryptionKey}`;
      await fixture.close();
      for (let at = 1; ; at++) {
        let calls = 0;
        const restore = fixture.bench.beforeEachCall(() => {
          if (++calls === at) throw new Error('injected');
        });
        const cut = await fixture.open(both).catch((error: unknown) => error);
        restore();
        if (calls < at) break;
        expect(cut).toMatchObject({ name: 'StoreError', cause: { message: 'injected' } });
      }
      const vault = vaultOf(await fixture.open(next));
      for (const key of ['a', 'b', 'c']) expect(await vault.open(key)).toEqual({ codes: [key] });
    });
  });

  describe('the fingerprint of a code', () => {
    const fixture = useBench(open);
    const other = useBench(open);

    it('is another one in another store: who reads records cannot try codes', async () => {
      const [one, two] = await Promise.all([fixture.open(), other.open(fixture.encryptionKey)]);
      expect(one.fingerprint('AAAA-1111')).not.toBe(two.fingerprint('AAAA-1111'));
    });

    it('is the same for ever in one store and tells codes apart', async () => {
      const first = await fixture.open();
      const fingerprint = first.fingerprint('AAAA-1111');
      expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
      expect(first.fingerprint('AAAA-1112')).not.toBe(fingerprint);
      expect((await fixture.open()).fingerprint('AAAA-1111')).toBe(fingerprint);
    });
  });
}
