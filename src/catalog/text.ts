import { setImmediate as turn } from 'node:timers/promises';

/** The words of a text as they are compared: small letters without accents, digits; all else parts words. */
export function wordsOf(text: string): string[] {
  const small = text.toLowerCase();
  // Most texts, and in half the time.
  if (ASCII.test(small)) return small.match(/[a-z0-9]+/g) ?? [];
  const plain = small.normalize('NFKD').replace(/\p{M}/gu, '');
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
const ASCII = /^[\x00-\x7f]*$/;

const SLICE = 250;

/** Visits every item, and lets the event loop turn after each few hundred, so that nobody waits for it. */
export async function inSlices<T>(items: Iterable<T>, visit: (item: T) => void): Promise<void> {
  let count = 0;
  for (const item of items) {
    visit(item);
    if (++count % SLICE === 0) await turn();
  }
}
