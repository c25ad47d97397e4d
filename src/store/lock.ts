import { StoreError } from './store-error.ts';

/** A name that one holder in all processes has, as long as it lives: unlike a record's holds it is written nowhere. */
export interface Lock {
  /** Resolves when the lock can no longer be counted on: it was released, or its holder cannot be sure any more. */
  readonly lost: Promise<void>;
  /** Gives it up: once this has resolved, somebody else can have it. Never rejects, and may be repeated. */
  release(): Promise<void>;
}

export interface Locks {
  /** The lock of this name; undefined while another holder has it. */
  lock(name: string): Promise<Lock | undefined>;
  /** Releases all of them. */
  close(): Promise<void>;
}

/** For a database that one process has alone. */
export function createLocalLocks(): Locks {
  const held = new Map<string, () => void>();
  let isClosed = false;
  return {
    async lock(name) {
      if (isClosed) throw new StoreError('closed', 'The store is closed.');
      if (held.has(name)) return undefined;
      const { promise: lost, resolve } = Promise.withResolvers<void>();
      held.set(name, resolve);
      return {
        lost,
        async release() {
          if (held.get(name) === resolve) held.delete(name);
          resolve();
        },
      };
    },
    async close() {
      isClosed = true;
      for (const lose of held.values()) lose();
      held.clear();
    },
  };
}
