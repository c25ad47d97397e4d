/** What begins the name under which somebody stays on record whose own was erased. */
const PREFIX = 'erased-';
const LENGTH = 16;

/** Under which name somebody stays on record once theirs is erased: the same in all records of a server, and never their own again. */
export type Pseudonym = (guild: string, user: string) => string;

/** `keyed`: a hash under a key that nobody has but the store, so that no list of members leads from a name back to a person. */
export function createPseudonyms(keyed: (text: string) => string): Pseudonym {
  return (guild, user) => `${PREFIX}${keyed(`person/${guild}/${user}`).slice(0, LENGTH)}`;
}

export const isPseudonym = (id: string): boolean => id.startsWith(PREFIX);

/** In place of words that were erased with whose they were: a record says that there were some. */
export const ERASED_WORDS = '—';

/** Names by the person whom they stand for. */
export type Names = ReadonlyMap<string, string>;

/** The same value with these people under their new names, wherever they are mentioned: as a text, within one, or as a name of a field. */
export function renamed<T>(value: T, names: Names): T {
  if (names.size === 0) return value;
  const people = [...names.keys()].map((id) => id.replaceAll(/[^\w]/g, '\\$&'));
  const mention = new RegExp(`(?<![\\w-])(?:${people.join('|')})(?![\\w-])`, 'g');
  const inText = (text: string) => text.replaceAll(mention, (id) => names.get(id) ?? id);
  const within = (part: unknown): unknown => {
    if (typeof part === 'string') return inText(part);
    if (Array.isArray(part)) return part.map(within);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, each]) => [inText(name), within(each)]));
  };
  return within(value) as T;
}

/** Whether one of these people is mentioned in it. */
export const mentions = (value: unknown, names: Names): boolean =>
  JSON.stringify(renamed(value, names)) !== JSON.stringify(value);
