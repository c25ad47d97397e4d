import { type CsvRow, csvRows, separatorOf } from '../../lib/index.ts';

export const MOST_RECIPIENTS = 10_000;
/** More of them help nobody: whoever mends these runs it again. */
export const MOST_LINE_ERRORS = 20;

export interface RecipientsFile {
  /** Empty where the file as a whole can't be used; otherwise all lines that can be read, in order. */
  readonly lines: readonly RecipientLine[];
  /** The first ones. */
  readonly errors: readonly LineError[];
  /** How many there are in all. */
  readonly errorCount: number;
}

const headings: Partial<Record<string, Column>> = {
  member: 'member',
  user: 'member',
  who: 'member',
  id: 'member',
  name: 'member',
  item: 'item',
  message: 'message',
};
/** Of a file without a heading. */
const usual: Columns = ['member', 'item', 'message'];

/** All recipients of a CSV text, and all that is wrong with it. Takes any text; who is a member is for others to say. */
export function readRecipients(text: string): RecipientsFile {
  const content = text.replace(/^\uFEFF/, '');
  const rows = csvRows(content, separatorOf(content)).filter(isFilled);
  const first = rows.next();
  if (first.done) return only({ line: 1, problem: 'file_empty', params: {} });
  const heading = columnsOf(first.value);
  if (!heading) return recipientsOf(first.value, rows, usual);
  const wrong = wrongHeading(first.value, heading);
  if (wrong) return only({ line: first.value.line, ...wrong });
  const second = rows.next();
  if (second.done) return only({ line: first.value.line, problem: 'file_empty', params: {} });
  return recipientsOf(second.value, rows, heading);
}

function recipientsOf(first: CsvRow, rest: Iterable<CsvRow>, columns: Columns): RecipientsFile {
  const lines: RecipientLine[] = [];
  const errors: LineError[] = [];
  let errorCount = 0;
  let count = 0;
  let firstTooMany: number | undefined;
  const add = (row: CsvRow) => {
    count += 1;
    if (count > MOST_RECIPIENTS) {
      firstTooMany ??= row.line;
      return;
    }
    const read = recipientLine(row, columns);
    if (!('problem' in read)) lines.push(read);
    else if (++errorCount <= MOST_LINE_ERRORS) errors.push(read);
  };
  add(first);
  for (const row of rest) add(row);
  if (firstTooMany === undefined) return { lines, errors, errorCount };
  const params = { count, most: MOST_RECIPIENTS };
  return only({ line: firstTooMany, problem: 'too_many_lines', params });
}

const only = (error: LineError): RecipientsFile => ({ lines: [], errors: [error], errorCount: 1 });

const isFilled = ({ cells, isBroken }: CsvRow) => isBroken || cells.some((cell) => cell.trim() !== '');

const nameOf = (cell: string) => cell.trim().toLowerCase();
const columnNamed = (cell: string) => (Object.hasOwn(headings, nameOf(cell)) ? headings[nameOf(cell)] : undefined);

/** Undefined for a row that is no heading: its first cell does not say that members are below. */
function columnsOf({ cells }: CsvRow): Columns | undefined {
  const columns = cells.map(columnNamed);
  return columns[0] === 'member' ? columns : undefined;
}

/** A column that is not known may be a message that nobody would get: nothing is left out in silence. */
function wrongHeading({ cells, isBroken }: CsvRow, columns: Columns): LineWrong | undefined {
  if (isBroken) return { problem: 'quotes_unclear', params: {} };
  const unknown = cells.find((cell, i) => cell.trim() !== '' && columns[i] === undefined);
  if (unknown) return { problem: 'unknown_column', params: { column: unknown.trim().slice(0, 100) } };
  const twice = columns.find((column, i) => column && columns.indexOf(column) !== i);
  return twice && { problem: 'column_twice', params: { column: twice } };
}

/** As the message of `/reward send`. */
const MOST_MESSAGE = 200;
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
type LineWrong = { [Code in LineProblem]: WrongWith<Code> }[LineProblem];
export type LineError = LineWrong & { readonly line: number };

type Column = 'member' | 'item' | 'message';
/** What each cell of a row is; undefined for a column that has no heading. */
type Columns = readonly (Column | undefined)[];

/** A row as a recipient, or what is wrong with it first. */
function recipientLine({ line, cells, isBroken }: CsvRow, columns: Columns): RecipientLine | LineError {
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
  if (/^\d([.,]\d+)?E\+\d+$/i.test(value)) return { problem: 'id_rounded', params: { text: value } };
  const isName = value.length <= MOST_NAME && !/^<.*>$/.test(value);
  return isName ? { kind: 'name', value } : { problem: 'who_unclear', params: { text: value.slice(0, 100) } };
}
