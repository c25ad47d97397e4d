import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { median, quantile } from '../../bench/figure.ts';
import { inPage, markdown, plain, type Result } from '../../bench/report.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/performance.md'), 'utf8');

const result: Result = {
  name: 'presses',
  rows: {
    ack: { label: 'acknowledged', unit: 'ms', aim: '≤ 1.0', heldBackBy: 'the network' },
    late: { label: 'too late', unit: '', aim: '0' },
    small: { label: 'start, few', unit: 'ms' },
    large: { label: 'start, many', unit: 'ms', over: 'small' },
  },
  rounds: {
    product: [
      { ack: 30, late: 0, small: 100, large: 110 },
      { ack: 900, late: 0, small: 100, large: 110 },
      { ack: 50, late: 0, small: 100, large: 110 },
    ],
    baseline: [{ ack: 100, late: 0 }],
  },
};

describe('the report of the bench', () => {
  it('takes the median of the rounds, and says what it is of the baseline, or of another figure', () => {
    const [headings = '', ...lines] = plain([result]).split('\n');
    expect(headings.split(/\s{2,}/)).toEqual(['figure', 'Cardigan', 'baseline', 'ratio', 'to reach']);
    const cells = lines.map((line) => line.trim().split(/\s{2,}/));
    expect(cells).toEqual([
      ['acknowledged', '50 ms', '100 ms', '0.5', '≤ 1.0'],
      ['too late', '0', '0', '–', '0'],
      ['start, few', '100 ms', '–', '–'],
      ['start, many', '110 ms', '–', '1.1'],
    ]);
  });

  it('leaves out on the page what is to be none and is none, and nothing that is not', () => {
    expect(markdown([result])).toContain('| acknowledged | 50 ms | 100 ms | 0.5 | ≤ 1.0 | the network |');
    expect(markdown([result])).not.toContain('too late');
    const late = { ...result, rounds: { ...result.rounds, product: [{ late: 3 }] } };
    expect(markdown([late])).toContain('| too late | 3 | 0 | – | 0 |');
  });

  it('stands between two marks of the page, where the next one takes its place', () => {
    const once = inPage(page, 'first table');
    expect(once).toContain('\n\nfirst table\n\n');
    const twice = inPage(once, 'second table');
    expect(twice).not.toContain('first table');
    expect(twice.replace('second table', '')).toBe(once.replace('first table', ''));
    expect(() => inPage('a page without marks', 'a table')).toThrow('the page has no');
  });

  it('knows quantiles by the nearest rank', () => {
    const values = Array.from({ length: 200 }, (_, i) => 200 - i);
    expect([quantile(values, 0.5), quantile(values, 0.99), quantile(values, 1)]).toEqual([100, 198, 200]);
    expect(median([3, 1, 2])).toBe(2);
    expect(quantile([], 0.5)).toBeNaN();
  });
});
