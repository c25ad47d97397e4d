import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { parsePast } from '../../src/lib/dates/parse-date.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const readSince = (typed: string) => parsePast(typed, { now: NOW, timeZone: 'UTC', says: en.rewardTimes.says }, 3650);

describe('since', () => {
  it.each([
    ['7', NOW - 7 * DAY],
    ['7 days', NOW - 7 * DAY],
    [' 1 Day ', NOW - DAY],
    ['30d', NOW - 30 * DAY],
    ['3650', NOW - 3650 * DAY],
    ['7 weeks', NOW - 49 * DAY],
    ['12h', NOW - 12 * HOUR],
    ['1h30m', NOW - 1.5 * HOUR],
    ['<t:1795000000:R>', 1_795_000_000_000],
    ['\u200b2026-11-01\u00a0', Date.UTC(2026, 10, 1)],
    ['2026-11-01', Date.UTC(2026, 10, 1)],
    ['2026-11-24', Date.UTC(2026, 10, 24)],
  ])('takes "%s"', (typed, at) => expect(readSince(typed)).toBe(at));

  it.each(
    [
      '',
      '0',
      '-1',
      '3651',
      '99999',
      '1.5',
      '1h1d',
      '<t:1795000000000>',
      `<t:${NOW / 1000 + 1}>`,
      'yesterday',
      'days',
      '2026-02-31',
      '2026-13-01',
      '2026-11-25',
      '24.11.2026',
      '2026-11-01T10:00',
      '2026-1-1',
    ].map((typed) => [typed]),
  )('refuses "%s"', (typed) => expect(readSince(typed)).toBeUndefined());
});
