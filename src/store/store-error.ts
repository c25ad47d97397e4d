/**
 * What is wrong with the store:
 * - `bad_url`, `bad_key`, `missing_key`, `wrong_key`: the configuration is to be mended;
 * - `unreachable`, `denied`: the database server's side, which may pass, or user and password;
 * - `locked`: another process has it; `unwritable`, `full`: the disk's side;
 * - `newer`: written by a later version of Cardigan; `closed`: used after `close`;
 * - `broken`: what is stored cannot be read, or the database failed in another way.
 */
export type StoreErrorCode =
  | 'bad_url'
  | 'bad_key'
  | 'missing_key'
  | 'wrong_key'
  | 'unreachable'
  | 'denied'
  | 'locked'
  | 'unwritable'
  | 'full'
  | 'newer'
  | 'closed'
  | 'broken';

interface Options extends ErrorOptions {
  readonly isUnreadable?: boolean;
}

/** The one error of the store. Its message says what to do and never shows a key or what is stored. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  /** The database gave what is stored, and it makes no sense: no later try will read it. */
  readonly isUnreadable: boolean;

  constructor(code: StoreErrorCode, message: string, options?: Options) {
    super(message, options);
    this.code = code;
    this.isUnreadable = options?.isUnreadable ?? false;
  }
}
