import { dirname } from 'node:path';
import type { Copies } from './beside/copies.ts';
import { checkAddress, type StoreMetrics } from './database.ts';
import { keyText, missingKey, parseKeys } from './encryption/keys.ts';
import { StoreError } from './store-error.ts';

/** Where a store is, and what it is sealed with. */
export interface StoreOptions {
  /** STORE_URL: `sqlite://relative/path.db`, `sqlite:///absolute/path.db` or `postgres://…`. */
  readonly url: string;
  /** ENCRYPTION_KEY: 32 bytes in base64, or `new,old` while rotating. */
  readonly encryptionKey?: string | undefined;
  readonly metrics?: StoreMetrics;
  /** Is told what takes its time while the store is opened, before it begins. */
  readonly say?: ((line: string) => void) | undefined;
}

/** All that can be said of the options without opening anything: what to mend, and never a key or an address. */
export function storeProblems({ url, encryptionKey }: StoreOptions): string[] {
  let keepsKeyFile = true;
  const problemOf = (check: () => unknown): string[] => {
    try {
      check();
      return [];
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return [error.message];
    }
  };
  return [
    ...problemOf(() => {
      keepsKeyFile = checkAddress(url).fileOf !== undefined;
    }),
    ...problemOf(() => {
      if (encryptionKey?.trim()) parseKeys(encryptionKey, 'ENCRYPTION_KEY');
      else if (!keepsKeyFile) throw missingKey(undefined);
    }),
  ];
}

/** How stores of this kind are copied. */
export const copiesOf = ({ url }: StoreOptions): Promise<Copies> => checkAddress(url).copies();

const storeFile = (url: string): string | undefined => checkAddress(url).fileOf?.(url);

/** Where the key of a store may lie; undefined where there is no disk of our own. */
export const keyFileOf = ({ url }: StoreOptions): string | undefined => {
  const file = storeFile(url);
  return file && `${file}.key`;
};

/** The key of a store, as ENCRYPTION_KEY would have it. Throws a StoreError: `bad_url`, `bad_key`, `missing_key`. */
export const keyOf = (options: StoreOptions): string =>
  keyText({ given: options.encryptionKey, file: keyFileOf(options) });
/** The files of a store that is one: the database, and the key beside it unless that is set. Nothing is opened. */
export function storeFiles({ url, encryptionKey }: StoreOptions) {
  const database = storeFile(url);
  if (database === undefined) return undefined;
  return { folder: dirname(database), database, key: encryptionKey?.trim() ? undefined : `${database}.key` };
}
