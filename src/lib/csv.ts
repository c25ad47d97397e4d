/** A row of a CSV text. */
export interface CsvRow {
  /** Where it begins, from 1: a quoted cell may go over several lines. */
  readonly line: number;
  readonly cells: readonly string[];
  /** It can't be told where its cells end: a quote that is never closed, or text after one that is. */
  readonly isBroken: boolean;
}

type Cell = { readonly text: string; readonly end: number };
/** Undefined for one that is quoted and has no clear end. */
type ReadCell = (text: string, at: number) => Cell | undefined;

const lineBreak = /\r\n?|\n/g;

/**
 * The rows, one at a time, of any text: RFC 4180, with any of the three line ends, another separator where one is named,
 * spaces around quotes, and `="…"`, which keeps a spreadsheet from making a number of a text. Where a row is broken, it goes on in the next line.
 *
 * Written here, for the known libraries tell a record's number and not the line it stands in, or need a stream.
 */
export function* csvRows(text: string, separator = ','): Generator<CsvRow> {
  const readCell = cellsBetween(separator);
  for (let at = 0, line = 1; at < text.length; ) {
    const { end, ...row } = readRow(text, at, separator, readCell);
    yield { line, ...row };
    const next = pastLine(text, end);
    line += text.slice(at, next).match(lineBreak)?.length ?? 0;
    at = next;
  }
}

/** `end`: where the row's last line is not over yet. */
function readRow(text: string, start: number, separator: string, readCell: ReadCell) {
  const cells: string[] = [];
  for (let at = start; ; ) {
    const cell = readCell(text, at);
    // Such a quote would take the lines below with it: only its own line is lost.
    if (!cell) return { cells, isBroken: true, end: at };
    cells.push(cell.text);
    if (text[cell.end] !== separator) return { cells, isBroken: false, end: cell.end };
    at = cell.end + 1;
  }
}

function cellsBetween(separator: string): ReadCell {
  const stop = new RegExp(`[\\${separator}\r\n]|$`, 'g');
  const quote = / *=?"/y;
  const spaces = / */y;
  return (text, at) => {
    quote.lastIndex = at;
    if (!quote.test(text)) {
      const end = first(stop, text, at);
      return { text: text.slice(at, end), end };
    }
    const from = quote.lastIndex;
    const closing = closingQuote(text, from);
    if (closing < 0) return undefined;
    spaces.lastIndex = closing + 1;
    spaces.test(text);
    const end = spaces.lastIndex;
    if (first(stop, text, end) !== end) return undefined;
    return { text: text.slice(from, closing).replaceAll('""', '"'), end };
  };
}

/** -1 where there is none. A loop, for an expression over a long cell runs out of stack. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

function pastLine(text: string, from: number): number {
  lineBreak.lastIndex = from;
  const isFound = lineBreak.test(text);
  const past = isFound ? lineBreak.lastIndex : text.length;
  lineBreak.lastIndex = 0;
  return past;
}

function first(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

/** So much of a line tells its separator. */
const ENOUGH = 1000;

/** The separator of a text: the first of comma, semicolon and tab that its first filled line has outside of quotes. */
export function separatorOf(text: string): string {
  const line =
    text
      .trimStart()
      .slice(0, ENOUGH)
      .split(/[\r\n]/, 1)[0] ?? '';
  return /[,;\t]/.exec(line.replaceAll(/"[^"]*"/g, ''))?.[0] ?? ',';
}

/** Rows as CSV (RFC 4180), each field exactly as it is. */
export function csv(rows: readonly (readonly string[])[]): string {
  return `${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/** So that a spreadsheet takes what people wrote as text, and never as a formula that it carries out. */
export function tame(field: string): string {
  return /^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(field) ? `'${field}` : field;
}
