import { StoreError, type UnreadableRecord } from '../store-error.ts';
import { markOf } from './record-seal.ts';

/** So many are remembered at most. */
const MOST = 1_000;

export type Unreadable = ReturnType<typeof createUnreadable>;

/** The records that this process has met and could not read, each once for each damage to it. */
export function createUnreadable() {
  const met = new Map<string, UnreadableRecord>();
  return {
    /** Gives the error that says which record it is. */
    noted(error: unknown, namespace: string, key: string): unknown {
      if (!(error instanceof StoreError) || !error.isUnreadable) return error;
      const { code, message, record = { namespace, key, fault: 'invalid', mark: markOf(message) } } = error;
      if (met.size < MOST) met.set(`${namespace}/${key}/${record.mark}`, record);
      return error.record ? error : new StoreError(code, message, { isUnreadable: true, record });
    },
    met: (): readonly UnreadableRecord[] => [...met.values()],
  };
}

/** `otherwise`, where a record cannot be read that the work depends on. Whoever looks after the store tells of it. */
export async function unlessUnreadable<T, E>(work: () => Promise<T>, otherwise: E): Promise<T | E> {
  try {
    return await work();
  } catch (error) {
    if (isUnreadable(error)) return otherwise;
    throw error;
  }
}

/** What failed because a guarded record cannot be read: no later try will read it either. */
export function isUnreadable(error: unknown): error is StoreError & { readonly record: UnreadableRecord } {
  return error instanceof StoreError && error.record !== undefined;
}
