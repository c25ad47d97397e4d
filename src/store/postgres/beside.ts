import { Pool } from 'pg';
import { nothingStored } from '../encryption/unlock.ts';
import type { ConnectedBeside } from '../tables.ts';
import { settingsOf } from './address.ts';
import { createConnection, type RunSql } from './connection.ts';
import { migrations } from './migrations.ts';
import { createPostgresTables } from './postgres-tables.ts';
import { layoutOf } from './schema.ts';
import { createSessionLocks } from './session-locks.ts';

/** A replica takes none, and neither do tables that are somebody else's. */
async function takesWrites(query: RunSql, schema: string): Promise<boolean> {
  const mayInsert = "has_table_privilege(format('%I.entries', $1::text), 'INSERT')";
  const [row] = await query(`SELECT (NOT pg_is_in_recovery() AND ${mayInsert})::text AS may`, schema);
  return row?.may === 'true';
}

/** Those that serve have the other connections. */
const MOST_CONNECTIONS = 2;

/**
 * Opens the database of a `postgres://` address in transactions that PostgreSQL itself keeps from writing; makes no schema.
 * Throws a StoreError: `bad_url`, `absent`, `unreachable`, `denied`, `newer`, `broken`.
 */
export async function connectPostgresBeside(url: string): Promise<ConnectedBeside> {
  const { schema, config } = settingsOf(url);
  const options = `${config.options} -c default_transaction_read_only=on`;
  const pool = new Pool({ ...config, options, max: MOST_CONNECTIONS });
  const ignore = () => undefined;
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  const connection = createConnection(pool);
  try {
    const { layout } = await layoutOf(connection.query, schema, migrations);
    if (layout === 0) throw nothingStored();
    return {
      tables: createPostgresTables(connection, createSessionLocks(config, schema)),
      layout,
      keyFile: undefined,
      takesWrites: () => takesWrites(connection.query, schema),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
