import { dateIn, whenClocksShow } from './calendar.ts';

/** Nobody is named for longer: whoever is away for more than that is asked again. */
export const MOST_DAYS_AHEAD = 60;

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** How people say a day, in small letters. */
export interface UntilWords {
  readonly today: string;
  readonly tomorrow: string;
  /** From Monday on. */
  readonly weekdays: readonly string[];
  /** What stands after a number of days or weeks, as in "3 days". */
  readonly days: readonly string[];
  readonly weeks: readonly string[];
}

interface Around {
  readonly now: number;
  /** An IANA name: the days are those of this time zone. */
  readonly timeZone: string;
  readonly says: UntilWords;
}

/**
 * The last millisecond of the day that somebody means by "Monday", "tomorrow", "3 days" or "2026-12-01"; a weekday is
 * the next one, never today. Undefined for what is no day from today up to 60 days ahead.
 */
export function parseUntil(text: string, { now, timeZone, says }: Around): number | undefined {
  const today = dateIn(timeZone, now);
  const date = dateOf(text.trim().toLowerCase().replaceAll(/\s+/g, ' '), today, says);
  if (date === undefined || date < today || date > later(today, MOST_DAYS_AHEAD)) return undefined;
  return endOfDay(date, timeZone);
}

/** The date that these words mean; undefined for none. */
export function dateOf(text: string, today: string, says: UntilWords): string | undefined {
  if (text === says.today) return today;
  if (text === says.tomorrow) return later(today, 1);
  if (isDate(text)) return text;
  const ahead = daysToWeekday(text, today, says) ?? daysIn(text, says);
  return ahead === undefined ? undefined : later(today, ahead);
}

/** A weekday by its name, or by at least three of its first letters. */
function daysToWeekday(text: string, today: string, { weekdays }: UntilWords): number | undefined {
  const named = weekdays.findIndex((name) => text.length >= 3 && name.startsWith(text));
  const current = (new Date(today).getUTCDay() + 6) % 7;
  return named < 0 ? undefined : (named - current + 7) % 7 || 7;
}

function daysIn(text: string, { days, weeks }: UntilWords): number | undefined {
  const [, count = '', unit = ''] = /^(\d{1,3}) ?(\p{L}+)$/u.exec(text) ?? [];
  if (days.includes(unit)) return Number(count);
  return weeks.includes(unit) ? Number(count) * 7 : undefined;
}

/** Also no 30 February. */
function isDate(text: string): boolean {
  const isShaped = /^\d{4}-\d{2}-\d{2}$/.test(text);
  return isShaped && !Number.isNaN(Date.parse(text)) && later(text, 0) === text;
}

/** Arithmetic on dates, by their midnight in UTC. */
export function later(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Looked for between the first and the last place on earth where that day ends: days have 23 to 25 hours. */
export function endOfDay(date: string, timeZone: string): number {
  let during = Date.parse(date) + 9 * HOUR_MS;
  let after = during + 28 * HOUR_MS;
  while (after - during > 1) {
    const between = Math.floor((during + after) / 2);
    if (dateIn(timeZone, between) > date) after = between;
    else during = between;
  }
  return during;
}

const MINUTE_MS = 60_000;
const MOMENT_DAY_MS = 24 * 60 * MINUTE_MS;

/** How people say a moment, in small letters. */
export interface MomentWords extends UntilWords {
  readonly minutes: readonly string[];
  readonly hours: readonly string[];
  /** What may stand before "2 hours". */
  readonly in: string;
  /** What may stand before "18:00". */
  readonly at: string;
}

interface AroundMoment {
  readonly now: number;
  /** An IANA name: days and times of day are those of this time zone. */
  readonly timeZone: string;
  readonly says: MomentWords;
  /** What a day alone means: its first millisecond, or its last. */
  readonly day: 'begins' | 'ends';
}

/**
 * The moment that somebody means by "30 minutes", "in 2 hours", "18:00", "tomorrow 18:00", "Monday" or
 * "2026-12-01 18:00". Undefined for what is none from now up to 60 days ahead.
 */
export function parseMoment(text: string, around: AroundMoment): number | undefined {
  const said = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const at = afterAWhile(said, around) ?? atATime(said, around) ?? onADay(said, around);
  const isAhead = at !== undefined && at > around.now;
  return isAhead && at <= around.now + MOST_DAYS_AHEAD * MOMENT_DAY_MS ? at : undefined;
}

function afterAWhile(text: string, { now, says }: AroundMoment): number | undefined {
  const words = text.startsWith(`${says.in} `) ? text.slice(says.in.length + 1) : text;
  const [, count = '', unit = ''] = /^(\d{1,5}) ?(\p{L}+)$/u.exec(words) ?? [];
  const units: readonly (readonly [readonly string[], number])[] = [
    [says.minutes, MINUTE_MS],
    [says.hours, 60 * MINUTE_MS],
    [says.days, MOMENT_DAY_MS],
    [says.weeks, 7 * MOMENT_DAY_MS],
  ];
  const found = units.find(([names]) => names.includes(unit));
  return found && now + Number(count) * found[1];
}

function atATime(text: string, { now, timeZone, says }: AroundMoment): number | undefined {
  const { day, hour, minute } =
    /^(?:(?<day>.+?)(?:,? |(?<=\d)t))?(?<hour>[01]?\d|2[0-3]):(?<minute>[0-5]\d)$/.exec(text)
      ?.groups ?? {};
  if (hour === undefined) return undefined;
  const minutes = Number(hour) * 60 + Number(minute);
  const today = dateIn(timeZone, now);
  const named = withoutLast(day ?? '', says.at);
  if (named !== '') {
    const date = dateOf(named, today, says);
    return date === undefined ? undefined : onClocks(date, minutes, timeZone);
  }
  const at = onClocks(today, minutes, timeZone);
  return at > now ? at : onClocks(later(today, 1), minutes, timeZone);
}

/** "tomorrow at" is "tomorrow", and "at" is nothing. */
function withoutLast(text: string, word: string): string {
  return ` ${text}`.endsWith(` ${word}`) ? text.slice(0, -word.length).trim() : text;
}

function onADay(text: string, { now, timeZone, says, day }: AroundMoment): number | undefined {
  const date = dateOf(text, dateIn(timeZone, now), says);
  if (date === undefined) return undefined;
  return day === 'ends' ? endOfDay(date, timeZone) : endOfDay(later(date, -1), timeZone) + 1;
}

function onClocks(date: string, minutes: number, timeZone: string): number {
  return whenClocksShow(timeZone, Date.parse(date) + minutes * MINUTE_MS);
}
