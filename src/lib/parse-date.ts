import { DAY_MS, dateIn, isDate, later, whenClocksShow } from './calendar.ts';

/** Nobody is named, and nothing is planned, for longer: whoever is away for more than that is asked again. */
export const MOST_DAYS_AHEAD = 60;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

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

/** How people say a moment, in small letters. */
export interface MomentWords extends UntilWords {
  readonly minutes: readonly string[];
  readonly hours: readonly string[];
  /** What may stand before "2 hours". */
  readonly in: string;
  /** What may stand before "18:00". */
  readonly at: string;
}

interface Around<Words> {
  readonly now: number;
  /** An IANA name: days and times of day are those of this time zone. */
  readonly timeZone: string;
  readonly says: Words;
}

interface AroundMoment extends Around<MomentWords> {
  /** What a day alone means: its first millisecond, or its last. */
  readonly day: 'begins' | 'ends';
}

/**
 * The last millisecond of the day that somebody means by "Monday", "tomorrow", "3 days" or "2026-12-01"; a weekday is
 * the next one, never today. Undefined for what is no day from today up to 60 days ahead.
 */
export function parseUntil(text: string, around: Around<UntilWords>): number | undefined {
  const { now, timeZone, says } = around;
  const today = dateIn(timeZone, now);
  const date = dateOf(plain(text), today, says);
  if (date === undefined || date < today || date > later(today, MOST_DAYS_AHEAD)) return undefined;
  return endOfDay(date, timeZone);
}

/**
 * The moment that somebody means by "30 minutes", "in 2 hours", "18:00", "tomorrow 18:00", "Monday" or
 * "2026-12-01 18:00". Undefined for what is none from now up to 60 days ahead.
 */
export function parseMoment(text: string, around: AroundMoment): number | undefined {
  const said = plain(text);
  const at = afterAWhile(said, around) ?? atATime(said, around) ?? onADay(said, around);
  const isAhead = at !== undefined && at > around.now;
  return isAhead && at <= around.now + MOST_DAYS_AHEAD * DAY_MS ? at : undefined;
}

const plain = (text: string) => text.trim().toLowerCase().replaceAll(/\s+/g, ' ');

/** The date that these words mean; undefined for none. */
function dateOf(text: string, today: string, says: UntilWords): string | undefined {
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

function afterAWhile(text: string, { now, says }: AroundMoment): number | undefined {
  const words = text.startsWith(`${says.in} `) ? text.slice(says.in.length + 1) : text;
  const [, count = '', unit = ''] = /^(\d{1,5}) ?(\p{L}+)$/u.exec(words) ?? [];
  const units: readonly (readonly [readonly string[], number])[] = [
    [says.minutes, MINUTE_MS],
    [says.hours, HOUR_MS],
    [says.days, DAY_MS],
    [says.weeks, 7 * DAY_MS],
  ];
  const found = units.find(([names]) => names.includes(unit));
  return found && now + Number(count) * found[1];
}

function atATime(text: string, { now, timeZone, says }: AroundMoment): number | undefined {
  const { day, hour, minute } =
    /^(?:(?<day>.+?)(?:,? |(?<=\d)t))?(?<hour>[01]?\d|2[0-3]):(?<minute>[0-5]\d)$/.exec(text)?.groups ?? {};
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
