import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { Row } from './rows.ts';
import type { Seen } from './run-row.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** What a row of the matrix is, and what was seen of it: nothing when it broke off. */
    crash?: { row: Row; seen?: Seen };
  }
}

const columns = [
  'step',
  'killed when',
  'left behind',
  'CardPlusPay has',
  'POSTs',
  'ends as',
  'codes',
  'day total',
  'ok',
];

/** A reporter of Vitest's that prints the matrix as a table, one for each database. */
class CrashTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules) process.stdout.write(`\n${tableOf(module)}\n`);
  }
}
// biome-ignore lint/style/noDefaultExport: this is how Vitest finds a reporter.
export default CrashTable;

function tableOf(module: TestModule): string {
  const lines = [...module.children.allTests()].flatMap(cellsOf);
  const widths = columns.map((name, at) => Math.max(name.length, ...lines.map((cells) => cells[at]?.length ?? 0)));
  const lineOf = (cells: readonly string[]) => cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ');
  const store = module.project.name === 'all' ? 'on SQLite' : module.project.name;
  const failed = lines.filter((cells) => cells.at(-1) !== 'ok').length;
  return [
    `Killed with SIGKILL and started again, ${store}: ${lines.length} rows, ${failed} failed`,
    lineOf(columns),
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...lines.map(lineOf),
  ].join('\n');
}

/** Nothing for a row that was not asked for. */
function cellsOf(test: TestCase): string[][] {
  const { crash } = test.meta();
  if (!crash) return [];
  const { row, seen } = crash;
  const verdict = test.ok() ? 'ok' : 'FAILED';
  if (!seen) return [[row.step, row.killed, 'broke off', '', '', '', '', '', verdict]];
  const { left, end } = seen;
  const remains = left.map(({ status, sealed }) => (sealed ? `${status}, sealed` : status));
  const then = left.at(-1)?.booked;
  const booked = then === end.booked ? `${then} booked` : `${then}, later ${end.booked} booked`;
  const pins = end.pins === 'none' ? '' : `, ${end.pins} PINs`;
  return [
    [
      ...[row.step, row.killed, remains.join('; '), booked, String(end.posts)],
      ...[row.closed ? `held, ${end.status}` : end.status, `${end.codes}${pins}`, end.day, verdict],
    ],
  ];
}
