import type { Money } from '../lib/index.ts';
import type { Moment } from './findings.ts';

/** What is worth knowing where all is well, by its code. */
export interface NoteParams {
  runs_on: { readonly version: string };
  no_file: Readonly<Record<never, never>>;
  free: { readonly megabytes: number };
  clock: { readonly seconds: number };
  sign_ins: { readonly left: number };
  servers: { readonly count: number };
  signed: Readonly<Record<never, never>>;
  balance: { readonly balance: Money };
  catalog: { readonly products: number; readonly total: number };
  stock: { readonly item: string; readonly isThere: 'yes' | 'no' };
  compared: Moment;
  oldest_order: { readonly order: string; readonly status: string } & Moment;
  no_order: Readonly<Record<never, never>>;
  backup: Moment;
}

export type NoteCode = keyof NoteParams;
export type Note = { [Code in NoteCode]: { readonly code: Code; readonly params: NoteParams[Code] } }[NoteCode];

export function note<Code extends NoteCode>(code: Code, params: NoteParams[Code]): Note {
  return { code, params } as Note;
}
