import { dateIn, whenClocksShow } from './periods.ts';
import { dateOf, endOfDay, later, MOST_DAYS_AHEAD, type UntilWords } from './until.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How people say a moment, in small letters. */
export interface MomentWords extends UntilWords {
  readonly minutes: readonly string[];
  readonly hours: readonly string[];
  /** What may stand before "2 hours". */
  readonly in: string;
  /** What may stand before "18:00". */
  readonly at: string;
}

interface Around {
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
export function parseMoment(text: string, around: Around): number | undefined {
  const said = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const at = afterAWhile(said, around) ?? atATime(said, around) ?? onADay(said, around);
  const isAhead = at !== undefined && at > around.now;
  return isAhead && at <= around.now + MOST_DAYS_AHEAD * DAY_MS ? at : undefined;
}

function afterAWhile(text: string, { now, says }: Around): number | undefined {
  const words = text.startsWith(`${says.in} `) ? text.slice(says.in.length + 1) : text;
  const [, count = '', unit = ''] = /^(\d{1,5}) ?(\p{L}+)$/u.exec(words) ?? [];
  const units: readonly (readonly [readonly string[], number])[] = [
    [says.minutes, MINUTE_MS],
    [says.hours, 60 * MINUTE_MS],
    [says.days, DAY_MS],
    [says.weeks, 7 * DAY_MS],
  ];
  const found = units.find(([names]) => names.includes(unit));
  return found && now + Number(count) * found[1];
}

function atATime(text: string, { now, timeZone, says }: Around): number | undefined {
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

function onADay(text: string, { now, timeZone, says, day }: Around): number | undefined {
  const date = dateOf(text, dateIn(timeZone, now), says);
  if (date === undefined) return undefined;
  return day === 'ends' ? endOfDay(date, timeZone) : endOfDay(later(date, -1), timeZone) + 1;
}

function onClocks(date: string, minutes: number, timeZone: string): number {
  return whenClocksShow(timeZone, Date.parse(date) + minutes * MINUTE_MS);
}
