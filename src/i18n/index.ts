import { en } from './en.ts';

export type Words = typeof en;

/** Discord locale → words. A new language is an object of type `Words`, in a file of its own, and one line here. */
const catalogue: Readonly<Record<string, Words>> = { 'en-US': en, 'en-GB': en };

/** The words for a Discord locale; English where there are none. */
export function wordsFor(locale: string): Words {
  return catalogue[locale] ?? en;
}

export { en };
