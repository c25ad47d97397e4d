import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { en } from '../../../src/i18n/en.ts';
import { dateIn } from '../../../src/lib/dates/calendar.ts';
import { MOST_DAYS_AHEAD, parseMoment, parseUntil } from '../../../src/lib/dates/parse-date.ts';

const { says } = en.rewardTimes;
/** A Saturday. */
const SATURDAY = Date.UTC(2026, 2, 7, 12, 30);
const read = (text: string, timeZone = 'UTC', day: 'begins' | 'ends' = 'ends', now = SATURDAY): string => {
  const at = parseMoment(text, { now, timeZone, says, day });
  return typeof at === 'number' ? new Date(at).toISOString() : at;
};

describe('when something starts or ends', () => {
  it.each([
    ['30 minutes', '2026-03-07T13:00:00.000Z'],
    ['in 2 hours', '2026-03-07T14:30:00.000Z'],
    ['  2  H ', '2026-03-07T14:30:00.000Z'],
    ['90min', '2026-03-07T14:00:00.000Z'],
    ['3 days', '2026-03-10T12:30:00.000Z'],
    ['1d', '2026-03-08T12:30:00.000Z'],
    ['1h30m', '2026-03-07T14:00:00.000Z'],
    ['90m', '2026-03-07T14:00:00.000Z'],
    ['1 hour and 30 minutes', '2026-03-07T14:00:00.000Z'],
    ['in 1 hr, 30 mins', '2026-03-07T14:00:00.000Z'],
    ['2d4h', '2026-03-09T16:30:00.000Z'],
    ['1w', '2026-03-14T12:30:00.000Z'],
    ['6pm', '2026-03-07T18:00:00.000Z'],
    ['6:30 pm', '2026-03-07T18:30:00.000Z'],
    ['at 6:30 P.M.', '2026-03-07T18:30:00.000Z'],
    ['12 am', '2026-03-08T00:00:00.000Z'],
    ['12pm', '2026-03-08T12:00:00.000Z'],
    ['18.30', '2026-03-07T18:30:00.000Z'],
    ['tomorrow 6pm', '2026-03-08T18:00:00.000Z'],
    ['6pm tomorrow', '2026-03-08T18:00:00.000Z'],
    ['18:00 on friday', '2026-03-13T18:00:00.000Z'],
    ['on Friday at 6 pm', '2026-03-13T18:00:00.000Z'],
    ['on Friday', '2026-03-13T23:59:59.999Z'],
    ['2026-03-20 6:05am', '2026-03-20T06:05:00.000Z'],
    ['<t:1773000000>', '2026-03-08T20:00:00.000Z'],
    ['<t:1773000000:R>', '2026-03-08T20:00:00.000Z'],
    [' \u200e<t:1773000000:F>\u200b', '2026-03-08T20:00:00.000Z'],
    ['6\u202fpm', '2026-03-07T18:00:00.000Z'],
    ['in 1 week', '2026-03-14T12:30:00.000Z'],
    ['18:00', '2026-03-07T18:00:00.000Z'],
    ['at 18:00', '2026-03-07T18:00:00.000Z'],
    ['9:05', '2026-03-08T09:05:00.000Z'],
    ['today 23:59', '2026-03-07T23:59:00.000Z'],
    ['tomorrow 18:00', '2026-03-08T18:00:00.000Z'],
    ['Tomorrow at 18:00', '2026-03-08T18:00:00.000Z'],
    ['monday, 08:00', '2026-03-09T08:00:00.000Z'],
    ['2026-03-20 18:00', '2026-03-20T18:00:00.000Z'],
    ['2026-03-20T18:00', '2026-03-20T18:00:00.000Z'],
    ['tomorrow', '2026-03-08T23:59:59.999Z'],
    ['2026-03-20', '2026-03-20T23:59:59.999Z'],
  ])('"%s" is %s', (text, at) => {
    expect(read(text)).toBe(at);
  });

  it('a day alone is its beginning for a start', () => {
    expect(read('tomorrow', 'Europe/Berlin', 'begins')).toBe('2026-03-07T23:00:00.000Z');
    expect(read('2026-03-30', 'Europe/Berlin', 'begins')).toBe('2026-03-29T22:00:00.000Z');
  });

  it.each([
    ['Europe/Berlin', 'tomorrow 18:00', '2026-03-08T17:00:00.000Z'],
    // Clocks go forward at 02:00 on 29 March, and the other way round elsewhere.
    ['Europe/Berlin', '2026-03-29 01:59', '2026-03-29T00:59:00.000Z'],
    ['Europe/Berlin', '2026-03-29 03:00', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29 02:30', 'skipped'],
    ['Europe/Berlin', 'sunday 29', 'none'],
    ['Australia/Lord_Howe', '2026-04-05 01:45', 'twice'],
    ['Australia/Lord_Howe', '2026-04-05 01:15', '2026-04-04T14:15:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05 12:00', '2026-04-05T01:30:00.000Z'],
    ['Asia/Kathmandu', '2026-03-08 00:00', '2026-03-07T18:15:00.000Z'],
    ['Pacific/Kiritimati', 'tomorrow 12:00', '2026-03-08T22:00:00.000Z'],
  ])('in %s, "%s" is %s', (timeZone, text, at) => {
    expect(read(text, timeZone)).toBe(at);
  });

  it.each([
    '',
    'soon',
    '0 minutes',
    '24:00',
    '18:60',
    'today 11:00',
    '2026-03-07 12:30',
    'at',
    'in',
    '61 days',
    '2026-05-07 18:00',
    '2026-02-30 10:00',
    '2025-12-01',
    'in 18:00',
    '5',
    '-5 min',
    '99999 hours',
    'tomorrow at at 18:00',
    '1:2:3',
    '13pm',
    '0pm',
    '6xm',
    '18',
    'tomorrow 18',
    '1m30h',
    '1h1h',
    '1h30',
    '1.5 hours',
    '1mo',
    '<t:1>',
    '<t:1772886600>',
    '<t:9999999999>',
    '<t:99999999999999>',
    '<t:1773000000:R',
  ])('"%s" is none that can be taken', (text) => {
    expect(read(text)).toBe('none');
  });

  it('whatever is typed is taken for a moment ahead or for none', () => {
    const bits = fc.constantFrom('in', 'at', '18:00', '2', 'hours', 'monday', 'T', '2026-03-09', ',');
    const typed = fc.oneof(
      fc.string(),
      fc.array(bits).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const at = read(text, 'America/Havana');
        expect(['none', 'skipped', 'twice'].includes(at) || Date.parse(at) > SATURDAY).toBe(true);
      }),
    );
  });
});

describe('a time of day that clocks there', () => {
  const zone = 'Europe/Berlin';
  const before = Date.UTC(2026, 9, 24, 12);

  it('skip is not taken for another one', () => {
    const eve = Date.UTC(2026, 2, 28, 12);
    expect(read('tomorrow 2:30 am', zone, 'ends', eve)).toBe('skipped');
    expect(read('02:30', zone, 'ends', Date.UTC(2026, 2, 29, 0))).toBe('skipped');
    // It is over that day, so that of the next one is meant.
    expect(read('02:30', zone, 'ends', Date.UTC(2026, 2, 29, 12))).toBe('2026-03-30T00:30:00.000Z');
  });

  it('show twice is asked for once more, as long as both are ahead', () => {
    expect(read('tomorrow 02:30', zone, 'ends', before)).toBe('twice');
    expect(read('02:30', zone, 'ends', Date.UTC(2026, 9, 24, 23))).toBe('twice');
    expect(read('02:30', zone, 'ends', Date.UTC(2026, 9, 25, 1))).toBe('2026-10-25T01:30:00.000Z');
    expect(read('tomorrow 03:00', zone, 'ends', before)).toBe('2026-10-25T02:00:00.000Z');
  });

  const zones = fc.constantFrom(
    ...[
      'Europe/Berlin',
      'America/New_York',
      'America/Havana',
      'America/Santiago',
      'Australia/Lord_Howe',
      'Asia/Beirut',
    ],
    ...['Africa/Casablanca', 'Pacific/Auckland', 'America/St_Johns', 'UTC'],
  );
  const nowOrThen = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
  const minutesAhead = fc.integer({ min: 1, max: MOST_DAYS_AHEAD * 24 * 60 - 60 });
  const shownAt = (timeZone: string, at: number) => {
    const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    return `${dateIn(timeZone, at)} ${new Intl.DateTimeFormat('en', { timeZone, ...time }).format(at)}`;
  };
  const inHalves = (timeZone: string, at: number) => {
    const time = { hour: 'numeric', minute: '2-digit', hour12: true } as const;
    return `${dateIn(timeZone, at)} ${new Intl.DateTimeFormat('en', { timeZone, ...time }).format(at)}`;
  };

  it('show is read back to the minute, in every way to write it, or said to come twice', () => {
    fc.assert(
      fc.property(nowOrThen, minutesAhead, zones, (now, ahead, timeZone) => {
        const at = (Math.ceil(now / 60_000) + ahead) * 60_000;
        const iso = new Date(at).toISOString();
        const shown = shownAt(timeZone, at);
        const isTwice = [-60, -30, 30, 60].some((more) => shownAt(timeZone, at + more * 60_000) === shown);
        for (const text of [shown, shown.replace(' ', 'T'), inHalves(timeZone, at)]) {
          const said = read(text, timeZone, 'ends', now);
          expect([said, text]).toEqual([said === 'twice' && isTwice ? 'twice' : iso, text]);
        }
        expect(read(`<t:${at / 1000}:f>`, timeZone, 'ends', now)).toBe(iso);
      }),
      { numRuns: 500 },
    );
  });

  it('never show is said to be skipped, whatever the place', () => {
    const date = fc.integer({ min: 1, max: 55 });
    const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
    fc.assert(
      fc.property(
        fc.constantFrom(Date.UTC(2026, 2, 1), Date.UTC(2026, 8, 1)),
        date,
        minute,
        zones,
        (now, days, of, zone) => {
          const clock = Date.parse(dateIn(zone, now + days * 24 * 3.6e6)) + of * 60_000;
          const text = new Date(clock).toISOString().slice(0, 16).replace('T', ' ');
          const isShown = Array.from({ length: 113 }, (_, i) => clock + (i - 56) * 15 * 60_000).some(
            (at) => shownAt(zone, at) === text,
          );
          expect(read(text, zone, 'ends', now) === 'skipped').toBe(!isShown);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('how long it is until then', () => {
  it('is read back however its parts are put together', () => {
    const part = (most: number) => fc.integer({ min: 0, max: most });
    const parts = fc.record({ days: part(50), hours: part(200), minutes: part(500) });
    fc.assert(
      fc.property(
        parts,
        fc.constantFrom(['d', 'h', 'm'], [' days', ' hours', ' minutes']),
        fc.constantFrom('', ' ', ', '),
        (of, units, between) => {
          const counts = [of.days, of.hours, of.minutes];
          const text = counts.flatMap((count, i) => (count > 0 ? `${count}${units[i]}` : [])).join(between);
          fc.pre(text !== '');
          const at = SATURDAY + ((of.days * 24 + of.hours) * 60 + of.minutes) * 60_000;
          expect(read(text)).toBe(at > SATURDAY + MOST_DAYS_AHEAD * 24 * 3.6e6 ? 'none' : new Date(at).toISOString());
        },
      ),
    );
  });
});

const NOON = Date.UTC(2026, 2, 7, 12);
const until = (text: string, now = NOON, timeZone = 'UTC') => {
  const at = parseUntil(text, { now, timeZone, says: en.rewardTimes.says });
  return typeof at === 'number' ? new Date(at).toISOString() : at;
};
const end = (date: string) => `${date}T23:59:59.999Z`;

describe('until when somebody decides in another’s name', () => {
  it.each([
    ['today', '2026-03-07'],
    ['tomorrow', '2026-03-08'],
    ['Sunday', '2026-03-08'],
    ['Monday', '2026-03-09'],
    ['monday', '2026-03-09'],
    ['  FRI  ', '2026-03-13'],
    ['thurs', '2026-03-12'],
    ['1 day', '2026-03-08'],
    ['3 days', '2026-03-10'],
    ['3days', '2026-03-10'],
    ['0 days', '2026-03-07'],
    ['1 week', '2026-03-14'],
    ['2  weeks', '2026-03-21'],
    ['60 days', '2026-05-06'],
    ['2026-03-07', '2026-03-07'],
    ['2026-05-06', '2026-05-06'],
    ['1d', '2026-03-08'],
    ['in 3 days', '2026-03-10'],
    ['2w', '2026-03-21'],
  ])('"%s" is the end of %s', (text, date) => {
    expect(until(text)).toBe(end(date));
  });

  it('a time of day is that moment', () => {
    expect(until('6pm')).toBe('2026-03-07T18:00:00.000Z');
    expect(until('tomorrow 6:30 pm')).toBe('2026-03-08T18:30:00.000Z');
    expect(until('1h30m')).toBe('2026-03-07T13:30:00.000Z');
    expect(until('<t:1773000000:R>')).toBe('2026-03-08T20:00:00.000Z');
    expect(until('2026-03-29 02:30', NOON, 'Europe/Berlin')).toBe('skipped');
    expect(until('11:00')).toBe('2026-03-08T11:00:00.000Z');
    expect(until('today 11:00')).toBe('none');
  });

  it('a weekday is never today, but the one a week from now', () => {
    expect(until('Saturday')).toBe(end('2026-03-14'));
  });

  it.each([
    '',
    'soon',
    'mo',
    'Monday next',
    '-1 days',
    '1.5 days',
    '1000 days',
    '3 months',
    '3',
    '61 days',
    '9 weeks',
    '2026-03-06',
    '2026-05-07',
    '2026-02-30',
    '2026-3-8',
    '9999-99-99',
  ])('"%s" is no day that can be taken', (text) => {
    expect(until(text)).toBe('none');
  });

  it.each([
    // Clocks go forward in the night to Sunday 29 March, and back in the night to Sunday 25 October.
    ['Europe/Berlin', Date.UTC(2026, 2, 28, 12), 'today', '2026-03-28T22:59:59.999Z'],
    ['Europe/Berlin', Date.UTC(2026, 2, 28, 12), 'Sunday', '2026-03-29T21:59:59.999Z'],
    ['Europe/Berlin', Date.UTC(2026, 9, 24, 12), 'tomorrow', '2026-10-25T22:59:59.999Z'],
    // At midnight itself.
    ['America/Havana', Date.UTC(2026, 2, 7, 18), 'today', '2026-03-08T04:59:59.999Z'],
    ['America/Havana', Date.UTC(2026, 2, 7, 18), 'tomorrow', '2026-03-09T03:59:59.999Z'],
    // The first and the last places on earth.
    ['Pacific/Kiritimati', Date.UTC(2026, 2, 7, 12), 'today', '2026-03-08T09:59:59.999Z'],
    ['Etc/GMT+12', Date.UTC(2026, 2, 7, 6), 'today', '2026-03-07T11:59:59.999Z'],
    ['Asia/Kathmandu', Date.UTC(2026, 2, 7, 12), 'today', '2026-03-07T18:14:59.999Z'],
  ])('in %s the day ends there', (timeZone, now, text, at) => {
    expect(until(text, now, timeZone)).toBe(at);
  });

  it('whatever is typed, it is the end of a day from today on, and not too far away', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Havana', 'Asia/Kathmandu', 'Pacific/Apia');
    const typed = fc.oneof(
      fc.constantFrom(...Object.values(en.rewardTimes.says).flat(), '3 days', '5 weeks', '2026-03-29'),
      fc.string(),
    );
    const moments = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
    fc.assert(
      fc.property(typed, moments, zones, (text, now, timeZone) => {
        const at = parseUntil(text, { now, timeZone, says: en.rewardTimes.says });
        if (typeof at === 'string') return;
        expect(at).toBeGreaterThanOrEqual(now);
        expect(at - now).toBeLessThan((MOST_DAYS_AHEAD + 1) * 25 * 60 * 60_000);
        expect(dateIn(timeZone, at + 1) > dateIn(timeZone, at)).toBe(true);
      }),
    );
  });
});
