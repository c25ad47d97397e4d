import SearchableMap from 'minisearch/SearchableMap';
import { inSlices, wordsOf } from './text.ts';

/** How well a word fits a typed one. */
const EXACT = 8;
const BEGINS = 6;
const INSIDE = 4;
/** Less the distance. */
const TYPO = 3;

/** More words than this are no search but a pasted text: its longest words decide. */
const MOST_WORDS = 12;

/** All different words in one text, one a line, and where each begins. */
interface Lines {
  text: string;
  starts: Uint32Array;
}

function linesOf(words: readonly string[]): Lines {
  const starts = new Uint32Array(words.length + 1);
  words.forEach((word, i) => {
    starts[i + 1] = (starts[i] ?? 0) + word.length + 1;
  });
  return { text: `${words.join('\n')}\n`, starts };
}

/** Rates every word at once. The first place in a word is the best one, so the rest of it is skipped. */
function rate({ text, starts }: Lines, typed: string): Uint8Array {
  const ratings = new Uint8Array(starts.length - 1);
  let word = 0;
  for (let at = text.indexOf(typed); at >= 0; at = text.indexOf(typed, starts[word])) {
    while ((starts[word + 1] ?? 0) <= at) word++;
    const start = starts[word] ?? 0;
    const end = (starts[word + 1] ?? 0) - 1;
    if (at > start) ratings[word] = INSIDE;
    else ratings[word] = end - start === typed.length ? EXACT : BEGINS;
    word++;
  }
  return ratings;
}

/** Which words a text has: those of text `i` are at `starts[i]` up to `starts[i + 1]` in `words`. */
interface Texts {
  words: Uint32Array;
  starts: Uint32Array;
}

/** Numbers one after another, which take no more than their place: a list of numbers would be copied as it grows. */
function createNumbers() {
  let kept = new Uint32Array(1024);
  let size = 0;
  return {
    add(number: number): void {
      if (size === kept.length) {
        const larger = new Uint32Array(2 * size);
        larger.set(kept);
        kept = larger;
      }
      kept[size++] = number;
    },
    size: () => size,
    all: () => kept.slice(0, size),
  };
}

async function readTexts<T>(items: readonly T[], textOf: (item: T) => string) {
  const positions = new Map<string, number>();
  /** The last text that had the word at this position, from 1: each word of a text counts once. */
  const lastText: number[] = [];
  const words = createNumbers();
  const starts = new Uint32Array(items.length + 1);
  await inSlices(items.entries(), ([i, item]) => {
    for (const word of wordsOf(textOf(item))) {
      const position = positions.get(word) ?? positions.size;
      if (position === positions.size) positions.set(word, position);
      if (lastText[position] !== i + 1) words.add(position);
      lastText[position] = i + 1;
    }
    starts[i + 1] = words.size();
  });
  return { words: words.all(), starts, distinct: [...positions.keys()] };
}

/** The sum over the typed words of how well each fits; 0 as soon as one doesn't fit at all. */
function score({ words, starts }: Texts, text: number, ratings: readonly Uint8Array[]): number {
  const end = starts[text + 1] ?? 0;
  let sum = 0;
  for (const rating of ratings) {
    let best = 0;
    for (let i = starts[text] ?? 0; i < end; i++) {
      const one = rating[words[i] ?? 0] ?? 0;
      if (one > best) best = one;
    }
    if (best === 0) return 0;
    sum += best;
  }
  return sum;
}

function bestOf(texts: Texts, ratings: readonly Uint8Array[], limit: number): number[] {
  const byScore = new Map<number, number[]>();
  for (let text = 0; text < texts.starts.length - 1; text++) {
    const points = score(texts, text, ratings);
    if (points === 0) continue;
    const equals = byScore.get(points);
    if (!equals) byScore.set(points, [text]);
    else if (equals.length < limit) equals.push(text);
  }
  const best = [...byScore].sort(([a], [b]) => b - a).flatMap(([, equals]) => equals);
  return best.slice(0, limit);
}

/**
 * Searches items by the words of their texts. Every typed word must be a word of the text, its
 * beginning or within it. Typos are forgiven in words that fit nowhere, and in all of them where nothing
 * fits them together.
 * Built in slices; a search is one pass over numbers.
 */
export async function createWordIndex<T>(items: readonly T[], textOf: (item: T) => string) {
  const { distinct, ...texts } = await readTexts(items, textOf);
  const lines = linesOf(distinct);
  const typos = await createTypos(distinct);

  const forgive = (rating: Uint8Array, typed: string): Uint8Array => {
    for (const { word, distance } of typos(typed)) rating[word] ||= TYPO - distance;
    return rating;
  };
  const best = (ratings: readonly Uint8Array[], limit: number): T[] =>
    bestOf(texts, ratings, limit).flatMap((i) => items[i] ?? []);
  return {
    /**
     * The items that fit, best first, equals in the order of the items. Without words: all. `apart`: typos are forgiven only in
     * words that fit nowhere by themselves.
     */
    find(typed: string, limit: number, { apart = false } = {}): T[] {
      // Long words are rare ones: a text that doesn't fit is soon done with.
      const distinctWords = [...new Set(wordsOf(typed))].sort((a, b) => b.length - a.length);
      const words = distinctWords.slice(0, MOST_WORDS);
      if (words.length === 0) return items.slice(0, limit);
      const ratings = words.map((word) => {
        const rating = rate(lines, word);
        return rating.some(Boolean) ? rating : forgive(rating, word);
      });
      const found = best(ratings, limit);
      if (found.length > 0 || apart) return found;
      words.forEach((word, i) => {
        forgive(ratings[i] ?? new Uint8Array(), word);
      });
      return best(ratings, limit);
    },
  };
}

interface Typo {
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
async function createTypos(words: readonly string[]) {
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
