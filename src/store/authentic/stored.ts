/** A guarded record as it is stored: its text and the version beside it. */
export interface StoredRecord {
  readonly text: string;
  readonly version: number;
}

/** A guarded record with all that is stored of it; `seq` grows with each record that is made and is never used twice. */
export interface GuardedRow {
  readonly seq: number;
  readonly namespace: string;
  readonly key: string;
  readonly stored: StoredRecord;
  readonly tags: readonly string[];
  readonly holds: readonly string[];
}

/** A text that is to be replaced if it is still the one that was seen. */
export interface Replacement {
  readonly namespace: string;
  readonly key: string;
  readonly seen: string;
  readonly next: string;
}
