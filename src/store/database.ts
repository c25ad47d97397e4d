import { type Metrics, noMetrics } from '../monitoring/index.ts';
import type { Copies } from './beside/copies.ts';
import { GuardedRecords } from './keyv/guarded-records.ts';
import { PlainEntries } from './keyv/plain-entries.ts';
import { checkUrl as checkPostgres } from './postgres/address.ts';
import { connectSqliteBeside } from './sqlite/beside.ts';
import { checkUrl as checkSqlite, connectSqlite, pathOf } from './sqlite/connect.ts';
import { sqliteCopies } from './sqlite/copies.ts';
import type { Database } from './storage.ts';
import { StoreError } from './store-error.ts';
import type { Connected, ConnectedBeside, Tables } from './tables.ts';
import type { Upgrade } from './versions/layout.ts';

export type StoreMetrics = Pick<Metrics, 'storeCalled'>;

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
export async function connectDatabase(
  url: string,
  upgrade?: Partial<Upgrade>,
  metrics: StoreMetrics = noMetrics,
): Promise<Database> {
  const { tables, ...connected } = await checkAddress(url).connect(url, upgrade);
  return databaseOn({ ...connected, tables: metrics === noMetrics ? tables : measuredTables(tables, metrics) });
}

/** The calls of a database, each with how long it took. */
export function measuredTables(tables: Tables, { storeCalled }: StoreMetrics): Tables {
  const timed =
    (name: string, call: (...given: unknown[]) => Promise<unknown>) =>
    (...given: unknown[]) => {
      const begun = performance.now();
      const called = call(...given);
      called.then(
        () => storeCalled(name, performance.now() - begun, false),
        () => storeCalled(name, performance.now() - begun, true),
      );
      return called;
    };
  const calls = Object.entries(tables).map(([name, call]) => [name, timed(name, call)]);
  return Object.fromEntries(calls);
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
