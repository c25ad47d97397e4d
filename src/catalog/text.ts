import { setImmediate as turn } from 'node:timers/promises';

/** The words of a text as they are compared: small letters without accents, digits; all else parts words. */
export function wordsOf(text: string): string[] {
  const plain = text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

const SLICE = 250;

/** Visits every item, and lets the event loop turn after each few hundred, so that nobody waits for it. */
export async function inSlices<T>(items: Iterable<T>, visit: (item: T) => void): Promise<void> {
  let count = 0;
  for (const item of items) {
    visit(item);
    if (++count % SLICE === 0) await turn();
  }
}
