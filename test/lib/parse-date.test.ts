import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { dateIn } from '../../src/lib/calendar.ts';
import { MOST_DAYS_AHEAD, parseMoment, parseUntil } from '../../src/lib/parse-date.ts';

const { says } = en.rewardTimes;
/** A Saturday. */
const SATURDAY = Date.UTC(2026, 2, 7, 12, 30);
const read = (text: string, timeZone = 'UTC', day: 'begins' | 'ends' = 'ends', now = SATURDAY): string | undefined => {
  const at = parseMoment(text, { now, timeZone, says, day });
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('when something starts or ends', () => {
  it.each([
    ['30 minutes', '2026-03-07T13:00:00.000Z'],
    ['in 2 hours', '2026-03-07T14:30:00.000Z'],
    ['  2  H ', '2026-03-07T14:30:00.000Z'],
    ['90min', '2026-03-07T14:00:00.000Z'],
    ['3 days', '2026-03-10T12:30:00.000Z'],
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
    ['Europe/Berlin', '2026-03-29 02:30', '2026-03-29T01:30:00.000Z'],
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
  ])('"%s" is none that can be taken', (text) => {
    expect(read(text)).toBeUndefined();
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
        expect(at === undefined || Date.parse(at) > SATURDAY).toBe(true);
      }),
    );
  });
});

const NOON = Date.UTC(2026, 2, 7, 12);
const until = (text: string, now = NOON, timeZone = 'UTC') => {
  const at = parseUntil(text, { now, timeZone, says: en.delegates.says });
  return at === undefined ? undefined : new Date(at).toISOString();
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
  ])('"%s" is the end of %s', (text, date) => {
    expect(until(text)).toBe(end(date));
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
    expect(until(text)).toBeUndefined();
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
      fc.constantFrom(...Object.values(en.delegates.says).flat(), '3 days', '5 weeks', '2026-03-29'),
      fc.string(),
    );
    const moments = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
    fc.assert(
      fc.property(typed, moments, zones, (text, now, timeZone) => {
        const at = parseUntil(text, { now, timeZone, says: en.delegates.says });
        if (at === undefined) return;
        expect(at).toBeGreaterThanOrEqual(now);
        expect(at - now).toBeLessThan((MOST_DAYS_AHEAD + 1) * 25 * 60 * 60_000);
        expect(dateIn(timeZone, at + 1) > dateIn(timeZone, at)).toBe(true);
      }),
    );
  });
});
