import type { Guard, GuardedStorage, Page, WriteResult } from '../storage.ts';
import { KeyvStorage } from './keyv-storage.ts';

/** Records that change by `write` alone; Keyv's own ways to change them are refused. */
export class GuardedRecords extends KeyvStorage implements GuardedStorage {
  async write(key: string, next: string, guard: Guard): Promise<WriteResult> {
    return this.tables.write({ namespace: this.namespace, key, next, ...guard });
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
