import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

/** A schema for one test, and a connection of the test's own beside the store's. */
export interface ScratchSchema {
  readonly name: string;
  /** A STORE_URL. Its connections can be told by their application name, which is the schema's. */
  readonly url: string;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** How many connections the stores of this schema have. */
  connections(): Promise<number>;
  /** Every row of every table, as text. */
  dump(): Promise<string>;
  drop(): Promise<void>;
}

export async function createScratchSchema(): Promise<ScratchSchema> {
  const name = `scratch_${randomBytes(6).toString('hex')}`;
  const server = inject('postgresUrl');
  const url = new URL(server);
  url.searchParams.set('schema', name);
  url.searchParams.set('application_name', name);
  const client = new Client({ connectionString: server });
  await client.connect();
  const query = async (sql: string, values: unknown[] = []) =>
    (await client.query(sql, values)).rows as Record<string, unknown>[];
  return {
    name,
    url: url.href,
    query,
    async connections() {
      const [row] = await query('SELECT count(*) FROM pg_stat_activity WHERE application_name = $1', [name]);
      return Number(row?.count);
    },
    async dump() {
      const tables = await query('SELECT tablename FROM pg_tables WHERE schemaname = $1', [name]);
      let text = '';
      for (const { tablename } of tables) {
        text += JSON.stringify(await query(`SELECT t::text FROM ${name}.${tablename} t`));
      }
      return text;
    },
    async drop() {
      await query(`DROP SCHEMA IF EXISTS ${name} CASCADE`);
      await client.end();
    },
  };
}
