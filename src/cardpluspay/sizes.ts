/**
 * What is kept of CardPlusPay's answers at most, in characters where it is text. No page of its documents names a size;
 * these are far beyond what an order or a card needs, and within what a record, a message and a button can hold.
 */
export const MOST = {
  /** CardPlusPay's most in one order. */
  codes: 100,
  /** Of codes, those that come again included. */
  entries: 1000,
  /** A longer one is no code: it is left out, for half a code is worth nothing. */
  code: 1000,
  /** Entries beside one code. */
  metadata: 20,
  metadataName: 100,
  metadataValue: 2000,
  orderNo: 64,
  /** Of a status, a time, a region, a currency: one word or two. */
  word: 50,
  name: 200,
  /** Of a brand, which is offered for completion, and of a category. */
  label: 100,
  /** A longer one fits in no choice of Discord's, and is no product here. */
  itemCode: 100,
  countries: 300,
} as const;

/** The first characters, whole ones; what was left out shows as "…". */
export function cutTo(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/\p{Cs}$/u, '')}…`;
}
