import { describe, expect, it } from 'vitest';
import { nextTime } from '../../src/lib/calendar.ts';

const at = (text: string) => Date.parse(text);
const text = (ms: number) => new Date(ms).toISOString().slice(0, 16);
/** The next so many, one after the other. */
function following(first: string, repeats: 'weekly' | 'monthly', timeZone: string, count: number) {
  const found: string[] = [];
  let after = at(first);
  while (found.length < count) {
    after = nextTime({ first: at(first), repeats, timeZone }, after);
    found.push(text(after));
  }
  return found;
}

describe('a campaign that comes again', () => {
  it('every week at the same time of day in that server, in summer and in winter', () => {
    expect(following('2026-10-16T16:00Z', 'weekly', 'Europe/Berlin', 3)).toEqual([
      '2026-10-23T16:00',
      '2026-10-30T17:00',
      '2026-11-06T17:00',
    ]);
    expect(following('2026-10-16T16:00Z', 'weekly', 'UTC', 2)).toEqual([
      '2026-10-23T16:00',
      '2026-10-30T16:00',
    ]);
  });

  it('every month on the 31st, and on the last day of months that have none', () => {
    expect(following('2026-12-31T12:00Z', 'monthly', 'UTC', 4)).toEqual([
      '2027-01-31T12:00',
      '2027-02-28T12:00',
      '2027-03-31T12:00',
      '2027-04-30T12:00',
    ]);
  });

  it('on the day of its server where UTC has another', () => {
    // 31 January, 08:30 in Auckland.
    expect(following('2027-01-30T19:30Z', 'monthly', 'Pacific/Auckland', 2)).toEqual([
      '2027-02-27T19:30',
      '2027-03-30T19:30',
    ]);
  });

  it('does not make up for what a pause left out', () => {
    const first = at('2026-11-02T18:00Z');
    const next = nextTime({ first, repeats: 'weekly', timeZone: 'UTC' }, at('2026-12-08T12:00Z'));
    expect(text(next)).toBe('2026-12-14T18:00');
  });
});
