import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ClientConfig } from 'pg';
import type { Lock, Locks } from '../lock.ts';
import { StoreError } from '../store-error.ts';
import { openSession, type Session } from './session.ts';

/** Cardigan's class among the advisory locks of two numbers: "CARD", in pg_locks 1128354372. */
const LOCK_CLASS = 0x43415244;
const CHECK_EVERY_MS = 1_000;
const ANSWER_WITHIN_MS = 5_000;

const tryLock = 'SELECT pg_try_advisory_lock($1, $2)::text AS got';
const unlock = 'SELECT pg_advisory_unlock($1, $2)';

/**
 * Session advisory locks, each on a connection of its own: PostgreSQL frees them with the connection, however the
 * process that has it ends.
 *
 * The holder asks after its connection every second, and counts the lock as lost when there is no answer within five.
 * A process or a network that stands still is noticed by the holder before PostgreSQL gives up the session, which is
 * after 15 seconds. What cannot be: PostgreSQL frees a lock in the moment in which the connection breaks at its own end
 * (it restarts, an administrator ends the session, a firewall resets that side alone), and the holder hears of it a
 * little later, at most those six seconds. A process that was frozen hears of nothing until it wakes up. So two may
 * believe for a moment that they have it: a lock says who serves, and never who may spend money.
 */
export function createSessionLocks(config: ClientConfig, schema: string): Locks {
  const held = new Set<Lock>();
  /** Of the last try that came too late: a standby that tries twice a second has one connection, not two a second. */
  let spare: Session | undefined;
  let isClosed = false;
  const refuseIfClosed = (): void => {
    if (isClosed) throw new StoreError('closed', 'The PostgreSQL database is closed.');
  };

  async function take(): Promise<Session> {
    const known = spare;
    spare = undefined;
    if (known) return known;
    const session = await openSession(config, ANSWER_WITHIN_MS);
    void session.ended.then(() => {
      if (spare === session) spare = undefined;
    });
    return session;
  }

  async function keep(session: Session): Promise<void> {
    if (spare || isClosed) await session.end();
    else spare = session;
  }

  async function tryOn(session: Session, number: number): Promise<Lock | undefined> {
    const [row] = await session.query(tryLock, LOCK_CLASS, number);
    refuseIfClosed();
    if (row?.got !== 'true') {
      await keep(session);
      return undefined;
    }
    const lock = hold(session, number);
    held.add(lock);
    void lock.lost.then(() => held.delete(lock));
    return lock;
  }

  return {
    async lock(name) {
      refuseIfClosed();
      const session = await take();
      try {
        return await tryOn(session, numberOf(schema, name));
      } catch (error) {
        await session.end();
        throw error;
      }
    },
    async close() {
      isClosed = true;
      await Promise.all([spare?.end(), ...[...held].map((lock) => lock.release())]);
    },
  };
}

/** A lock that was taken on a session, watched over until it is lost. */
function hold(session: Session, number: number): Lock {
  const { promise: lost, resolve } = Promise.withResolvers<void>();
  const over = new AbortController();
  const lose = (): void => {
    over.abort();
    resolve();
  };

  async function watch(): Promise<void> {
    for (;;) {
      await wait(CHECK_EVERY_MS, undefined, { signal: over.signal });
      await session.query('SELECT 1');
    }
  }

  void session.ended.then(lose);
  watch().catch(() => (over.signal.aborted ? undefined : session.end()));
  return {
    lost,
    async release() {
      lose();
      // Where this fails, PostgreSQL frees it with the session.
      await session.query(unlock, LOCK_CLASS, number).catch(() => undefined);
      await session.end();
    },
  };
}

/** Two schemas of one database do not share their locks. Names that met in one number would only wait for each other. */
function numberOf(schema: string, name: string): number {
  return createHash('sha256').update(`${schema}/${name}`).digest().readInt32BE();
}
