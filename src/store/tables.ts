import type { GuardedRow, Replacement, StoredRecord } from './authentic/stored.ts';
import type { Lock } from './lock.ts';
import type { Guard, Space, WriteResult } from './storage.ts';

/** A plain text under its key. `expires`: milliseconds since 1970, missing when it stays. */
export interface PlainEntry {
  readonly key: string;
  readonly value: string;
  readonly expires?: number | undefined;
}

/** A guarded write of one record. */
export interface GuardedChange extends Guard {
  readonly namespace: string;
  readonly key: string;
  readonly next: string;
}

/** A record in a list of a tag; `seq` grows with each record that is made and is never used twice. */
export interface ListedKey {
  readonly seq: number;
  readonly key: string;
}

/** An open database. */
export interface Connected {
  readonly tables: Tables;
  /** Where a key file may be made when no key is given; undefined where there is no disk of our own. */
  readonly keyFile: string | undefined;
  /** The room on its disk; without it there is no disk of our own. */
  readonly space?: () => Promise<Space | undefined>;
}

/** A database that is opened for reading only, beside whoever serves it: every call that would change something rejects. */
export interface ConnectedBeside extends Connected {
  /** Which layout its tables have. */
  readonly layout: number;
  /** Whether whoever serves it could write, as far as that can be told without writing. */
  takesWrites(): Promise<boolean>;
}

/**
 * The calls that a database answers, each whole or not at all. The storages for Keyv are built on these, so that a
 * database is these calls and nothing else. Every failure rejects with a StoreError.
 */
export interface Tables {
  /** The texts in the order of the keys; undefined for what is missing or has expired by `now`. */
  find(namespace: string, keys: readonly string[], now: number): Promise<Array<string | undefined>>;
  /** Also clears away a few entries, of whatever namespace, that have expired by `now`. */
  put(namespace: string, entries: readonly PlainEntry[], now: number): Promise<void>;
  /** Replaces the text if it is still `seen` (undefined: if there is none), and says whether it did. */
  exchange(namespace: string, key: string, seen: string | undefined, next: string): Promise<boolean>;
  /** For each key whether there was something. */
  remove(namespace: string, keys: readonly string[]): Promise<boolean[]>;
  clear(namespace: string): Promise<void>;
  /** Leaves as little of the text in the database's files as the database allows. */
  purge(namespace: string, key: string): Promise<void>;
  /** Up to 100 entries by key, after the given one. */
  page(namespace: string, after: string): Promise<Array<[string, string]>>;
  write(change: GuardedChange): Promise<WriteResult>;
  /** Deletes the record with its tags and holds while its version is still `seen`, and says whether it did. */
  removeSeen(namespace: string, key: string, seen: number): Promise<boolean>;
  /** Guarded records in the order of the keys; undefined for what is missing. */
  records(namespace: string, keys: readonly string[]): Promise<Array<StoredRecord | undefined>>;
  /** Guarded records of all namespaces that were made after that one, oldest first. */
  rows(after: number, limit: number): Promise<GuardedRow[]>;
  /** Replaces each text that is still the one that was seen, in one transaction; versions stay as they are. */
  exchangeAll(changes: readonly Replacement[]): Promise<void>;
  /** Records under a tag made before `end`, newest first. */
  listed(namespace: string, tag: string, end: number, limit: number): Promise<ListedKey[]>;
  /** How many records are under a tag. */
  count(namespace: string, tag: string): Promise<number>;
  holder(hold: string): Promise<string | undefined>;
  /** The lock of this name; undefined while another holder has it. */
  lock(name: string): Promise<Lock | undefined>;
  /** Releases the locks as well. */
  close(): Promise<void>;
}
