import type { Copies } from './beside/copies.ts';
import { GuardedRecords } from './keyv/guarded-records.ts';
import { PlainEntries } from './keyv/plain-entries.ts';
import { checkUrl as checkPostgres } from './postgres/address.ts';
import { connectSqliteBeside } from './sqlite/beside.ts';
import { checkUrl as checkSqlite, connectSqlite, pathOf } from './sqlite/connect.ts';
import { sqliteCopies } from './sqlite/copies.ts';
import type { Database } from './storage.ts';
import { StoreError } from './store-error.ts';
import type { Connected, ConnectedBeside } from './tables.ts';

interface Kind {
  /** Throws a StoreError where an address cannot be one, without looking for what is there. */
  check(url: string): void;
  connect(url: string): Promise<Connected>;
  /** For reading only, beside whoever serves it. */
  beside(url: string): Promise<ConnectedBeside>;
  copies(): Promise<Copies>;
  /** Where a key may lie in a file beside it; missing where there is no disk of our own. */
  keyFileOf?(url: string): string;
}

const sqlite: Kind = {
  check: checkSqlite,
  connect: connectSqlite,
  beside: connectSqliteBeside,
  copies: async () => sqliteCopies,
  keyFileOf: (url) => `${pathOf(url)}.key`,
};
const postgres: Kind = {
  check: checkPostgres,
  // Most have none: its client is loaded by who has one.
  connect: async (url) => (await import('./postgres/connect.ts')).connectPostgres(url),
  beside: async (url) => (await import('./postgres/beside.ts')).connectPostgresBeside(url),
  copies: async () => (await import('./postgres/copies.ts')).postgresCopies,
};
const kinds: Partial<Record<string, Kind>> = { sqlite, postgres, postgresql: postgres };

/** What kind of database a STORE_URL names. Throws a StoreError that says what to mend, and never shows the address. */
export function checkAddress(url: string): Kind {
  const kind = kinds[url.slice(0, url.indexOf(':'))];
  if (!kind) {
    throw new StoreError(
      'bad_url',
      'STORE_URL must begin with sqlite:// or postgres://, such as sqlite://data/cardigan.db or postgres://user:password@host/database.',
    );
  }
  kind.check(url);
  return kind;
}

/** Opens the database of a STORE_URL. Throws a StoreError that says what to mend, and never shows the address. */
export async function connectDatabase(url: string): Promise<Database> {
  return databaseOn(await checkAddress(url).connect(url));
}

/** Keyv's storages on the calls of a database. */
export function databaseOn({ tables, keyFile }: Connected): Database {
  return {
    keyFile,
    guarded: (namespace, seal) => new GuardedRecords(tables, namespace, seal),
    rows: (after, limit) => tables.rows(after, limit),
    exchangeAll: (changes) => tables.exchangeAll(changes),
    plain: (namespace) => new PlainEntries(tables, namespace),
    lock: (name) => tables.lock(name),
    close: () => tables.close(),
  };
}
