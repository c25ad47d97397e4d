import { Keyv } from 'keyv';
import type { z } from 'zod';
import { type Unreadable, unlessUnreadable } from '../authentic/unreadable.ts';
import type { Guard, GuardedStorage, Page, WriteResult } from '../storage.ts';
import { parseStored, readEnvelope, requireKey, upgradeStored } from './door.ts';

/** One namespace of records that change by guarded writes. Every failure of the database rejects (StoreError). */
export interface Records<T extends { version: number }> {
  /** Rejects where the record cannot be read (`isUnreadable`). */
  get(key: string): Promise<T | undefined>;
  /** Stores `next` with the version after `guard.seen`; see WriteResult for what it may lose to. */
  write(key: string, next: Omit<T, 'version'>, guard: Guard): Promise<WriteResult>;
  /** Deletes the record with its tags and holds while its version is still `seen`, and says whether it did. */
  remove(key: string, seen: number): Promise<boolean>;
  /**
   * By creation, newest first. `next` is the cursor of the following page, missing on the last. What cannot be read is
   * left out, and named.
   */
  tagged(tag: string, page: Page): Promise<{ records: T[]; unreadable: readonly string[]; next?: string }>;
  /** How many records have a tag: cheap beside reading them, and it grows with their number. */
  count(tag: string): Promise<number>;
  /** The key of the record, of whatever namespace, that has this hold now. */
  holder(hold: string): Promise<string | undefined>;
}

interface Reading {
  readonly unreadable: Unreadable;
  /** What was stored in an earlier shape, in that of now. */
  upgrade(shape: number, stored: unknown): unknown;
}

export function createRecords<T extends { version: number }>(
  storage: GuardedStorage,
  schema: z.ZodType<T>,
  { unreadable, upgrade }: Reading,
): Records<T> {
  const keyv = new Keyv({ store: storage, checkExpired: false });
  const get = async (key: string): Promise<T | undefined> => {
    try {
      const found = await readEnvelope(keyv, key);
      if (!found) return undefined;
      const { shape } = found;
      const value = shape === undefined ? found.value : upgradeStored(() => upgrade(shape, found.value), keyv, key);
      return parseStored(schema, value, keyv, key);
    } catch (error) {
      throw unreadable.noted(error, String(storage.namespace), key);
    }
  };
  const read = (key: string) => unlessUnreadable(async () => ({ record: await get(key) }), undefined);
  return {
    get,
    async write(key, next, guard) {
      requireKey(key);
      const value = { ...next, version: guard.seen + 1 };
      // A record that could not be read back would stop everything that meets it later: refuse it now.
      parseStored(schema, value, keyv, key);
      return storage.write(key, String(await keyv.encode({ value })), guard);
    },
    async remove(key, seen) {
      requireKey(key);
      return storage.removeSeen(key, seen);
    },
    async tagged(tag, page) {
      const { keys, ...rest } = await storage.tagged(tag, page);
      const found = await Promise.all(keys.map(read));
      return {
        records: found.map((each) => each?.record).filter((record) => record !== undefined),
        unreadable: keys.filter((_, index) => found[index] === undefined),
        ...rest,
      };
    },
    count: (tag) => storage.count(tag),
    holder: (hold) => storage.holder(hold),
  };
}

const WALK_BY = 50;

/**
 * All records of a list, newest first, read page by page. What joins the list meanwhile may be left out, and what cannot
 * be read is: `unreadable` is told of it, for whom that makes a difference.
 */
export async function* walk<T extends { version: number }>(
  records: Pick<Records<T>, 'tagged'>,
  tag: string,
  unreadable: (key: string) => void = () => {},
): AsyncGenerator<T, void> {
  let before: string | undefined;
  do {
    const page = await records.tagged(tag, { limit: WALK_BY, before });
    for (const key of page.unreadable) unreadable(key);
    yield* page.records;
    before = page.next;
  } while (before !== undefined);
}
