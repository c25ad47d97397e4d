import { Pool } from 'pg';
import type { Connected } from '../tables.ts';
import type { Upgrade } from '../versions/layout.ts';
import { settingsOf } from './address.ts';
import { createConnection } from './connection.ts';
import { migrations } from './migrations.ts';
import { createPostgresTables } from './postgres-tables.ts';
import { prepareSchema } from './schema.ts';
import { createSessionLocks } from './session-locks.ts';

/**
 * Opens the database of a `postgres://` address, with several processes if need be. Its tables lie in the schema of
 * the parameter `schema`, which is `cardigan` unless told otherwise, and are made if they are missing.
 * Throws a StoreError: `bad_url`, `unreachable`, `denied`, `unwritable`, `full`, `newer`, `broken`.
 */
export async function connectPostgres(url: string, given: Partial<Upgrade> = {}): Promise<Connected> {
  const { schema, config } = settingsOf(url);
  const pool = new Pool(config);
  // A connection that breaks while nobody uses it, and one that breaks between two statements: without listeners,
  // either would end the process. Whoever uses it next is told; the pool makes a new one.
  const ignore = () => undefined;
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  const connection = createConnection(pool);
  try {
    await prepareSchema(connection, schema, { migrations, say: () => {}, ...given });
    const locks = createSessionLocks(config, schema);
    return { tables: createPostgresTables(connection, locks), keyFile: undefined };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
