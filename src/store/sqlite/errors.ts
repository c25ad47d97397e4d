import { StoreError, type StoreErrorCode } from '../store-error.ts';

/** SQLite's primary result codes (https://sqlite.org/rescode.html) that have a meaning of their own here. */
const byResultCode: Partial<Record<number, StoreErrorCode>> = {
  3: 'unwritable', // PERM
  5: 'locked', // BUSY
  6: 'locked', // LOCKED
  8: 'unwritable', // READONLY
  13: 'full', // FULL
  14: 'unwritable', // CANTOPEN
};

const bySystemCode: Partial<Record<string, StoreErrorCode>> = {
  EACCES: 'unwritable',
  EPERM: 'unwritable',
  EROFS: 'unwritable',
  ENOENT: 'unwritable',
  ENOTDIR: 'unwritable',
  EEXIST: 'unwritable',
  EISDIR: 'unwritable',
  ENOSPC: 'full',
  EDQUOT: 'full',
  ERR_INVALID_STATE: 'closed',
};

const advice: Partial<Record<StoreErrorCode, string>> = {
  locked: 'is in use by another process: only one may serve a store, stop the other one first',
  unwritable:
    'cannot be written: give the user that runs Cardigan the right to its folder, or choose another place with STORE_URL',
  full: 'cannot be written, the disk is full: free some space; this call changed nothing',
  closed: 'is closed',
};

/** The store's own error for what node:sqlite or the file system threw; SQLite's texts hold no values. */
export function asStoreError(error: unknown, path: string): StoreError {
  if (error instanceof StoreError) return error;
  const { errcode, code } = error as { errcode?: number; code?: string };
  const meaning = errcode === undefined ? bySystemCode[code ?? ''] : byResultCode[errcode & 0xff];
  const text = error instanceof Error ? error.message : 'unknown error';
  const what = advice[meaning ?? 'broken'] ?? `failed (${text}): if this stays, restore a backup`;
  return new StoreError(meaning ?? 'broken', `The store ${path} ${what}.`, { cause: error });
}
