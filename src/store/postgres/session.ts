import { setTimeout as wait } from 'node:timers/promises';
import { Client, type ClientConfig, DatabaseError } from 'pg';
import type { PgRow, RunSql } from './connection.ts';
import { asStoreError } from './errors.ts';

/**
 * A session that nothing is heard of for so long is ended by PostgreSQL (from version 14 on), and with it its locks:
 * that of a process that hangs, or of a machine that is gone. Much longer than its holder takes to give it up itself.
 */
const SILENT_FOR = '15s';
const limitSilence = `SELECT set_config(name, '${SILENT_FOR}', false) FROM pg_settings
  WHERE name = 'idle_session_timeout'`;

/** A connection of its own, beside the pool. */
export interface Session {
  /** One statement after the other. Rejects with a StoreError; without an answer the session ends. */
  query: RunSql;
  /** Resolves when the connection is no more. */
  readonly ended: Promise<void>;
  /** Ends it, also when nobody answers at the other end any more. */
  end(): Promise<void>;
}

/** `answerWithinMs`: a statement that takes longer rejects. Throws a StoreError. */
export async function openSession(config: ClientConfig, answerWithinMs: number): Promise<Session> {
  const client = new Client({ ...config, query_timeout: answerWithinMs });
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  // Without a listener, a connection that breaks would end the process.
  client.on('error', () => resolve()).on('end', resolve);
  // Of a half-dead connection the end is not waited for: it takes the operating system many minutes.
  const end = async (): Promise<void> => {
    resolve();
    await Promise.race([client.end(), wait(answerWithinMs, undefined, { ref: false })]);
  };
  const ask = async (sql: string, values: unknown[]): Promise<PgRow[]> => {
    try {
      return (await client.query<PgRow>(sql, values)).rows;
    } catch (error) {
      if (!(error instanceof DatabaseError)) await end();
      throw asStoreError(error);
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  const query: RunSql = (sql, ...values) => {
    const answer = last.then(() => ask(sql, values));
    last = answer.catch(() => undefined);
    return answer;
  };
  try {
    await client.connect();
    await query(limitSilence);
    return { query, ended, end };
  } catch (error) {
    await end();
    throw asStoreError(error);
  }
}
