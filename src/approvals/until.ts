import { dateIn } from './periods.ts';

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
