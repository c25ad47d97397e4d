import { seenText } from '../../lib/index.ts';

/** Discord's longest name of a member. */
const MOST_NAME = 32;

/** Whom somebody wrote down: a member's id, or a name that is still to be looked up. */
export interface Who {
  readonly kind: 'id' | 'name';
  readonly value: string;
  /** An id that ends as those that a spreadsheet has rounded; some do so by themselves. */
  readonly mayBeRounded?: true;
}

/** What can be wrong with it. */
export interface WhoProblemParams {
  who_missing: Record<never, never>;
  who_unclear: { text: string };
  /** A spreadsheet made a rounded number of an id, or may have. */
  id_rounded: { text: string };
}
type WhoProblem = keyof WhoProblemParams;
export type WhoWrong = {
  [Code in WhoProblem]: { readonly problem: Code; readonly params: WhoProblemParams[Code] };
}[WhoProblem];

/** An id, a mention, or a name with or without "@"; with "'" before it where a spreadsheet was to take it as text. */
export function readWho(cell: string): Who | WhoWrong {
  const text = seenText(cell).replace(/^'(?=[@\d<])/, '');
  const exact = /^(?:<@!?(\d{15,20})>|https:\/\/(?:\w+\.)?discord(?:app)?\.com\/users\/(\d{15,20})\/?)$/.exec(text);
  if (exact) return { kind: 'id', value: exact[1] ?? exact[2] ?? '' };
  const value = text
    .replace(/^@/, '')
    .replace(/(?<=.)#0+$/, '')
    .trim();
  if (value === '') return { problem: 'who_missing', params: {} };
  const id = readNumber(value);
  if (id === 'rounded') return { problem: 'id_rounded', params: { text: value.slice(0, 100) } };
  if (id !== undefined) return { kind: 'id', value: id, ...(isCutOff(id) && { mayBeRounded: true }) };
  const isName = [...value].length <= MOST_NAME && !/^(<.*>|https?:\/\/.*)$/.test(value);
  return isName ? { kind: 'name', value } : { problem: 'who_unclear', params: { text: value.slice(0, 100) } };
}

/** Spreadsheets keep so many digits of a number, and write a zero for each other one. */
const DIGITS_KEPT = 15;

/**
 * An id as a spreadsheet or a program writes a number: plain, with separators, with ".0", or with an exponent. Undefined for
 * what is none. An id with one digit changed may be somebody else's: where digits may be lost, it is 'rounded'.
 */
function readNumber(text: string): string | 'rounded' | undefined {
  const exponent = /^\d(?:[.,]\d+)?E\+?(\d+)$/i.exec(text)?.[1];
  if (exponent !== undefined) return Number(exponent) >= 14 && Number(exponent) < 20 ? 'rounded' : undefined;
  const whole = text.replace(/[.,]0{1,2}$/, '');
  const digits = whole.replaceAll(/(?<=\d)[.,'’ _](?=\d{3}(?!\d))/g, '');
  if (!/^[1-9]\d{14,19}$/.test(digits)) return undefined;
  // A program that writes ".0" took it for a number of its own kind, and those have gaps at this size.
  const mayBeFloat = whole !== text && BigInt(Number(digits)) === BigInt(digits);
  return mayBeFloat ? 'rounded' : digits;
}

const isCutOff = (id: string) => /^0+$/.test(id.slice(DIGITS_KEPT));
