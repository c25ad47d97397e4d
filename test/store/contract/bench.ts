import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, vi } from 'vitest';
import { createRecordSeal } from '../../../src/store/authentic/record-seal.ts';
import type { Store } from '../../../src/store/open.ts';
import type { Database, PlainStorage } from '../../../src/store/storage.ts';

/** What a database brings to be put through the contract: an empty one, and ways to make it fail. */
export interface Bench {
  /** The adapters alone. Not while a store is open on the same database. */
  connect(): Promise<Database>;
  open(encryptionKey: string): Promise<Store>;
  /** Calls `hook` before every call that reaches the database, until the returned function is called. */
  beforeEachCall(hook: () => void): () => void;
  /** Another process does `moveOrders` and dies at its n-th call to the database, or comes to the end. */
  moveOrdersDyingAt(call: number, encryptionKey: string): Promise<'killed' | 'finished'>;
  /** Another process does `keepWriting` and is killed once it has said this many versions: the last one said. */
  keepWritingUntilKilled(versions: number, encryptionKey: string): Promise<number>;
  /** Makes the tables those of an older version, which take whatever is written until the next start. */
  toFirstLayout(): Promise<void>;
  dispose(): Promise<void>;
}

export type OpenBench = () => Promise<Bench>;

export interface Fixture {
  readonly bench: Bench;
  readonly encryptionKey: string;
  /** The database itself or a store on it; what a test opens is closed after it, or by opening the other. */
  connect(): Promise<Database>;
  open(encryptionKey?: string): Promise<Store>;
  close(): Promise<void>;
}

/** For the adapters alone: no store is opened on what is written by it. */
export const testSeal = createRecordSeal(Buffer.alloc(32, 1), {});

export const newKey = (): string => randomBytes(32).toString('base64');

/** All that a plain namespace has stored, expired or not: key → text. */
export async function storedIn(storage: PlainStorage): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for await (const [key, text] of storage.stored()) texts.set(key, text);
  return texts;
}

/** A fresh database for each test of a `describe`. */
export function useBench(open: OpenBench): Fixture {
  let bench: Bench;
  let opened: { close(): Promise<void> } | undefined;
  const encryptionKey = newKey();
  const close = async () => {
    await opened?.close();
    opened = undefined;
  };
  const replace = async <T extends { close(): Promise<void> }>(next: () => Promise<T>) => {
    await close();
    const fresh = await next();
    opened = fresh;
    return fresh;
  };
  beforeEach(async () => {
    bench = await open();
  });
  afterEach(async () => {
    vi.useRealTimers();
    await close();
    await bench.dispose();
  });
  return {
    get bench() {
      return bench;
    },
    encryptionKey,
    connect: () => replace(() => bench.connect()),
    open: (key = encryptionKey) => replace(() => bench.open(key)),
    close,
  };
}
