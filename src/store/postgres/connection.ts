import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { StoreError } from '../store-error.ts';
import { asStoreError, isPassing } from './errors.ts';

/** What `pg` gives for BIGINT is text. */
export type PgRow = Record<string, string>;
export type RunSql = (sql: string, ...values: unknown[]) => Promise<PgRow[]>;

/** Thrown inside a transaction to have all of it done again, because what it looked at has moved on. */
export class Again extends Error {}

const ATTEMPTS = 5;

/** A pool with the two ways to use it. Both reject with a StoreError. */
export interface Connection {
  /** One statement, in a transaction of its own. */
  query: RunSql;
  /**
   * Repeats `work` a few times when PostgreSQL ends the transaction because of other writers. A result that is not
   * `isToKeep` undoes it. A COMMIT without an answer rejects: nobody knows whether it was done.
   */
  transaction<T>(work: (query: RunSql) => Promise<T>, isToKeep?: (result: T) => boolean): Promise<T>;
  close(): Promise<void>;
}

export function createConnection(pool: Pool): Connection {
  let closing: Promise<void> | undefined;
  const attempt = async <T>(work: (client: PoolClient) => Promise<T>): Promise<T> => {
    if (closing) throw new StoreError('closed', 'The PostgreSQL database is closed.');
    for (let left = ATTEMPTS - 1; ; left--) {
      try {
        return await lend(pool, work);
      } catch (error) {
        if (left === 0 || !(error instanceof Again || isPassing(error))) throw asStoreError(error);
      }
    }
  };
  return {
    query: (sql, ...values) => attempt((client) => queryOn(client)(sql, ...values)),
    transaction: (work, isToKeep = () => true) => attempt((client) => transact(client, work, isToKeep)),
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
}

/** A connection that failed is given back only if PostgreSQL itself said what is wrong, and could undo it. */
async function lend<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let isSound = false;
  try {
    const result = await work(client);
    isSound = true;
    return result;
  } catch (error) {
    isSound = (error instanceof DatabaseError || error instanceof Again) && (await undo(client));
    throw error;
  } finally {
    client.release(!isSound);
  }
}

async function transact<T>(
  client: PoolClient,
  work: (query: RunSql) => Promise<T>,
  isToKeep: (result: T) => boolean,
): Promise<T> {
  await client.query('BEGIN');
  const result = await work(queryOn(client));
  const end = isToKeep(result) ? 'COMMIT' : 'ROLLBACK';
  const { command } = await client.query(end);
  // A COMMIT of what has failed before is answered with ROLLBACK, and no error.
  if (command !== end) throw new Error(`a ${end} was answered with ${command}`);
  return result;
}

const queryOn =
  (client: PoolClient): RunSql =>
  async (sql, ...values) =>
    (await client.query<PgRow>(sql, values)).rows;

/** The first error is the one to tell; a connection whose undo fails is thrown away, and that undoes it too. */
async function undo(client: PoolClient): Promise<boolean> {
  return client.query('ROLLBACK').then(
    () => true,
    () => false,
  );
}
