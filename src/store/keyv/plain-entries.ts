import type { KeyvStorageEntry } from 'keyv';
import type { PlainStorage } from '../storage.ts';
import { KeyvStorage } from './keyv-storage.ts';

/** Key and value with an absolute expiry in milliseconds, as Keyv expects it of an adapter. */
export class PlainEntries extends KeyvStorage implements PlainStorage {
  async set(key: string, value: unknown, expires?: number): Promise<boolean> {
    await this.tables.put(this.namespace, [{ key, value: String(value), expires }], Date.now());
    return true;
  }

  async setMany<Value>(entries: KeyvStorageEntry<Value>[]): Promise<boolean[]> {
    const texts = entries.map(({ key, value, expires }) => ({ key, value: String(value), expires }));
    await this.tables.put(this.namespace, texts, Date.now());
    return entries.map(() => true);
  }

  async exchange(key: string, seen: string | undefined, next: string): Promise<boolean> {
    return this.tables.exchange(this.namespace, key, seen, next);
  }

  async delete(key: string): Promise<boolean> {
    return (await this.deleteMany([key]))[0] === true;
  }

  async deleteMany(keys: string[]): Promise<boolean[]> {
    return this.tables.remove(this.namespace, keys);
  }

  async clear(): Promise<void> {
    await this.tables.clear(this.namespace);
  }

  async purge(key: string): Promise<void> {
    await this.tables.purge(this.namespace, key);
  }

  async *stored(): AsyncGenerator<[string, string], void> {
    for (let last = ''; ; ) {
      const rows = await this.tables.page(this.namespace, last);
      yield* rows;
      const end = rows.at(-1);
      if (!end) return;
      last = end[0];
    }
  }
}
