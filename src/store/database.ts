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
import type { Upgrade } from './versions/layout.ts';

interface Kind {
  /** Throws a StoreError where an address cannot be one, without looking for what is there. */
  check(url: string): void;
  connect(url: string, upgrade?: Partial<Upgrade>): Promise<Connected>;
  /** For reading only, beside whoever serves it. */
  beside(url: string): Promise<ConnectedBeside>;
  copies(): Promise<Copies>;
  /** Where it lies, if it is a file: then a key may lie in a file beside it. */
  fileOf?(url: string): string;
}

const sqlite: Kind = {
  check: checkSqlite,
  connect: connectSqlite,
  beside: connectSqliteBeside,
  copies: async () => sqliteCopies,
  fileOf: pathOf,
};
const postgres: Kind = {
  check: checkPostgres,
  // Most have none: its client is loaded by who has one.
  connect: async (url, upgrade) => (await import('./postgres/connect.ts')).connectPostgres(url, upgrade),
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
export async function connectDatabase(url: string, upgrade?: Partial<Upgrade>): Promise<Database> {
  return databaseOn(await checkAddress(url).connect(url, upgrade));
}

/** Keyv's storages on the calls of a database. */
export function databaseOn({ tables, keyFile, space = async () => undefined }: Connected): Database {
  return {
    keyFile,
    guarded: (namespace, seal) => new GuardedRecords(tables, namespace, seal),
    rows: (after, limit) => tables.rows(after, limit),
    exchangeAll: (changes) => tables.exchangeAll(changes),
    plain: (namespace) => new PlainEntries(tables, namespace),
    lock: (name) => tables.lock(name),
    space,
    close: () => tables.close(),
  };
}
