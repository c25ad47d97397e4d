import SearchableMap from 'minisearch/SearchableMap';
import { inSlices } from './slices.ts';

export interface Typo {
  /** Position of the word that was probably meant. */
  word: number;
  /** Letters to change, add or leave out: 1 or 2. */
  distance: number;
}

const LETTERS = /^\p{L}{3,}$/u;

function isSwapped(a: string, b: string): boolean {
  return a.length === b.length && [...a].sort().join() === [...b].sort().join();
}

/**
 * Finds the words that a mistyped one may have meant. Numbers are left alone: 25 is not a slip of 35.
 * Two changes are much in a short word, so there they must be letters in the wrong order ("plya").
 */
export async function createTypos(words: readonly string[]) {
  const tree = new SearchableMap<number>();
  await inSlices(words.entries(), ([position, word]) => {
    if (LETTERS.test(word)) tree.set(word, position);
  });
  return (typed: string): Typo[] => {
    if (!LETTERS.test(typed)) return [];
    const near = [...tree.fuzzyGet(typed, typed.length === 3 ? 1 : 2)];
    return near
      .filter(([word, [, distance]]) => {
        return distance === 1 || typed.length >= 6 || isSwapped(typed, word);
      })
      .map(([, [word, distance]]) => ({ word, distance }));
  };
}
