import { createSecretKey } from 'node:crypto';
import { z } from 'zod';
import { createCipher } from '../../../src/store/encryption/cipher.ts';
import { createVault } from '../../../src/store/encryption/vault.ts';
import type { Database } from '../../../src/store/storage.ts';
import { storedIn } from './bench.ts';

const cipherOf = (key: string) => createCipher([createSecretKey(key, 'base64')]);

/** What a store from before records were authenticated has of a record, whose text it has now. */
export const unsealed = (text: string | undefined): string =>
  String(text).replace(/,"shape":\d+,"lists":"[\w-]+","mac":"[\w-]+"\}$/, '}');

/** The secrets of a store as an older version of Cardigan has made them. */
export async function olderSecrets(database: Database, key: string): Promise<void> {
  const vault = createVault(database.plain('store'), cipherOf(key), z.object({ fingerprintKey: z.string() }));
  await vault.seal('secrets', (known) => ({ fingerprintKey: known?.fingerprintKey ?? '' }));
}

/** The store as an older version of Cardigan has made it. */
export async function makeOlder(database: Database, key: string, namespaces: readonly string[]): Promise<void> {
  for (const namespace of namespaces) {
    const texts = await storedIn(database.plain(namespace));
    const changes = [...texts].map(([name, seen]) => ({ namespace, key: name, seen, next: unsealed(seen) }));
    await database.exchangeAll(changes);
  }
  await olderSecrets(database, key);
}

/** What a process seals that knows that one key. */
export async function sealUnder(database: Database, key: string, order: string, codes: string[]): Promise<void> {
  await createVault(database.plain('vault'), cipherOf(key), z.array(z.string())).seal(order, codes);
}
