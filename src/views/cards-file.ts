import type { Words } from '../i18n/words.ts';
import { moneyText } from '../money.ts';
import type { Code } from '../orders/sealed-answer.ts';
import { csv } from './csv.ts';

/**
 * All codes as CSV (RFC 4180), exactly as they came, with a column for each kind of metadata that any card has,
 * and one more for a second entry of the same name. `numbers`: by which their recipient knows them.
 */
export function cardsFile(
  codes: readonly Code[],
  numbers: readonly number[],
  words: Words,
): string {
  const { columns } = words.parcel;
  const extras = codes.map(extrasOf);
  const keys = [...new Set(extras.flatMap((extra) => [...extra.keys()]))];
  const rows = codes.map(({ code, faceValue }, index) => [
    String(numbers[index] ?? ''),
    code,
    faceValue ? moneyText(faceValue) : '',
    ...keys.map((key) => extras[index]?.get(key) ?? ''),
  ]);
  const names = keys.map((key) => key.slice(key.indexOf('/') + 1));
  const header = [columns.number, columns.code, columns.face, ...names];
  return csv([header, ...rows]);
}

/** The values of a card by "0/PIN", "1/PIN", …: which entry of that name it is, and the name. */
function extrasOf({ metadata }: Code): Map<string, string> {
  const values = new Map<string, string>();
  for (const [index, { name, value }] of metadata.entries()) {
    const before = metadata.slice(0, index).filter((other) => other.name === name);
    values.set(`${before.length}/${name}`, value);
  }
  return values;
}
