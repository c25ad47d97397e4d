import type { CsvRow } from './csv-rows.ts';
import { csvRows, separatorOf } from './csv-rows.ts';
import type { Column, Columns, LineError, LineWrong, RecipientLine } from './recipient-line.ts';
import { recipientLine } from './recipient-line.ts';

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
  ...{ member: 'member', user: 'member', who: 'member', id: 'member', name: 'member' },
  ...{ item: 'item', message: 'message' },
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

const isFilled = ({ cells, isBroken }: CsvRow) =>
  isBroken || cells.some((cell) => cell.trim() !== '');

const nameOf = (cell: string) => cell.trim().toLowerCase();
const columnNamed = (cell: string) =>
  Object.hasOwn(headings, nameOf(cell)) ? headings[nameOf(cell)] : undefined;

/** Undefined for a row that is no heading: its first cell does not say that members are below. */
function columnsOf({ cells }: CsvRow): Columns | undefined {
  const columns = cells.map(columnNamed);
  return columns[0] === 'member' ? columns : undefined;
}

/** A column that is not known may be a message that nobody would get: nothing is left out in silence. */
function wrongHeading({ cells, isBroken }: CsvRow, columns: Columns): LineWrong | undefined {
  if (isBroken) return { problem: 'quotes_unclear', params: {} };
  const unknown = cells.find((cell, i) => cell.trim() !== '' && columns[i] === undefined);
  if (unknown)
    return { problem: 'unknown_column', params: { column: unknown.trim().slice(0, 100) } };
  const twice = columns.find((column, i) => column && columns.indexOf(column) !== i);
  return twice && { problem: 'column_twice', params: { column: twice } };
}
