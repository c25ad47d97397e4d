import type { RecordSeal } from '../authentic/record-seal.ts';
import type { Guard, GuardedStorage, Page, WriteResult } from '../storage.ts';
import type { Tables } from '../tables.ts';
import { KeyvStorage } from './keyv-storage.ts';

/**
 * Records that change by `write` and go by `removeSeen` alone; Keyv's own ways to change them are refused. One that is not
 * authentic is no record: to read it throws a StoreError.
 */
export class GuardedRecords extends KeyvStorage implements GuardedStorage {
  readonly #seal: RecordSeal;

  constructor(tables: Tables, namespace: string, seal: RecordSeal) {
    super(tables, namespace);
    this.#seal = seal;
  }

  override async getMany(keys: string[]): Promise<Array<string | undefined>> {
    const found = await this.tables.records(this.namespace, keys);
    return found.map((stored, index) => stored && this.#seal.open(this.namespace, String(keys[index]), stored));
  }

  async write(key: string, next: string, guard: Guard): Promise<WriteResult> {
    const text = this.#seal.close(this.namespace, key, guard.seen + 1, next, guard);
    return this.tables.write({ namespace: this.namespace, key, next: text, ...guard });
  }

  async removeSeen(key: string, seen: number): Promise<boolean> {
    return this.tables.removeSeen(this.namespace, key, seen);
  }

  async tagged(tag: string, { limit, before }: Page): Promise<{ keys: string[]; next?: string }> {
    const end = before === undefined ? Number.MAX_SAFE_INTEGER : Number(before);
    if (!Number.isSafeInteger(end)) throw new RangeError('not a cursor of tagged()');
    if (!Number.isSafeInteger(limit) || limit < 1) throw new RangeError('not a page limit');
    // One more than asked for tells whether there is another page.
    const rows = await this.tables.listed(this.namespace, tag, end, limit + 1);
    const shown = rows.slice(0, limit);
    const keys = shown.map(({ key }) => key);
    return rows.length > limit ? { keys, next: String(shown.at(-1)?.seq) } : { keys };
  }

  async count(tag: string): Promise<number> {
    return this.tables.count(this.namespace, tag);
  }

  async holder(hold: string): Promise<string | undefined> {
    return this.tables.holder(hold);
  }

  async set(): Promise<boolean> {
    throw this.#refusal();
  }

  async setMany(): Promise<boolean[]> {
    throw this.#refusal();
  }

  async delete(): Promise<boolean> {
    throw this.#refusal();
  }

  async deleteMany(): Promise<boolean[]> {
    throw this.#refusal();
  }

  async clear(): Promise<void> {
    throw this.#refusal();
  }

  #refusal(): Error {
    return new Error(`Records of "${this.namespace}" change by write() only.`);
  }
}
