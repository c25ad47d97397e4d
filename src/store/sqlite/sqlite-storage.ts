import { Hookified } from 'hookified';
import { type KeyvStorageCapability, keyvStorageCapability } from 'keyv';
import type { Connection } from './connection.ts';

const live =
  'SELECT value FROM entries WHERE namespace = ? AND key = ? AND (expires IS NULL OR expires > ?)';

/**
 * The reading half of a Keyv storage adapter for one namespace. Its methods have to be `async` functions:
 * Keyv looks at that to tell an adapter from a Map.
 */
export class SqliteStorage extends Hookified {
  protected readonly connection: Connection;
  readonly #namespace: string;

  constructor(connection: Connection, namespace: string) {
    super();
    this.connection = connection;
    this.#namespace = namespace;
  }

  /** Without a setter: a Keyv with another namespace must not take this one over. */
  get namespace(): string {
    return this.#namespace;
  }

  /** Says that `expires` is an absolute time and is enforced here; otherwise Keyv wraps the adapter. */
  get capabilities(): KeyvStorageCapability {
    return keyvStorageCapability(this);
  }

  async get(key: string): Promise<string | undefined> {
    return this.connection.read(() => this.#find(key));
  }

  async getMany(keys: string[]): Promise<Array<string | undefined>> {
    return this.connection.read(() => keys.map((key) => this.#find(key)));
  }

  async has(key: string): Promise<boolean> {
    return (await this.get(key)) !== undefined;
  }

  async hasMany(keys: string[]): Promise<boolean[]> {
    return (await this.getMany(keys)).map((value) => value !== undefined);
  }

  #find(key: string): string | undefined {
    const row = this.connection.get(live, this.#namespace, key, Date.now());
    return row && String(row.value);
  }
}
