import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../storage.ts';
import { type Cipher, createCipher, wrongKey } from './cipher.ts';
import { resolveKeys } from './keys.ts';
import { createVault, reseal, sealFirst } from './vault.ts';

/** Namespaces with sealed texts; in the store's own, `secrets` is also the key check value. */
export const ownNamespace = 'store';
export const vaultNamespace = 'vault';
const secretsKey = 'secrets';
const secretsSchema = z.object({ fingerprintKey: z.base64().length(44) });

export interface Unlocked {
  readonly cipher: Cipher;
  /** The random key of the store's fingerprints, made with the store and never changed. */
  readonly fingerprintKey: Buffer;
  readonly notices: string[];
}

/**
 * Finds the encryption keys, proves them against the check value, and ends a rotation that was begun.
 * Throws a StoreError: `bad_key`, `missing_key`, `wrong_key`, or what the database says.
 */
export async function unlock(database: Database, given: string | undefined): Promise<Unlocked> {
  const own = database.plain(ownNamespace);
  const check = await own.get(secretsKey);
  const { keyFile: file } = database;
  const { keys, notices } = resolveKeys({ given, file, isNew: check === undefined });
  const cipher = createCipher(keys);
  const sealed = createVault(own, cipher, secretsSchema);

  if (check === undefined) {
    const secrets = { fingerprintKey: randomBytes(32).toString('base64') };
    // Another process that starts on the same new store may be first: then its secrets are the ones.
    if (!(await sealFirst(own, cipher, secretsKey, secrets))) return unlock(database, given);
  } else if (!cipher.isKnown(String(check))) {
    throw wrongKey(file && ` A key file, if there was one, is ${file}.`);
  } else if (!cipher.isCurrent(String(check))) {
    notices.push(await rotate(database, cipher));
  }
  const { fingerprintKey } = secretsSchema.parse(await sealed.open(secretsKey));
  return { cipher, fingerprintKey: Buffer.from(fingerprintKey, 'base64'), notices };
}

/** The check value last: until it is under the new key, every start begins the rotation again. */
async function rotate(database: Database, cipher: Cipher): Promise<string> {
  await reseal(database.plain(vaultNamespace), cipher);
  await reseal(database.plain(ownNamespace), cipher);
  const file = database.keyFile ? ` (a key file at ${database.keyFile} is not used any more)` : '';
  return `Everything sealed in the store is now under the new encryption key: the old one may be removed from ENCRYPTION_KEY${file}.`;
}
