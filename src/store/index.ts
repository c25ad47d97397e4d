export { isUnreadable, unlessUnreadable } from './authentic/unreadable.ts';
export { openStoreBeside, type StoreBeside } from './beside.ts';
export { storeFiles, storeProblems } from './check-options.ts';
export type { Vault } from './encryption/vault.ts';
export { type Records, walk } from './keyv/records.ts';
export { openStore, type Store } from './open.ts';
export type { Page, WriteResult } from './storage.ts';
export { recordFaults, StoreError, type StoreErrorCode, type UnreadableRecord } from './store-error.ts';
