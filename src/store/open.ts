import { createHmac } from 'node:crypto';
import type { z } from 'zod';
import type { ReadyCheck } from '../monitoring/index.ts';
import { authenticateOnce, everyRow, requireShapes } from './authentic/authenticate.ts';
import { createRecordSeal, type RecordSeal } from './authentic/record-seal.ts';
import { createUnreadable } from './authentic/unreadable.ts';
import type { StoreOptions } from './check-options.ts';
import { connectDatabase } from './database.ts';
import { ownNamespace } from './encryption/secrets.ts';
import { type Unlocked, unlock, vaultNamespace } from './encryption/unlock.ts';
import { createVault, type Vault } from './encryption/vault.ts';
import { createExpiring, type Expiring } from './keyv/expiry.ts';
import { createRecords, type Records } from './keyv/records.ts';
import type { Lock } from './lock.ts';
import type { Database, Space } from './storage.ts';
import { StoreError, type UnreadableRecord } from './store-error.ts';
import { type ShapeSteps, shapeSteps, shapesOf, upgraded } from './versions/shapes.ts';

/** Where a guarded record is, and what can be said of it without reading it. */
interface StoredEntry {
  readonly namespace: string;
  readonly key: string;
  readonly is: ReturnType<RecordSeal['judge']>;
}

/** A namespace belongs to one schema: asking again with the same one gives the same door, another one throws. */
export interface Store {
  records<T extends { version: number }>(namespace: string, schema: z.ZodType<T>): Records<T>;
  /** `ttlMs`: how long a value is kept after its `set`, in milliseconds. */
  expiring<T>(namespace: string, schema: z.ZodType<T>, ttlMs: number): Expiring<T>;
  /** As `expiring`, encrypted. A changed key does not take it along: what is left of it then cannot be opened. */
  sealedExpiring<T>(namespace: string, schema: z.ZodType<T>, ttlMs: number): Expiring<T>;
  vault<Entry>(schema: z.ZodType<Entry>): Vault<Entry>;
  /**
   * A name that one holder has at a time, in whatever process, as long as it lives: undefined while another has it.
   * Says who serves; what may be written is up to the guarded writes. Throws a StoreError.
   */
  lock(name: string): Promise<Lock | undefined>;
  /** HMAC-SHA256 in hex under a random key that is made with the store and never changes. */
  fingerprint(code: string): string;
  /** Writes a few bytes: whether the store takes them, and, in a word, why not. Never rejects. */
  probe(): Promise<ReadyCheck>;
  /** The room on the disk of a database in a file; undefined for any other, or where it cannot be told. */
  space(): Promise<Space | undefined>;
  /** The guarded records that this process has met and could not read. */
  unreadable(): readonly UnreadableRecord[];
  /** Since when all records are authentic, and how many of a store from before were believed then. */
  readonly authentic: { readonly at: number; readonly records: number };
  /** Every guarded record, in the order in which they were made: for whoever proves all of it. */
  everyRecord(): AsyncGenerator<StoredEntry, void>;
  /** What the operator should read in the log after this start. */
  readonly notices: readonly string[];
  /** What was replaced or deleted until now leaves the database's own log, where it has one beside it. */
  emptyLog(): Promise<void>;
  close(): Promise<void>;
}

/** Throws a StoreError whose message tells the operator what to do; see its codes. */
export async function openStore({ url, encryptionKey, say, metrics }: StoreOptions): Promise<Store> {
  return openStoreOn(await connectDatabase(url, say && { say }, metrics), encryptionKey);
}

/** The same on a database that is connected already; it is closed with the store, and when it cannot be opened. */
export async function openStoreOn(
  database: Database,
  encryptionKey: string | undefined,
  steps: ShapeSteps = shapeSteps,
): Promise<Store> {
  try {
    const unlocked = await unlock(database, encryptionKey, steps);
    const { secrets, secretsVault } = unlocked;
    await requireShapes(secretsVault, secrets, steps);
    const storeKey = Buffer.from(secrets.fingerprintKey, 'base64');
    const seal = createRecordSeal(storeKey, shapesOf(steps));
    const isBefore = secrets.authentic?.isUnderWay ?? !secrets.authentic;
    const authentic = await authenticateOnce({ database, seal, secretsVault }, secrets);
    const notices = isBefore ? [...unlocked.notices, believedText(authentic.records)] : unlocked.notices;
    return createStore(database, { ...unlocked, storeKey, seal, steps, authentic, notices });
  } catch (error) {
    await database.close();
    throw error;
  }
}

const PROBE_KEPT_MS = 60_000;

async function probe(database: Database): Promise<ReadyCheck> {
  const now = Date.now();
  try {
    await database.plain('probe').set('written', now, now + PROBE_KEPT_MS);
    return { ok: true, is: 'takes writes' };
  } catch (error) {
    return { ok: false, is: `takes no writes (${error instanceof StoreError ? error.code : 'broken'})` };
  }
}

const believedText = (records: number): string =>
  `This store is from before records were authenticated: its ${records} records were accepted as they were, this once. From now on, a record that anybody else changes is refused. If anybody else could write to the database until now, run "npm run audit-verify".`;

interface Opened extends Pick<Unlocked, 'cipher' | 'notices'>, Pick<Store, 'authentic'> {
  readonly storeKey: Buffer;
  readonly seal: RecordSeal;
  readonly steps: ShapeSteps;
}

export function createStore(database: Database, { cipher, storeKey, seal, steps, authentic, notices }: Opened): Store {
  const doors = createDoors();
  const unreadable = createUnreadable();
  doors(ownNamespace, [], () => undefined);
  return {
    records: (namespace, schema) =>
      doors(namespace, ['records', schema], () =>
        createRecords(database.guarded(namespace, seal), schema, {
          unreadable,
          upgrade: (shape, stored) => upgraded(steps[namespace], shape, stored),
        }),
      ),
    expiring: (namespace, schema, ttlMs) =>
      doors(namespace, ['expiring', schema, ttlMs], () => createExpiring(database.plain(namespace), schema, ttlMs)),
    sealedExpiring: (namespace, schema, ttlMs) =>
      doors(namespace, ['sealed', schema, ttlMs], () => {
        const { open, seal } = createVault(database.plain(namespace), cipher, schema, ttlMs);
        return { get: open, set: seal };
      }),
    vault: (schema) =>
      doors(vaultNamespace, ['vault', schema], () => createVault(database.plain(vaultNamespace), cipher, schema)),
    lock: (name) => database.lock(name),
    fingerprint: (code) => createHmac('sha256', storeKey).update(code).digest('hex'),
    probe: () => probe(database),
    space: () => database.space(),
    unreadable: unreadable.met,
    authentic,
    async *everyRecord() {
      for await (const row of everyRow(database)) {
        yield { namespace: row.namespace, key: row.key, is: seal.judge(row) };
      }
    },
    notices,
    // Nothing has this name: what counts is that the log is emptied.
    emptyLog: () => database.plain(ownNamespace).purge('nothing'),
    close: () => database.close(),
  };
}

/** One door per namespace, so that two readings of the same records cannot live side by side. */
function createDoors() {
  const made = new Map<string, { shape: unknown[]; door: unknown }>();
  return <Door>(namespace: string, shape: unknown[], make: () => Door): Door => {
    const known = made.get(namespace);
    if (!known) {
      const door = make();
      made.set(namespace, { shape, door });
      return door;
    }
    if (known.shape.length !== shape.length || known.shape.some((part, i) => part !== shape[i])) {
      throw new Error(`The namespace "${namespace}" is in use with another schema: share that door.`);
    }
    // The same schema object means the same type.
    return known.door as Door;
  };
}
