import { wallClockIn, whenClocksShow } from '../approvals/periods.ts';

const WEEK_MS = 7 * 24 * 60 * 60_000;

interface Repetition {
  /** When the first of all started: it says the day and the time of day. */
  readonly first: number;
  readonly repeats: 'weekly' | 'monthly';
  /** An IANA name: what starts at 18:00 there does so in summer and in winter. */
  readonly timeZone: string;
}

/** When it comes next after that moment; what a pause left out is not made up for. */
export function nextTime({ first, repeats, timeZone }: Repetition, after: number): number {
  const clock = wallClockIn(timeZone, first);
  for (let count = 1; ; count++) {
    const wanted = repeats === 'weekly' ? clock + count * WEEK_MS : monthsLater(clock, count);
    const next = whenClocksShow(timeZone, wanted);
    if (next > after) return next;
  }
}

/** On the same day of a later month, or on its last one where it is shorter. */
function monthsLater(clock: number, count: number): number {
  const date = new Date(clock);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}
