import type { CsvRow } from './csv-rows.ts';

/** As the message of `/reward send`. */
export const MOST_MESSAGE = 200;
/** Discord's longest name of a member. */
const MOST_NAME = 32;

/** Whom somebody wrote down: a member's id, or a name that is still to be looked up. */
export interface Who {
  readonly kind: 'id' | 'name';
  readonly value: string;
}

export interface RecipientLine {
  /** Where it stands in the file, from 1. */
  readonly line: number;
  readonly who: Who;
  readonly item?: string;
  readonly message?: string;
}

/** What can be wrong with a file of recipients, or with a line of it. */
export interface LineProblemParams {
  file_empty: Record<never, never>;
  too_many_lines: { count: number; most: number };
  unknown_column: { column: string };
  column_twice: { column: string };
  /** A quote that is never closed, or text after one that is. */
  quotes_unclear: Record<never, never>;
  too_many_cells: { most: number };
  who_missing: Record<never, never>;
  who_unclear: { text: string };
  /** A spreadsheet made a rounded number of an id. */
  id_rounded: { text: string };
  /** Text that was saved in another encoding than UTF-8, or control characters. */
  unreadable_text: Record<never, never>;
  message_too_long: { length: number; most: number };
  item_missing: Record<never, never>;
  item_unknown: { item: string };
  too_many_items: { count: number; most: number };
}
export type LineProblem = keyof LineProblemParams;
type WrongWith<Code extends LineProblem> = {
  readonly problem: Code;
  readonly params: LineProblemParams[Code];
};
export type LineWrong = { [Code in LineProblem]: WrongWith<Code> }[LineProblem];
export type LineError = LineWrong & { readonly line: number };

export type Column = 'member' | 'item' | 'message';
/** What each cell of a row is; undefined for a column that has no heading. */
export type Columns = readonly (Column | undefined)[];

/** A row as a recipient, or what is wrong with it first. */
export function recipientLine(
  { line, cells, isBroken }: CsvRow,
  columns: Columns,
): RecipientLine | LineError {
  if (isBroken) return { line, problem: 'quotes_unclear', params: {} };
  if (cells.some((cell, i) => cell.trim() !== '' && columns[i] === undefined)) {
    const most = columns.filter((column) => column !== undefined).length;
    return { line, problem: 'too_many_cells', params: { most } };
  }
  const textOf = (column: Column) => cells[columns.indexOf(column)]?.trim() ?? '';
  const [item, message] = [textOf('item'), textOf('message')];
  const wrong = wrongText(textOf('member'), item, message);
  if (wrong) return { line, ...wrong };
  const who = readWho(textOf('member'));
  if ('problem' in who) return { line, ...who };
  return { line, who, ...(item && { item }), ...(message && { message }) };
}

/** A message may have several lines: it is shown as one, as every message is. */
function wrongText(member: string, item: string, message: string): LineWrong | undefined {
  const isReadable =
    [member, item, message].every((text) => text.isWellFormed() && !text.includes('\uFFFD')) &&
    !/\p{Cc}/u.test(member + item) &&
    !/\p{Cc}/u.test(message.replaceAll(/[\t\r\n]/g, ' '));
  if (!isReadable) return { problem: 'unreadable_text', params: {} };
  const { length } = message;
  if (length <= MOST_MESSAGE) return undefined;
  return { problem: 'message_too_long', params: { length, most: MOST_MESSAGE } };
}

/** An id, a mention, or a name with or without "@"; with "'" before it where a spreadsheet was to take it as text. */
function readWho(cell: string): Who | LineWrong {
  const text = cell.replaceAll(/\p{Bidi_Control}/gu, '').replace(/^'(?=[@\d<])/, '');
  const id = /^(?:<@!?(\d{15,20})>|(\d{15,20}))$/.exec(text);
  if (id) return { kind: 'id', value: id[1] ?? id[2] ?? '' };
  const value = text.replace(/^@/, '').trim();
  if (value === '') return { problem: 'who_missing', params: {} };
  if (/^\d([.,]\d+)?E\+\d+$/i.test(value))
    return { problem: 'id_rounded', params: { text: value } };
  const isName = value.length <= MOST_NAME && !/^<.*>$/.test(value);
  return isName
    ? { kind: 'name', value }
    : { problem: 'who_unclear', params: { text: value.slice(0, 100) } };
}
