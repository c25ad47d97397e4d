import { arch, cpus, platform, release, totalmem } from 'node:os';
import type { Kind } from './bot-process.ts';
import { median, type Readings, type Row } from './figure.ts';

export interface Result {
  readonly name: string;
  readonly rows: Readonly<Record<string, Row>>;
  readonly rounds: Readonly<Record<Kind, readonly Readings[]>>;
}

interface Line extends Row {
  readonly product: number;
  readonly baseline: number;
  /** What the product's is divided by. */
  readonly divisor: number;
}

function linesOf({ rows, rounds }: Result): Line[] {
  const of = (kind: Kind, key: string) => median(rounds[kind].flatMap((readings) => readings[key] ?? []));
  return Object.entries(rows).map(([key, row]) => ({
    ...row,
    product: of('product', key),
    baseline: of('baseline', key),
    divisor: row.over === undefined ? of('baseline', key) : of('product', row.over),
  }));
}

function text(value: number): string {
  if (Number.isNaN(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

const withUnit = (value: number, { unit }: Row) =>
  Number.isNaN(value) || unit === '' ? text(value) : `${text(value)} ${unit}`;

const ratio = ({ product, divisor }: Line) => (divisor === 0 ? '–' : text(product / divisor));

const headings = ['figure', 'Cardigan', 'baseline', 'ratio', 'to reach'];
const cells = (line: Line) => [
  line.label,
  withUnit(line.product, line),
  withUnit(line.baseline, line),
  ratio(line),
  line.aim ?? '',
];

export function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const model = cpu?.model.trim() || 'CPU';
  return `${platform()} ${release()} ${arch()}, ${cpus().length} × ${model}, ${memory} GiB, Node ${process.version}`;
}

export function roundsOf(results: readonly Result[]): string {
  const counts = results.map(
    ({ name, rounds }) => `${name} ${Math.max(rounds.product.length, rounds.baseline.length)}`,
  );
  return counts.join(', ');
}

/** For the terminal. */
export function plain(results: readonly Result[]): string {
  const rows = [headings, ...results.flatMap(linesOf).map(cells)];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return rows.map(line).join('\n');
}

/** What is to be none, and is none. */
const isAsItShouldBe = ({ aim, product, baseline }: Line) => aim === '0' && product === 0 && !(baseline > 0);

/** For the page. `options`: with which the bench was run. */
export function markdown(results: readonly Result[], options: readonly string[] = []): string {
  const row = (all: readonly string[]) => `| ${all.join(' | ')} |`;
  const lines = results.flatMap(linesOf).filter((line) => !isAsItShouldBe(line));
  const table = [
    row([...headings, 'held back by']),
    row(['---', '--:', '--:', '--:', '--:', '---']),
    ...lines.map((line) => row([...cells(line), line.heldBackBy ?? ''])),
  ];
  const date = new Date().toISOString().slice(0, 10);
  const command = ['npm run bench --', ...options].join(' ');
  return `${date}, ${machine()}; \`${command}\`, rounds: ${roundsOf(results)}.\n\n${table.join('\n')}`;
}

const [begins, ends] = ['<!-- bench: the table is written by npm run bench -- --markdown -->', '<!-- /bench -->'];

/** The page with this between its two marks. */
export function inPage(page: string, table: string): string {
  const [before, rest] = page.split(begins);
  const after = rest?.split(ends)[1];
  if (before === undefined || after === undefined) throw new Error(`the page has no ${begins} and ${ends}`);
  return `${before}${begins}\n\n${table}\n\n${ends}${after}`;
}
