import SearchableMap from 'minisearch/SearchableMap';

/** A name is as long as this before two slips in it are more likely than another name. */
const LONG = 12;
/** What only a name of Cardigan's begins with. */
const ownWords = new Set(['DISCORD', 'CARDPLUSPAY', 'CARDIGAN']);

/** A name that Cardigan does not read, and the one that was probably meant. */
export interface Misspelt {
  readonly given: string;
  readonly meant: string;
}

interface Names {
  readonly known: readonly string[];
  /** Another name under which the same may be said: while it is set, this one is not missed. */
  twinOf(name: string): string | undefined;
  /** Those without which nothing starts. */
  readonly needed: readonly string[];
}

/**
 * Whoever writes MAX_ODER_TOTAL has set no limit, and must hear of it. A name is only held against them while the one that
 * it is like is not set: other programs have variables too.
 */
export function misspeltNames(given: readonly string[], { known, needed, twinOf }: Names): Misspelt[] {
  const isKnown = new Set(known);
  const isSet = new Set(given);
  const unset = known.filter((name) => !isSet.has(name) && !isSet.has(twinOf(name) ?? name));
  const tree = SearchableMap.from(unset.map((name): [string, true] => [name, true]));
  return given.flatMap((name) => {
    if (isKnown.has(name)) return [];
    const meant = bySlip(name, tree) ?? byWords(name, unset, needed);
    return meant === undefined ? [] : { given: name, meant };
  });
}

/** What is left of a name without case, and without what cannot be seen or is none of `A-Z0-9_`. */
const plain = (name: string) =>
  name
    .toUpperCase()
    .replaceAll(/\p{C}/gu, '')
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '');

/** One letter more, less or other, two in the wrong order, and in a long name two slips. */
function bySlip(name: string, known: SearchableMap<true>): string | undefined {
  const written = plain(name);
  const [nearest] = [...known.fuzzyGet(written, 2)]
    .filter(([meant, [, slips]]) => slips <= 1 || written.length >= LONG || isSwapped(written, meant))
    .sort(([, [, a]], [, [, b]]) => a - b);
  return nearest?.[0];
}

const isSwapped = (a: string, b: string) => a.length === b.length && [...a].sort().join() === [...b].sort().join();

/** DISCORD_BOT_TOKEN, CARDPLUSPAY_KEY, GUILD_IDS: one word too many or too few. */
function byWords(name: string, known: readonly string[], needed: readonly string[]): string | undefined {
  const words = plain(name).split('_');
  return known.find((meant) => {
    const theirs = meant.split('_');
    if (words.length === theirs.length + 1) return isWithOneMore(words, theirs);
    // BASE_URL may be anybody's: it keeps nothing from starting.
    const isOurs = ownWords.has(words[0] ?? '') || needed.includes(meant);
    return isOurs && words.length > 1 && isWithOneMore(theirs, words);
  });
}

const isWithOneMore = (more: readonly string[], words: readonly string[]) =>
  more.length === words.length + 1 && more.some((_, i) => more.toSpliced(i, 1).join('_') === words.join('_'));
