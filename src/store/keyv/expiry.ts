import { Keyv } from 'keyv';
import type { z } from 'zod';
import type { PlainStorage } from '../storage.ts';
import { parseStored, readThrough, writeThrough } from './door.ts';

/** Values that are forgotten some time after their last `set`. */
export interface Expiring<T> {
  get(key: string): Promise<T | undefined>;
  set(key: string, value: T): Promise<void>;
}

/** `ttlMs`: how long a value is kept, in milliseconds. */
export function createExpiring<T>(storage: PlainStorage, schema: z.ZodType<T>, ttlMs: number): Expiring<T> {
  const keyv = new Keyv({ store: storage, ttl: ttlMs, checkExpired: false });
  return {
    async get(key) {
      const value = await readThrough(keyv, key);
      return value === undefined ? undefined : parseStored(schema, value, keyv, key);
    },
    set: (key, value) => writeThrough(keyv, key, value),
  };
}
