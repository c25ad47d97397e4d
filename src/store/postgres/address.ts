import type { PoolConfig } from 'pg';
import { StoreError } from '../store-error.ts';

/** A bot does little at a time, and a PostgreSQL as it is installed takes a hundred connections in all. */
const MOST_CONNECTIONS = 5;
const CONNECT_WITHIN_MS = 10_000;
const ANSWER_WITHIN_MS = 30_000;
/** A process that freezes in a transaction must not keep the records that it has locked. */
const IDLE_IN_TRANSACTION_MS = 15_000;

/** Throws a StoreError: `bad_url`. */
export function checkUrl(url: string): void {
  settingsOf(url);
}

/** Throws a StoreError without `cause`: it would hold the address, and with it the password. */
export function settingsOf(url: string): { schema: string; config: PoolConfig } {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  const schema = address?.searchParams.get('schema') ?? 'cardigan';
  if (!address || !/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new StoreError(
      'bad_url',
      'STORE_URL must be like postgres://user:password@host:5432/database, with special characters of the password percent-encoded, and may end in ?schema=name (small letters, digits, _).',
    );
  }
  const given = address.searchParams.get('options') ?? '';
  address.searchParams.delete('schema');
  address.searchParams.delete('options');
  return {
    schema,
    config: {
      connectionString: address.href,
      // What was answered as written is still there after a power cut, whatever the server's default is.
      options: `${given} -c search_path=${schema} -c synchronous_commit=on`.trim(),
      application_name: 'cardigan',
      max: MOST_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      query_timeout: ANSWER_WITHIN_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      keepAlive: true,
    },
  };
}
