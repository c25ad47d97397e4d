import { GuardedRecords } from './keyv/guarded-records.ts';
import { PlainEntries } from './keyv/plain-entries.ts';
import { connectPostgres } from './postgres/connect.ts';
import { connectSqlite } from './sqlite/connect.ts';
import type { Database } from './storage.ts';
import { StoreError } from './store-error.ts';
import type { Connected } from './tables.ts';

const databases: Partial<Record<string, (url: string) => Promise<Connected>>> = {
  sqlite: connectSqlite,
  postgres: connectPostgres,
  postgresql: connectPostgres,
};

/** Opens the database of a STORE_URL. Throws a StoreError that says what to mend, and never shows the address. */
export async function connectDatabase(url: string): Promise<Database> {
  const connect = databases[url.slice(0, url.indexOf(':'))];
  if (!connect) {
    throw new StoreError(
      'bad_url',
      'STORE_URL must begin with sqlite:// or postgres://, such as sqlite://data/cardigan.db or postgres://user:password@host/database.',
    );
  }
  return databaseOn(await connect(url));
}

/** Keyv's storages on the calls of a database. */
export function databaseOn({ tables, keyFile }: Connected): Database {
  return {
    keyFile,
    guarded: (namespace) => new GuardedRecords(tables, namespace),
    plain: (namespace) => new PlainEntries(tables, namespace),
    lock: (name) => tables.lock(name),
    close: () => tables.close(),
  };
}
