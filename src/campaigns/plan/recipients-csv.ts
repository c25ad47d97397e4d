import { type CsvRow, csvRows, seenText, separatorOf } from '../../lib/index.ts';
import { readWho, type Who, type WhoProblemParams } from './who.ts';

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

/** How people call each column, and programs that write such files: `User ID`, `discord_name`. */
const headings: Readonly<Record<Column, string>> = {
  member:
    'member,user,who,id,name,nick,nickname,username,handle,discord,recipient,userid,display name,user name,user id,user tag,' +
    'member id,member name,discord id,discord user,discord name,discord username,discord tag,discord user id,discord handle',
  item: 'item,item code,item id,card,gift card,product',
  message: 'message,note,text,comment,reason,words',
};
const columnByName = new Map(
  Object.entries(headings).flatMap(([column, names]) =>
    names.split(',').map((name) => [name, column as Column] as const),
  ),
);
/** Of a file without a heading. */
const usual: Columns = ['member', 'item', 'message'];

/** All recipients of a CSV text, and all that is wrong with it. Takes any text; who is a member is for others to say. */
export function readRecipients(text: string): RecipientsFile {
  const content = text.replace(/^\uFEFF/, '');
  const rows = filledRows(content);
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

/** A spreadsheet may say in the first line which separator it took: `sep=;`. */
const declaration = /^\s*"?sep=([^\w\s"]|\t)\1*"?[ ,;\t]*(?=[\r\n]|$)/i;

function* filledRows(content: string): Generator<CsvRow, void, undefined> {
  const declared = declaration.exec(content)?.[1];
  const rows = csvRows(content, declared ?? separatorOf(content));
  let isDeclared = declared === undefined;
  for (const row of rows) {
    const cells = row.cells.map(asText);
    if (!row.isBroken && cells.every((cell) => seenText(cell) === '')) continue;
    if (isDeclared) yield { ...row, cells };
    isDeclared = true;
  }
}

/** `="0123"` is how a text is kept from becoming a number. */
function asText(cell: string): string {
  const [, kept] = /^\s*="(.*)"\s*$/s.exec(cell) ?? [];
  return kept === undefined ? cell : kept.replaceAll('""', '"');
}

function recipientsOf(first: CsvRow, rest: Iterable<CsvRow>, columns: Columns): RecipientsFile {
  const read: (RecipientLine | LineError)[] = [];
  let count = 0;
  let firstTooMany: number | undefined;
  const add = (row: CsvRow) => {
    count += 1;
    if (count <= MOST_RECIPIENTS) read.push(recipientLine(row, columns));
    else firstTooMany ??= row.line;
  };
  add(first);
  for (const row of rest) add(row);
  if (firstTooMany === undefined) return fileOf(read);
  const params = { count, most: MOST_RECIPIENTS };
  return only({ line: firstTooMany, problem: 'too_many_lines', params });
}

/** Where half of the ids end as rounded ones do, a spreadsheet has rounded them. Of those that are as they were, few do. */
function fileOf(read: readonly (RecipientLine | LineError)[]): RecipientsFile {
  const ids = read.flatMap((each) => ('who' in each && each.who.kind === 'id' ? each.who : []));
  const areRounded = ids.filter(({ mayBeRounded }) => mayBeRounded).length * 2 >= ids.length;
  const lines: RecipientLine[] = [];
  const errors: LineError[] = [];
  for (const each of read) {
    if ('problem' in each) errors.push(each);
    else if (!(areRounded && each.who.mayBeRounded)) lines.push(each);
    else errors.push({ line: each.line, problem: 'id_rounded', params: { text: each.who.value } });
  }
  return { lines, errors: errors.slice(0, MOST_LINE_ERRORS), errorCount: errors.length };
}

const only = (error: LineError): RecipientsFile => ({ lines: [], errors: [error], errorCount: 1 });

const nameOf = (cell: string) =>
  seenText(cell)
    .toLowerCase()
    .replaceAll(/[\s_\-#.:]+/g, ' ')
    .trim();
const isBlank = (cell: string) => seenText(cell) === '';

/**
 * Undefined for a row that is no heading: its first cell does not say that members are below, nor is each a heading, nor
 * does one say it in words that are no name.
 */
function columnsOf({ cells }: CsvRow): Columns | undefined {
  const columns = cells.map((cell) => columnByName.get(nameOf(cell)));
  const isEach = columns.includes('member') && cells.every((cell, i) => isBlank(cell) || columns[i]);
  const isSaid = cells.some((cell, i) => columns[i] === 'member' && nameOf(cell).includes(' '));
  return columns[0] === 'member' || isEach || isSaid ? columns : undefined;
}

/** A column that is not known may be a message that nobody would get: nothing is left out in silence. */
function wrongHeading({ cells, isBroken }: CsvRow, columns: Columns): LineWrong | undefined {
  if (isBroken) return { problem: 'quotes_unclear', params: {} };
  const unknown = cells.find((cell, i) => !isBlank(cell) && columns[i] === undefined);
  if (unknown) return { problem: 'unknown_column', params: { column: seenText(unknown).slice(0, 100) } };
  const twice = columns.find((column, i) => column && columns.indexOf(column) !== i);
  return twice && { problem: 'column_twice', params: { column: twice } };
}

/** As the message of `/reward send`. */
const MOST_MESSAGE = 200;
export interface RecipientLine {
  /** Where it stands in the file, from 1. */
  readonly line: number;
  readonly who: Who;
  readonly item?: string;
  readonly message?: string;
}

/** What can be wrong with a file of recipients, or with a line of it. */
export interface LineProblemParams extends WhoProblemParams {
  file_empty: Record<never, never>;
  too_many_lines: { count: number; most: number };
  unknown_column: { column: string };
  column_twice: { column: string };
  /** A quote that is never closed, or text after one that is. */
  quotes_unclear: Record<never, never>;
  too_many_cells: { most: number };
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
  if (cells.some((cell, i) => !isBlank(cell) && columns[i] === undefined)) {
    const most = columns.filter((column) => column !== undefined).length;
    return { line, problem: 'too_many_cells', params: { most } };
  }
  const textOf = (column: Column) => seenText(cells[columns.indexOf(column)] ?? '');
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
