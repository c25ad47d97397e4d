import { describe, expect, it } from 'vitest';
import { readSince } from '../../src/audit/query.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const DAY = 24 * 60 * 60_000;

describe('since', () => {
  it.each([
    ['7', NOW - 7 * DAY],
    ['7 days', NOW - 7 * DAY],
    [' 1 Day ', NOW - DAY],
    ['30d', NOW - 30 * DAY],
    ['3650', NOW - 3650 * DAY],
    ['2026-11-01', Date.UTC(2026, 10, 1)],
    ['2026-11-24', Date.UTC(2026, 10, 24)],
  ])('takes "%s"', (typed, at) => expect(readSince(typed, NOW)).toBe(at));

  it.each(
    [
      '',
      '0',
      '-1',
      '3651',
      '99999',
      '1.5',
      '7 weeks',
      'yesterday',
      'days',
      '2026-02-31',
      '2026-13-01',
      '2026-11-25',
      '24.11.2026',
      '2026-11-01T10:00',
      '2026-1-1',
    ].map((typed) => [typed]),
  )('refuses "%s"', (typed) => expect(readSince(typed, NOW)).toBeUndefined());
});
