import type { Words } from '../i18n/words.ts';
import { moneyText } from '../money.ts';
import type { Code } from '../orders/sealed-answer.ts';

/** All codes as CSV (RFC 4180), exactly as they came, with a column for each kind of metadata that any card has. */
export function cardsFile(codes: readonly Code[], words: Words): string {
  const { columns } = words.parcel;
  const extras = [...new Set(codes.flatMap(({ metadata }) => metadata.map(({ name }) => name)))];
  const rows = codes.map((code, index) => [
    String(index + 1),
    code.code,
    code.faceValue ? moneyText(code.faceValue) : '',
    ...extras.map((extra) => extraOf(code, extra)),
  ]);
  const header = [columns.number, columns.code, columns.face, ...extras];
  return `${[header, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;
}

function extraOf({ metadata }: Code, extra: string): string {
  const values = metadata.filter(({ name }) => name === extra).map(({ value }) => value);
  return values.join(' ');
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
