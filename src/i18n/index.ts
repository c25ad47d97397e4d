export { en } from './en.ts';
export { type Words, wordsFor } from './words.ts';
