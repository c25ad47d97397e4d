import { cardWords, currencySigns, otherNames } from './synonyms.ts';
import { wordsOf } from './text.ts';

/** All that a brand is found by: its words, these in one ("googleplay"), and what else people call it. */
export const brandText = (brand: string): string => `${brand} ${wordsOf(brand).join('')} ${otherNamesOf(brand)}`;

/** What else people call the brand that a name is of. */
export function otherNamesOf(name: string): string {
  const spaced = ` ${wordsOf(name).join(' ')} `;
  const theirs = otherNames.filter(({ brand }) => brand.some((words) => spaced.includes(` ${words} `)));
  return theirs.map(({ by }) => by).join(' ');
}

/**
 * What was meant by what was typed, the best reading first. "$20 steam gift card" is a Steam card, best one that shows 20 USD;
 * where there is none, one in that currency, one that shows so much, any one. The last one is empty where any card will do.
 */
export function readingsOf(typed: string): [...preferred: string[], last: string] {
  const parts = typed.trim().split(/\s+/).map(partOf);
  const currency = parts.find((part) => part.currency !== undefined)?.currency;
  if (currency === undefined && !parts.some(({ isCardWord }) => isCardWord)) return [typed];
  const words = parts.flatMap(({ word }) => word ?? []);
  const amounts = parts.flatMap(({ amount }) => amount ?? []);
  // Without a currency it is a number like any other.
  if (currency === undefined) return [[...words, ...amounts].join(' ')];
  const text = (...more: string[]) => [...words, ...more].join(' ');
  const byAmount = amounts.length > 0 ? [text(...amounts)] : [];
  return [...new Set([text(...amounts, currency), text(currency), ...byAmount]), text()];
}

interface TypedPart {
  readonly word?: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly isCardWord?: boolean;
}

const AMOUNT = /^(?<before>\D{0,3})(?<amount>\d+(?:[.,]\d{1,2})?)(?<after>\D{0,3})$/;

function partOf(typed: string): TypedPart {
  const small = typed.toLowerCase();
  const alone = currencySigns.get(small);
  if (alone !== undefined) return { currency: alone };
  if (wordsOf(small).length > 0 && wordsOf(small).every((word) => cardWords.has(word))) return { isCardWord: true };
  const { before = '', amount = '', after = '' } = AMOUNT.exec(small)?.groups ?? {};
  const said = before || after;
  const currency = currencyOf(said);
  if (amount === '' || (said !== '' && currency === undefined) || (before && after)) return { word: typed };
  const shown = amount.replace(',', '.').replace(/\.0+$/, '');
  return { amount: shown, ...(currency !== undefined && { currency }) };
}

const known: ReadonlySet<string> = new Set(currencySigns.values());

/** By its sign or its own code: "20€", "usd20". */
const currencyOf = (said: string): string | undefined =>
  currencySigns.get(said) ?? (known.has(said) ? said : undefined);
