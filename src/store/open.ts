import { createHmac } from 'node:crypto';
import type { z } from 'zod';
import { connectDatabase } from './database.ts';
import { ownNamespace, type Unlocked, unlock, vaultNamespace } from './encryption/unlock.ts';
import { createVault, type Vault } from './encryption/vault.ts';
import { createExpiring, type Expiring } from './keyv/expiry.ts';
import type { Lock } from './lock.ts';
import { createRecords, type Records } from './records.ts';
import type { Database } from './storage.ts';

interface StoreOptions {
  /** STORE_URL: `sqlite://relative/path.db`, `sqlite:///absolute/path.db` or `postgres://…`. */
  readonly url: string;
  /** ENCRYPTION_KEY: 32 bytes in base64, or `new,old` while rotating. */
  readonly encryptionKey?: string | undefined;
}

/** A namespace belongs to one schema: asking again with the same one gives the same door, another one throws. */
export interface Store {
  records<T extends { version: number }>(namespace: string, schema: z.ZodType<T>): Records<T>;
  /** `ttlMs`: how long a value is kept after its `set`, in milliseconds. */
  expiring<T>(namespace: string, schema: z.ZodType<T>, ttlMs: number): Expiring<T>;
  /** As `expiring`, encrypted. A changed key does not take it along: what is left of it then cannot be opened. */
  sealedExpiring<T>(namespace: string, schema: z.ZodType<T>, ttlMs: number): Expiring<T>;
  vault<Entry>(schema: z.ZodType<Entry>): Vault<Entry>;
  /**
   * A name that one holder has at a time, in whatever process, as long as it lives: undefined while another has it.
   * Says who serves; what may be written is up to the guarded writes. Throws a StoreError.
   */
  lock(name: string): Promise<Lock | undefined>;
  /** HMAC-SHA256 in hex under a random key that is made with the store and never changes. */
  fingerprint(code: string): string;
  /** What the operator should read in the log after this start. */
  readonly notices: readonly string[];
  close(): Promise<void>;
}

/** Throws a StoreError whose message tells the operator what to do; see its codes. */
export async function openStore({ url, encryptionKey }: StoreOptions): Promise<Store> {
  return openStoreOn(await connectDatabase(url), encryptionKey);
}

/** The same on a database that is connected already; it is closed with the store, and when it cannot be opened. */
export async function openStoreOn(database: Database, encryptionKey: string | undefined): Promise<Store> {
  try {
    return createStore(database, await unlock(database, encryptionKey));
  } catch (error) {
    await database.close();
    throw error;
  }
}

function createStore(database: Database, { cipher, fingerprintKey, notices }: Unlocked): Store {
  const doors = createDoors();
  doors(ownNamespace, [], () => undefined);
  return {
    records: (namespace, schema) =>
      doors(namespace, ['records', schema], () => createRecords(database.guarded(namespace), schema)),
    expiring: (namespace, schema, ttlMs) =>
      doors(namespace, ['expiring', schema, ttlMs], () => createExpiring(database.plain(namespace), schema, ttlMs)),
    sealedExpiring: (namespace, schema, ttlMs) =>
      doors(namespace, ['sealed', schema, ttlMs], () => {
        const { open, seal } = createVault(database.plain(namespace), cipher, schema, ttlMs);
        return { get: open, set: seal };
      }),
    vault: (schema) =>
      doors(vaultNamespace, ['vault', schema], () => createVault(database.plain(vaultNamespace), cipher, schema)),
    lock: (name) => database.lock(name),
    fingerprint: (code) => createHmac('sha256', fingerprintKey).update(code).digest('hex'),
    notices,
    close: () => database.close(),
  };
}

/** One door per namespace, so that two readings of the same records cannot live side by side. */
function createDoors() {
  const made = new Map<string, { shape: unknown[]; door: unknown }>();
  return <Door>(namespace: string, shape: unknown[], make: () => Door): Door => {
    const known = made.get(namespace);
    if (!known) {
      const door = make();
      made.set(namespace, { shape, door });
      return door;
    }
    if (known.shape.length !== shape.length || known.shape.some((part, i) => part !== shape[i])) {
      throw new Error(`The namespace "${namespace}" is in use with another schema: share that door.`);
    }
    // The same schema object means the same type.
    return known.door as Door;
  };
}
