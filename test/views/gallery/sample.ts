import type { View } from '../../../src/views/index.ts';

/** Who reads a message. Each has the commands of those before, too. */
export const readers = ['member', 'approver', 'admin'] as const;
export type Reader = (typeof readers)[number];

/** A message as it can be, and who reads it. */
export interface Sample {
  readonly name: string;
  readonly reader: Reader;
  readonly view: View;
}
