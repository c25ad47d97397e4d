import { DatabaseError } from 'pg';
import { StoreError, type StoreErrorCode } from '../store-error.ts';

/** SQLSTATE codes, or classes of them (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const byState: Partial<Record<string, StoreErrorCode>> = {
  '08': 'unreachable',
  '28': 'denied',
  '3D000': 'bad_url',
  '25006': 'unwritable', // read_only_sql_transaction: a standby
  '42501': 'unwritable', // insufficient_privilege
  '53100': 'full', // disk_full
  '53300': 'unreachable', // too_many_connections
  '57P01': 'unreachable', // admin_shutdown
  '57P02': 'unreachable', // crash_shutdown
  '57P03': 'unreachable', // cannot_connect_now
};

const advice: Partial<Record<StoreErrorCode, string>> = {
  unreachable:
    'cannot be reached: see that it runs and has connections to spare, and that STORE_URL has the right host and port',
  denied: 'refused the user name or password of STORE_URL: mend them',
  bad_url: 'has no database of the name in STORE_URL: create it, or mend the name',
  unwritable:
    'does not let this user write: give them the right to make a schema and its tables, and do not use a standby',
  full: 'has no room left on its disk: free some space; this call changed nothing',
  closed: 'is closed',
};

/** Faults that end a transaction for certain, and that do not happen again when it is repeated. */
const passing = new Set(['40001', '40P01']); // serialization_failure, deadlock_detected

export function isPassing(error: unknown): boolean {
  return error instanceof DatabaseError && passing.has(error.code ?? '');
}

/** The store's own error for what `pg` threw. */
export function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const meaning = meaningOf(error);
  const text = error instanceof DatabaseError ? `SQLSTATE ${error.code}` : 'its connection';
  const what = advice[meaning] ?? `failed (${text}): its own log says more`;
  return new StoreError(meaning, `The PostgreSQL database ${what}.`, { cause: causeOf(error) });
}

function meaningOf(error: unknown): StoreErrorCode {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (error instanceof DatabaseError) return byState[code] ?? byState[code.slice(0, 2)] ?? 'broken';
  // What pg says itself has no code. SASL: the server wants a password and STORE_URL has none.
  if (message.startsWith('SASL')) return 'denied';
  return /^E[A-Z_]+$/.test(code) || /connection|timeout|queryable/i.test(message) ? 'unreachable' : 'broken';
}

/** Without `detail` and `where`, in which a DatabaseError quotes what is stored. */
function causeOf(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  return Object.assign(new Error(error.message), { code: error.code });
}
