import { DatabaseSync } from 'node:sqlite';

/**
 * Where the baseline's Keyv keeps its entries: one table in one file, as Keyv's own adapter for SQLite has it. Keyv takes
 * anything that looks like a Map, and adds namespaces and expiry itself.
 */
export class SqliteStorage {
  readonly #db: DatabaseSync;

  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    this.#db.exec('PRAGMA journal_mode = WAL');
    this.#db.exec('CREATE TABLE IF NOT EXISTS keyv (key TEXT PRIMARY KEY, value TEXT)');
  }

  get(key: string): string | undefined {
    const row = this.#db.prepare('SELECT value FROM keyv WHERE key = ?').get(key);
    return row && JSON.parse(String(row.value));
  }

  set(key: string, value: unknown): void {
    const upsert = 'INSERT INTO keyv VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value';
    this.#db.prepare(upsert).run(key, JSON.stringify(value));
  }

  has(key: string): boolean {
    return this.#db.prepare('SELECT 1 FROM keyv WHERE key = ?').get(key) !== undefined;
  }

  delete(key: string): boolean {
    return this.#db.prepare('DELETE FROM keyv WHERE key = ?').run(key).changes > 0;
  }

  clear(): void {
    this.#db.exec('DELETE FROM keyv');
  }
}
