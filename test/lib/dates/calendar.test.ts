import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateIn, isTimeZone, nextTime, periodOf } from '../../../src/lib/dates/calendar.ts';

const at = (iso: string) => Date.parse(iso);
const names = (timeZone: string, iso: string) =>
  (['day', 'week', 'month'] as const).map((period) => periodOf(period, timeZone, at(iso)));
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Australia/Lord_Howe',
];

describe('a time zone', () => {
  it('is known by its name', () => {
    expect([...zones, 'Europe/Kyiv'].every(isTimeZone)).toBe(true);
    expect(['', 'Berlin', 'Europe/Nowhere', 'MEZ-1', '🌍'].some(isTimeZone)).toBe(false);
  });
});

describe('a day', () => {
  it.each([
    ['UTC', '2026-03-07T23:59:59.999Z', '2026-03-07'],
    ['Europe/Berlin', '2026-03-07T22:59:59.999Z', '2026-03-07'],
    ['Europe/Berlin', '2026-03-07T23:00:00Z', '2026-03-08'],
    ['America/New_York', '2026-03-07T04:59:59Z', '2026-03-06'],
    ['Pacific/Kiritimati', '2026-03-07T10:00:00Z', '2026-03-08'],
    ['Pacific/Pago_Pago', '2026-03-07T10:59:59Z', '2026-03-06'],
    ['Asia/Kathmandu', '2026-03-07T18:15:00Z', '2026-03-08'],
  ])('in %s at %s is %s', (timeZone, iso, day) => {
    expect(dateIn(timeZone, at(iso))).toBe(day);
  });

  it('is one of 23 hours when clocks go forward, and of 25 when they go back', () => {
    const hours = (timeZone: string, from: string, day: string) =>
      Array.from({ length: 60 }, (_, hour) => at(from) + hour * 60 * 60_000).filter(
        (each) => dateIn(timeZone, each) === day,
      ).length;
    expect(hours('Europe/Berlin', '2026-03-28T00:00:00Z', '2026-03-29')).toBe(23);
    expect(hours('Europe/Berlin', '2026-10-24T00:00:00Z', '2026-10-25')).toBe(25);
    expect(hours('America/New_York', '2026-03-07T00:00:00Z', '2026-03-08')).toBe(23);
    expect(hours('America/New_York', '2026-10-31T00:00:00Z', '2026-11-01')).toBe(25);
  });

  it('begins again at midnight of its own place also where clocks change at midnight', () => {
    // Midnight of 6 September 2026 does not exist in Santiago.
    expect(dateIn('America/Santiago', at('2026-09-06T03:59:59Z'))).toBe('2026-09-05');
    expect(dateIn('America/Santiago', at('2026-09-06T04:00:00Z'))).toBe('2026-09-06');
  });
});

describe('a week', () => {
  it('begins on Monday, and is named by it', () => {
    expect(names('UTC', '2026-03-08T23:59:59Z')[1]).toBe('2026-03-02'); // a Sunday
    expect(names('UTC', '2026-03-09T00:00:00Z')[1]).toBe('2026-03-09');
    expect(names('Europe/Berlin', '2026-03-08T23:00:00Z')[1]).toBe('2026-03-09');
    expect(names('America/New_York', '2026-03-09T03:59:59Z')[1]).toBe('2026-03-02');
  });

  it('goes on over the end of a month, of a year, and over 29 February', () => {
    expect(names('UTC', '2026-12-31T12:00:00Z')).toEqual(['2026-12-31', '2026-12-28', '2026-12']);
    expect(names('UTC', '2027-01-03T12:00:00Z')).toEqual(['2027-01-03', '2026-12-28', '2027-01']);
    expect(names('UTC', '2027-01-04T00:00:00Z')).toEqual(['2027-01-04', '2027-01-04', '2027-01']);
    expect(names('UTC', '2028-02-29T12:00:00Z')).toEqual(['2028-02-29', '2028-02-28', '2028-02']);
    expect(names('UTC', '2028-03-05T12:00:00Z')[1]).toBe('2028-02-28');
  });

  it('has its seven days, also when clocks change in it', () => {
    const monday = '2026-10-19';
    const days = Array.from({ length: 24 * 9 }, (_, hour) => at(`${monday}T00:00Z`) + hour * 3.6e6)
      .filter((each) => periodOf('week', 'Europe/Berlin', each) === monday)
      .map((each) => dateIn('Europe/Berlin', each));
    expect([...new Set(days)]).toHaveLength(7);
    expect(days).toHaveLength(7 * 24 + 1 - 2); // 2 hours of Monday have passed at midnight UTC
  });
});

describe('a month', () => {
  it('ends at midnight of the guild’s own place, at the end of the year too', () => {
    expect(names('America/New_York', '2027-01-01T04:59:59Z')[2]).toBe('2026-12');
    expect(names('America/New_York', '2027-01-01T05:00:00Z')[2]).toBe('2027-01');
    expect(names('Pacific/Kiritimati', '2026-12-31T10:00:00Z')[2]).toBe('2027-01');
  });
});

describe('periods, whatever the moment and the place', () => {
  const moments = fc.integer({ min: at('2020-01-01'), max: at('2040-01-01') });
  const anywhere = fc.constantFrom(...zones);

  it('follow each other: a later moment is never in an earlier one', () => {
    fc.assert(
      fc.property(moments, fc.nat(40 * 86_400_000), anywhere, (earlier, more, zone) => {
        for (const period of ['day', 'week', 'month'] as const) {
          const later = periodOf(period, zone, earlier + more);
          expect(later >= periodOf(period, zone, earlier)).toBe(true);
        }
      }),
    );
  });

  it('are a day of its month, and of a week that begins at most six days before, on a Monday', () => {
    fc.assert(
      fc.property(moments, anywhere, (moment, zone) => {
        const [day, week, month] = names(zone, new Date(moment).toISOString());
        expect(day?.startsWith(`${month}-`)).toBe(true);
        expect(new Date(`${week}T00:00Z`).getUTCDay()).toBe(1);
        const days = (at(`${day}T00:00Z`) - at(`${week}T00:00Z`)) / 86_400_000;
        expect(days).toBeGreaterThanOrEqual(0);
        expect(days).toBeLessThanOrEqual(6);
      }),
    );
  });
});

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
    expect(following('2026-10-16T16:00Z', 'weekly', 'UTC', 2)).toEqual(['2026-10-23T16:00', '2026-10-30T16:00']);
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
