import { seenText } from '../typed.ts';
import { DAY_MS, dateIn, isDate, later, momentsShowing, whenClocksShow } from './calendar.ts';

/** Nobody is named, and nothing is planned, for longer: whoever is away for more than that is asked again. */
export const MOST_DAYS_AHEAD = 60;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How people say a moment, in small letters. */
export interface MomentWords {
  readonly today: string;
  readonly tomorrow: string;
  /** From Monday on. */
  readonly weekdays: readonly string[];
  /** What stands after a number, as in "3 days" or "1h30m". */
  readonly minutes: readonly string[];
  readonly hours: readonly string[];
  readonly days: readonly string[];
  readonly weeks: readonly string[];
  /** What stands after a time of day of twelve hours. */
  readonly am: readonly string[];
  readonly pm: readonly string[];
  /** What may stand before "2 hours", "18:00" and "Friday", and in "1 hour and 30 minutes". */
  readonly in: string;
  readonly at: string;
  readonly on: string;
  readonly and: string;
}

interface Around {
  readonly now: number;
  /** An IANA name: days and times of day are those of this time zone. */
  readonly timeZone: string;
  readonly says: MomentWords;
}

interface AroundMoment extends Around {
  /** What a day alone means: its first millisecond, or its last. */
  readonly day: 'begins' | 'ends';
}

/**
 * Why a text is no moment that can be taken. On the day that clocks are set, they leap over the time that was meant
 * (`skipped`), or show it twice.
 */
export type NoMoment = 'none' | 'skipped' | 'twice';

/**
 * The last millisecond of the day that somebody means by "Monday", "tomorrow", "3 days" or "2026-12-01"; a weekday is
 * the next one, never today. What names a time of day, such as "6pm", is that moment. From now up to 60 days ahead.
 */
export function parseUntil(text: string, around: Around): number | NoMoment {
  const { now, timeZone, says } = around;
  const today = dateIn(timeZone, now);
  const date = dateOf(withoutFirst(plain(text), says.in), today, says);
  if (date === undefined) return parseMoment(text, { ...around, day: 'ends' });
  return date < today || date > later(today, MOST_DAYS_AHEAD) ? 'none' : endOfDay(date, timeZone);
}

/**
 * The moment that somebody means by "30 minutes", "1h30m", "18:00", "tomorrow 6 pm", "Monday", "2026-12-01 18:00" or
 * "<t:1793838600:R>", as Discord writes times. From now up to 60 days ahead.
 */
export function parseMoment(text: string, around: AroundMoment): number | NoMoment {
  const { now, says } = around;
  const said = plain(text);
  const ahead = durationOf(withoutFirst(said, says.in), says);
  const at = stampOf(said) ?? (ahead === undefined ? atATime(said, around) : now + ahead) ?? onADay(said, around);
  if (typeof at === 'string') return at;
  return at !== undefined && at > now && at <= now + MOST_DAYS_AHEAD * DAY_MS ? at : 'none';
}

/** The moment in the past that somebody means by "7", "7d", "1h30m" or a date, which begins at midnight. */
export function parsePast(text: string, { now, timeZone, says }: Around, mostDays: number): number | undefined {
  const said = plain(text);
  const ago = /^\d{1,5}$/.test(said) ? Number(said) * DAY_MS : durationOf(said, says);
  if (ago !== undefined) return ago > 0 && ago <= mostDays * DAY_MS ? now - ago : undefined;
  const at = stampOf(said) ?? (isDate(said) ? endOfDay(later(said, -1), timeZone) + 1 : undefined);
  return at !== undefined && at <= now ? at : undefined;
}

const plain = (text: string) => seenText(text).toLowerCase().replaceAll(/\s+/g, ' ');

/** As Discord writes a time, to the second. */
function stampOf(text: string): number | undefined {
  const [, seconds] = /^<t:(\d{1,11})(?::[a-z])?>$/.exec(text) ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

/** The date that these words mean; undefined for none. */
function dateOf(text: string, today: string, says: MomentWords): string | undefined {
  if (text === says.today) return today;
  if (text === says.tomorrow) return later(today, 1);
  if (isDate(text)) return text;
  const ahead = daysToWeekday(text, today, says) ?? daysIn(text, says);
  return ahead === undefined ? undefined : later(today, ahead);
}

/** A weekday by its name, or by at least three of its first letters. */
function daysToWeekday(text: string, today: string, { weekdays }: MomentWords): number | undefined {
  const named = weekdays.findIndex((name) => text.length >= 3 && name.startsWith(text));
  const current = (new Date(today).getUTCDay() + 6) % 7;
  return named < 0 ? undefined : (named - current + 7) % 7 || 7;
}

function daysIn(text: string, { days, weeks }: MomentWords): number | undefined {
  const [, count = '', unit = ''] = /^(\d{1,3}) ?(\p{L}+)$/u.exec(text) ?? [];
  if (days.includes(unit)) return Number(count);
  return weeks.includes(unit) ? Number(count) * 7 : undefined;
}

/** "90m", "1 hour and 30 minutes", "2d4h": each unit once, the large ones first. */
function durationOf(text: string, says: MomentWords): number | undefined {
  const units: readonly (readonly [readonly string[], number])[] = [
    [says.weeks, 7 * DAY_MS],
    [says.days, DAY_MS],
    [says.hours, HOUR_MS],
    [says.minutes, MINUTE_MS],
  ];
  const words = text.replaceAll(` ${says.and} `, ' ');
  if (!/^(\d{1,5} ?\p{L}+(,? |(?=\d)|$))+$/u.test(words)) return undefined;
  let sum = 0;
  let least = -1;
  for (const [, count = '', unit = ''] of words.matchAll(/(\d+) ?(\p{L}+)/gu)) {
    const place = units.findIndex(([names]) => names.includes(unit));
    if (place <= least) return undefined;
    least = place;
    sum += Number(count) * (units[place]?.[1] ?? 0);
  }
  return sum;
}

/** "18:00" or "6 pm", after a day or before it. */
function patternsOf({ am, pm }: MomentWords): RegExp[] {
  const halves = [...am, ...pm].join('|').replaceAll('.', String.raw`\.`);
  const time = String.raw`(?<hour>\d{1,2})(?:[:.](?<minute>[0-5]\d))?(?: ?(?<half>${halves}))?`;
  return [
    new RegExp(String.raw`^(?:(?<day>.+?)(?:,? |(?<=\d)t))?${time}$`, 'u'),
    new RegExp(`^${time},? (?<day>.+)$`, 'u'),
  ];
}

function atATime(text: string, around: AroundMoment): number | NoMoment | undefined {
  const { now, timeZone, says } = around;
  for (const pattern of patternsOf(says)) {
    const { day = '', ...time } = pattern.exec(withoutFirst(text, says.at))?.groups ?? {};
    const minutes = minutesOf(time, says);
    if (minutes === undefined) continue;
    const named = withoutFirst(withoutLast(day, says.at), says.on);
    if (named === '') return atNextTime(minutes, around);
    const date = dateOf(named, dateIn(timeZone, now), says);
    return date === undefined ? undefined : onClocks(date, minutes, around);
  }
  return undefined;
}

/** Of the day; undefined for what is no time of day, such as "18" or "13 pm". */
function minutesOf(
  { hour = '', minute, half }: Partial<Record<string, string>>,
  says: MomentWords,
): number | undefined {
  const [hours, minutes] = [Number(hour), Number(minute ?? 0)];
  if (half === undefined) return minute === undefined || hours > 23 ? undefined : hours * 60 + minutes;
  if (hours < 1 || hours > 12) return undefined;
  return ((hours % 12) + (says.pm.includes(half) ? 12 : 0)) * 60 + minutes;
}

/** Today, or tomorrow where it is over. */
function atNextTime(minutes: number, around: AroundMoment): number | NoMoment {
  const { now, timeZone } = around;
  const today = dateIn(timeZone, now);
  const at = onClocks(today, minutes, around);
  const isSkippedAhead = at === 'skipped' && whenClocksShow(timeZone, wallClock(today, minutes)) > now;
  return typeof at === 'number' || at === 'twice' || isSkippedAhead ? at : onClocks(later(today, 1), minutes, around);
}

const wallClock = (date: string, minutes: number) => Date.parse(date) + minutes * MINUTE_MS;

function onClocks(date: string, minutes: number, { now, timeZone }: AroundMoment): number | NoMoment {
  const moments = momentsShowing(timeZone, wallClock(date, minutes));
  if (moments.length === 0) return 'skipped';
  const [first, second] = moments.filter((at) => at > now);
  return second === undefined ? (first ?? 'none') : 'twice';
}

/** "tomorrow at" is "tomorrow", and "at" is nothing. */
function withoutLast(text: string, word: string): string {
  return ` ${text}`.endsWith(` ${word}`) ? text.slice(0, -word.length).trim() : text;
}

const withoutFirst = (text: string, word: string) => (text.startsWith(`${word} `) ? text.slice(word.length + 1) : text);

function onADay(text: string, { now, timeZone, says, day }: AroundMoment): number | undefined {
  const date = dateOf(withoutFirst(text, says.on), dateIn(timeZone, now), says);
  if (date === undefined) return undefined;
  return day === 'ends' ? endOfDay(date, timeZone) : endOfDay(later(date, -1), timeZone) + 1;
}

/** Looked for between the first and the last place on earth where that day ends: days have 23 to 25 hours. */
function endOfDay(date: string, timeZone: string): number {
  let during = Date.parse(date) + 9 * HOUR_MS;
  let after = during + 28 * HOUR_MS;
  while (after - during > 1) {
    const between = Math.floor((during + after) / 2);
    if (dateIn(timeZone, between) > date) after = between;
    else during = between;
  }
  return during;
}
