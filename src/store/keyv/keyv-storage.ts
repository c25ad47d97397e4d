import { Hookified } from 'hookified';
import { type KeyvStorageCapability, keyvStorageCapability } from 'keyv';
import type { Tables } from '../tables.ts';

/**
 * The reading half of a Keyv storage adapter for one namespace. Its methods have to be `async` functions:
 * Keyv looks at that to tell an adapter from a Map.
 */
export class KeyvStorage extends Hookified {
  protected readonly tables: Tables;
  readonly #namespace: string;

  constructor(tables: Tables, namespace: string) {
    super();
    this.tables = tables;
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
    return (await this.getMany([key]))[0];
  }

  async getMany(keys: string[]): Promise<Array<string | undefined>> {
    return this.tables.find(this.namespace, keys, Date.now());
  }

  async has(key: string): Promise<boolean> {
    return (await this.get(key)) !== undefined;
  }

  async hasMany(keys: string[]): Promise<boolean[]> {
    return (await this.getMany(keys)).map((value) => value !== undefined);
  }
}
