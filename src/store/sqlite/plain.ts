import type { KeyvStorageEntry } from 'keyv';
import type { PlainStorage } from '../storage.ts';
import { SqliteStorage } from './sqlite-storage.ts';

const upsert = `INSERT INTO entries (namespace, key, value, expires) VALUES (?, ?, ?, ?)
  ON CONFLICT (namespace, key) DO UPDATE SET value = excluded.value, expires = excluded.expires`;
const remove = 'DELETE FROM entries WHERE namespace = ? AND key = ?';
/** A set adds one entry and clears away up to four: what has expired never piles up, no set pays for many. */
const sweep = `DELETE FROM entries WHERE seq IN
  (SELECT seq FROM entries WHERE expires <= ? ORDER BY expires LIMIT 4)`;
const page =
  'SELECT key, value FROM entries WHERE namespace = ? AND key > ? ORDER BY key LIMIT 100';

/** Key and value with an absolute expiry in milliseconds, as Keyv expects it of an adapter. */
export class PlainSqlite extends SqliteStorage implements PlainStorage {
  async set(key: string, value: unknown, expires?: number): Promise<boolean> {
    this.connection.transaction(() => this.#put(key, value, expires));
    return true;
  }

  async setMany<Value>(entries: KeyvStorageEntry<Value>[]): Promise<boolean[]> {
    this.connection.transaction(() => {
      for (const { key, value, expires } of entries) this.#put(key, value, expires);
    });
    return entries.map(() => true);
  }

  async delete(key: string): Promise<boolean> {
    return this.connection.transaction(() => this.#remove(key));
  }

  async deleteMany(keys: string[]): Promise<boolean[]> {
    return this.connection.transaction(() => keys.map((key) => this.#remove(key)));
  }

  async clear(): Promise<void> {
    this.connection.transaction(() =>
      this.connection.run('DELETE FROM entries WHERE namespace = ?', this.namespace),
    );
  }

  /** Deleted pages are zeroed (secure_delete), but older copies wait in the log until it is emptied. */
  async purge(key: string): Promise<void> {
    await this.delete(key);
    this.connection.checkpoint();
  }

  async *stored(): AsyncGenerator<[string, string], void> {
    for (let last = ''; ; ) {
      const rows = this.connection.read(() => this.connection.all(page, this.namespace, last));
      for (const row of rows) yield [String(row.key), String(row.value)];
      const end = rows.at(-1);
      if (!end) return;
      last = String(end.key);
    }
  }

  #put(key: string, value: unknown, expires: number | undefined): void {
    this.connection.run(sweep, Date.now());
    this.connection.run(upsert, this.namespace, key, String(value), expires ?? null);
  }

  #remove(key: string): boolean {
    return this.connection.run(remove, this.namespace, key).changes > 0;
  }
}
