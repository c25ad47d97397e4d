import type { KeyvStorageAdapter } from 'keyv';
import type { RecordSeal } from './authentic/record-seal.ts';
import type { GuardedRow, Replacement } from './authentic/stored.ts';
import type { Lock } from './lock.ts';

/**
 * What carries Cardigan's records. Everything else in this folder is built on these interfaces; which database is
 * behind them is known to its own subfolder and to `database.ts` only.
 */
export interface Database {
  /** Where a key file may be made when no key is given; undefined where there is no disk of our own. */
  readonly keyFile: string | undefined;
  /** Records that change by `write` alone, and are authentic by that seal. */
  guarded(namespace: string, seal: RecordSeal): GuardedStorage;
  /** Guarded records of all namespaces that were made after that one, oldest first. */
  rows(after: number, limit: number): Promise<GuardedRow[]>;
  /** Replaces each text that is still the one that was seen, in one transaction; versions stay as they are. */
  exchangeAll(changes: readonly Replacement[]): Promise<void>;
  /** Plain key and value, with expiry. */
  plain(namespace: string): PlainStorage;
  /** The lock of this name; undefined while another holder has it. */
  lock(name: string): Promise<Lock | undefined>;
  /** The room on its disk; undefined where that is not ours, or cannot be told. */
  space(): Promise<Space | undefined>;
  close(): Promise<void>;
}

/** What a writer has read and what it wants. Both sets are complete: what is not named is given up. */
export interface Guard {
  /** The version that was read, 0 when the record must not exist yet. */
  readonly seen: number;
  /** Lists in which the record stands, in its namespace. */
  readonly tags: readonly string[];
  /** Names that only one record in the whole store may have. */
  readonly holds: readonly string[];
}

/**
 * `changed`: somebody wrote first; `version` is the current one, 0 when there is no such record.
 * `held`: `owner` is the key of the record that has `hold`. In both cases nothing was written.
 */
export type WriteResult =
  | { ok: true; version: number }
  | { ok: false; reason: 'changed'; version: number }
  | { ok: false; reason: 'held'; hold: string; owner: string };

/** In bytes. */
export interface Space {
  /** What may still be written to the disk that it is on. */
  readonly free: number;
  /** What its files take. */
  readonly size: number;
}

/** At most `limit` records, older than the cursor `before` (the `next` of the page above it). */
export interface Page {
  readonly limit: number;
  readonly before?: string | undefined;
}

/** Its plain `set`, `setMany`, `delete`, `deleteMany` and `clear` throw. */
export interface GuardedStorage extends KeyvStorageAdapter {
  /** Record, tags and holds change together in one transaction, or not at all. */
  write(key: string, next: string, guard: Guard): Promise<WriteResult>;
  /** Record, tags and holds go together while the version is still `seen`, from 1 on, or nothing does. Whether they did. */
  removeSeen(key: string, seen: number): Promise<boolean>;
  /** Keys by the time of their first write, newest first; `next` is missing on the last page. */
  tagged(tag: string, page: Page): Promise<{ keys: string[]; next?: string }>;
  /** How many records have a tag. */
  count(tag: string): Promise<number>;
  /** The key of the record that has this hold now. */
  holder(hold: string): Promise<string | undefined>;
}

export interface PlainStorage extends KeyvStorageAdapter {
  /** Replaces the text if it is still `seen` (undefined: if there is none), and says whether it did. */
  exchange(key: string, seen: string | undefined, next: string): Promise<boolean>;
  /** Deletes, from the database's files too where the database can do that. May be repeated. */
  purge(key: string): Promise<void>;
  /** Every `[key, text]` of the namespace; entries may be replaced meanwhile. */
  stored(): AsyncGenerator<[string, string], void>;
}
