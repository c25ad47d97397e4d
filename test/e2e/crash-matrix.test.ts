import { describe, it, vi } from 'vitest';
import { rows } from './crash-matrix/rows.ts';
import { runRow } from './crash-matrix/run-row.ts';

// Most of a row is waiting: for CardPlusPay's list to be trusted, or for the next look at it. Not more at a time: each has a
// pool of connections, and a PostgreSQL as it is installed takes a hundred in all.
vi.setConfig({ maxConcurrency: 8 });
const timeout = 300_000;

describe.concurrent('an order whose bot is killed with kill -9 and started again', () => {
  for (const row of rows) {
    const title = `${row.step}: ${row.killed}`;
    it(title, { timeout }, async ({ task, expect, onTestFinished }) => {
      task.meta.crash = { row };
      const seen = await runRow(row, onTestFinished);
      task.meta.crash = { row, seen };
      expect(seen).toEqual({ left: row.deaths.map(({ left }) => left), end: row.end });
    });
  }
});
