import { randomBytes } from 'node:crypto';
import type { Database } from '../storage.ts';
import { StoreError } from '../store-error.ts';
import { refuseLaterShapes, type ShapeSteps, shapesOf } from '../versions/shapes.ts';
import { type Cipher, createCipher, wrongKey } from './cipher.ts';
import { resolveKeys } from './keys.ts';
import { firstSecrets, ownNamespace, type Secrets, type SecretsVault, secretsKey, secretsSchema } from './secrets.ts';
import { countUnknown, createVault, reseal, sealFirst } from './vault.ts';

export const vaultNamespace = 'vault';

export interface Unlocked {
  readonly cipher: Cipher;
  readonly secrets: Secrets;
  readonly secretsVault: SecretsVault;
  readonly notices: string[];
}

/**
 * Finds the encryption keys, proves them against the check value, and goes on with a rotation: with two keys, everything
 * that is not sealed by the first of them is sealed anew, at every start.
 * Throws a StoreError: `bad_key`, `missing_key`, `wrong_key`, `newer`, or what the database says.
 */
export async function unlock(database: Database, given: string | undefined, steps: ShapeSteps): Promise<Unlocked> {
  const own = database.plain(ownNamespace);
  const check = await own.get(secretsKey);
  const { keyFile: file } = database;
  if (check === undefined) await requireEmpty(database);
  const { keys, notices } = resolveKeys({ given, file, isNew: check === undefined });
  const cipher = createCipher(keys);
  const secretsVault = createVault(own, cipher, secretsSchema);

  if (check === undefined) {
    // Another process that starts on the same new store may be first: then its secrets are the ones.
    const secrets = firstSecrets(randomBytes(32), steps);
    if (!(await sealFirst(own, cipher, secretsKey, secrets))) return unlock(database, given, steps);
  } else if (!cipher.isKnown(String(check))) {
    throw wrongKey(file && ` A key file, if there was one, is ${file}.`);
  } else {
    // Before anything is sealed anew: one that is refused stays as it is.
    refuseLaterShapes((await secretsVault.open(secretsKey)) ?? {}, shapesOf(steps));
    notices.push(...(await seeToKeys(database, cipher, secretsVault)));
  }
  const secrets = await secretsVault.open(secretsKey);
  if (!secrets) throw new StoreError('broken', lost);
  return { cipher, secrets, secretsVault, notices };
}

/**
 * Finds the encryption keys and proves them, and changes nothing: makes no key, and goes on with no rotation.
 * Throws a StoreError: `absent`, `bad_key`, `missing_key`, `wrong_key`.
 */
export async function unlockBeside(database: Database, given: string | undefined): Promise<Unlocked> {
  const own = database.plain(ownNamespace);
  const check = await own.get(secretsKey);
  if (check === undefined) throw nothingStored();
  const { keys } = resolveKeys({ given, file: database.keyFile, isNew: false });
  const cipher = createCipher(keys);
  if (!cipher.isKnown(String(check))) throw wrongKey();
  const secretsVault = createVault(own, cipher, secretsSchema);
  const secrets = await secretsVault.open(secretsKey);
  if (!secrets) throw nothingStored();
  return { cipher, secrets, secretsVault, notices: [] };
}

export const nothingStored = (): StoreError =>
  new StoreError('absent', 'There is no store yet where STORE_URL says: the first start makes it.');

const lost =
  "The store's own secrets are gone, and without them no record can be verified: restore the whole store from a backup.";

/** Whoever takes the secrets away must not have records believed under new ones. */
async function requireEmpty(database: Database): Promise<void> {
  if ((await database.rows(0, 1)).length > 0) throw new StoreError('broken', lost);
}

/** What is to be told of the keys after this start. */
async function seeToKeys(database: Database, cipher: Cipher, vault: SecretsVault): Promise<string[]> {
  if (cipher.keys > 1) return rotate(database, cipher, vault);
  const known = await vault.open(secretsKey);
  if (!known || known.isUnderOneKey) return [];
  const unknown = await countUnknown(database.plain(vaultNamespace), cipher);
  if (unknown > 0) return [unreadableText(unknown)];
  await vault.seal(secretsKey, (secrets) => ({ ...(secrets ?? known), isUnderOneKey: true }));
  return [];
}

/** The check value last: until it is under the new key, a start with that key alone is refused. */
async function rotate(database: Database, cipher: Cipher, vault: SecretsVault): Promise<string[]> {
  const unknown = await reseal(database.plain(vaultNamespace), cipher);
  await reseal(database.plain(ownNamespace), cipher);
  // Another process may still seal under the old key: the next start with one key looks once more.
  const known = await vault.open(secretsKey);
  if (known?.isUnderOneKey) await vault.seal(secretsKey, (now) => ({ ...(now ?? known), isUnderOneKey: false }));
  if (unknown > 0) return [unreadableText(unknown)];
  const file = database.keyFile ? ` (a key file at ${database.keyFile} is not used any more)` : '';
  return [
    `Everything sealed in the store is now under the new encryption key: the old one may be removed from ENCRYPTION_KEY${file}.`,
  ];
}

const unreadableText = (count: number): string =>
  `The codes of ${count === 1 ? '1 order' : `${count} orders`} are sealed under another encryption key and cannot be read: start once with every key that was ever in use, as ENCRYPTION_KEY=new,old.`;
