import { Problem } from '../../src/lib/index.ts';

/** What somebody has to say in a form. Discord takes blanks and what cannot be seen for words; nobody could read them. */
export function written(text = ''): string {
  if (text === '') throw new Problem('nothing_written', {});
  return text;
}
