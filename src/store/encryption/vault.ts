import { Keyv } from 'keyv';
import { z } from 'zod';
import { parseStored, readThrough, writeThrough } from '../keyv/door.ts';
import type { PlainStorage } from '../storage.ts';
import { StoreError } from '../store-error.ts';
import type { Cipher } from './cipher.ts';

/** Where codes rest, encrypted, until their recipients have them. One entry per order. */
export interface Vault<Entry> {
  open(orderId: string): Promise<Entry | undefined>;
  /**
   * Replaces what was sealed for the order. The entry is not checked: what was paid for is kept, whatever it is. One that
   * follows from what is sealed already is given as a function of it, which is asked again when another process was
   * faster; then what is there has to be readable.
   */
  seal(orderId: string, entry: Entry | ((known: Entry | undefined) => Entry)): Promise<void>;
  /** Deletes the entry for good, from the database's files too. May be repeated. */
  purge(orderId: string): Promise<void>;
}

/**
 * `ttlMs`: how long an entry is kept after it was sealed, in milliseconds; for ever when left out.
 * Keyv gives its encryption no key name, so a sealed text would open in any row. What it was sealed for stands
 * inside and is compared on opening.
 */
export function createVault<Entry>(
  storage: PlainStorage,
  cipher: Cipher,
  schema: z.ZodType<Entry>,
  ttlMs?: number,
): Vault<Entry> {
  const keyv = new Keyv({
    store: storage,
    encryption: cipher,
    checkExpired: false,
    ...(ttlMs !== undefined && { ttl: ttlMs }),
  });
  const nameFor = (key: string): string => nameIn(storage, key);
  const envelope = z.object({ sealedFor: z.string(), entry: schema });

  async function open(key: string): Promise<Entry | undefined> {
    const value = await readThrough(keyv, key);
    if (value === undefined) return undefined;
    const { sealedFor, entry } = parseStored(envelope, value, keyv, key);
    if (sealedFor === nameFor(key)) return entry;
    throw new StoreError(
      'broken',
      `What lies sealed at ${nameFor(key)} was sealed for another place: the database was tampered with, restore a backup.`,
      { isUnreadable: true },
    );
  }

  /** What is read is at least as new as `text`: where that is still there, nothing came in between. */
  async function sealNext(key: string, next: (known: Entry | undefined) => Entry): Promise<void> {
    for (;;) {
      const found: unknown = await storage.get(key);
      const text = typeof found === 'string' ? found : undefined;
      const known = text === undefined ? undefined : await open(key);
      const value = { sealedFor: nameFor(key), entry: next(known) };
      if (await storage.exchange(key, text, String(await keyv.encode({ value })))) return;
    }
  }

  return {
    open,
    seal: (key, entry) =>
      isNext(entry) ? sealNext(key, entry) : writeThrough(keyv, key, { sealedFor: nameFor(key), entry }),
    purge: (key) => storage.purge(key),
  };
}

function isNext<Entry>(
  entry: Entry | ((known: Entry | undefined) => Entry),
): entry is (known: Entry | undefined) => Entry {
  return typeof entry === 'function';
}

const nameIn = (storage: PlainStorage, key: string): string => `${storage.namespace}/${key}`;

/** Seals an entry unless there is one already, and says whether it did. */
export async function sealFirst(storage: PlainStorage, cipher: Cipher, key: string, entry: unknown): Promise<boolean> {
  const keyv = new Keyv({ store: storage, encryption: cipher });
  const value = { sealedFor: nameIn(storage, key), entry };
  return storage.exchange(key, undefined, String(await keyv.encode({ value })));
}

/** How many entries of a namespace are sealed by none of the cipher's keys. */
export async function countUnknown(storage: PlainStorage, cipher: Cipher): Promise<number> {
  let count = 0;
  for await (const [, text] of storage.stored()) if (!cipher.isKnown(text)) count++;
  return count;
}

/**
 * Seals everything in a namespace anew that is not sealed by the cipher's first key. Can be cut short anywhere
 * and begun again. What another process replaces meanwhile is not overwritten with what was there before. Gives how many
 * are sealed by none of the cipher's keys: these stay as they are.
 */
export async function reseal(storage: PlainStorage, cipher: Cipher): Promise<number> {
  let unknown = 0;
  for await (const [key, found] of storage.stored()) {
    let text: unknown = found;
    while (typeof text === 'string' && cipher.isKnown(text) && !cipher.isCurrent(text)) {
      const fresh = cipher.encrypt(cipher.decrypt(text));
      text = (await storage.exchange(key, text, fresh)) ? fresh : await storage.get(key);
    }
    if (typeof text === 'string' && !cipher.isKnown(text)) unknown++;
  }
  return unknown;
}
