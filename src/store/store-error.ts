/**
 * What is wrong with the store:
 * - `bad_url`, `bad_key`, `missing_key`, `wrong_key`: the configuration is to be mended;
 * - `unreachable`, `denied`: the database server's side, which may pass, or user and password;
 * - `absent`: nothing was ever stored there; `older`: written by an earlier version, and to be taken over by a start;
 * - `no_program`: a program of PostgreSQL's is missing here, or too old;
 * - `locked`: another process has it; `unwritable`, `full`: the disk's side;
 * - `newer`: written by a later version of Cardigan; `older`: by an earlier one, where nothing may be changed; `closed`: used after `close`;
 * - `broken`: what is stored cannot be read, or the database failed in another way.
 */
export type StoreErrorCode =
  | 'bad_url'
  | 'bad_key'
  | 'missing_key'
  | 'wrong_key'
  | 'unreachable'
  | 'denied'
  | 'absent'
  | 'older'
  | 'no_program'
  | 'locked'
  | 'unwritable'
  | 'full'
  | 'newer'
  | 'older'
  | 'closed'
  | 'broken';

/**
 * Why a record cannot be read. `not_authentic`: not written by Cardigan, or changed by somebody else; `newer`: by a later
 * version of Cardigan; `invalid`: it makes no sense.
 */
export const recordFaults = ['not_authentic', 'newer', 'invalid'] as const;
export type RecordFault = (typeof recordFaults)[number];

/** A record that cannot be read. */
export interface UnreadableRecord {
  readonly namespace: string;
  readonly key: string;
  readonly fault: RecordFault;
  /** Another one for another damage to the same record. */
  readonly mark: string;
}

interface Options extends ErrorOptions {
  readonly isUnreadable?: boolean;
  readonly record?: UnreadableRecord;
}

/** The one error of the store. Its message says what to do and never shows a key or what is stored. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  /** The database gave what is stored, and it makes no sense: no later try will read it. */
  readonly isUnreadable: boolean;
  /** Which record that is, where it is a guarded one. */
  readonly record: UnreadableRecord | undefined;

  constructor(code: StoreErrorCode, message: string, options?: Options) {
    super(message, options);
    this.code = code;
    this.isUnreadable = options?.isUnreadable ?? false;
    this.record = options?.record;
  }
}
