export type { Vault } from './encryption/vault.ts';
export { openStore, type Store } from './open.ts';
export { type Records, walk } from './records.ts';
export type { Page } from './storage.ts';
export { StoreError } from './store-error.ts';
