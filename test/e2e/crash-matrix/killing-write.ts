/** One write of the store, as a row of the matrix names it. */
export type Write =
  /** An order with this status, and if given with this reason for its last step. */
  | { readonly order: string; readonly why?: string }
  | 'vault'
  /** The total of a day. */
  | 'day';

export interface DieAt {
  readonly write: Write;
  readonly when: 'before' | 'after';
  /** The how-manieth such write of this process; the first when left out. */
  readonly nth?: number;
}

/** What the process says with its last breath: proof that it was this write, and no other end. */
export function lastWords({ write, when, nth = 1 }: DieAt): string {
  return `killed ${when} write ${nth} of ${JSON.stringify(write)}`;
}
