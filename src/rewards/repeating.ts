const WEEK_MS = 7 * 24 * 60 * 60_000;

/** When it comes next after that time, and after now: a pause longer than its gap is not made up for. */
export function nextTime(from: number, repeats: 'weekly' | 'monthly', now: number): number {
  for (let count = 1; ; count++) {
    const next = repeats === 'weekly' ? from + count * WEEK_MS : monthsLater(from, count);
    if (next > now) return next;
  }
}

/** On the same day of a later month (UTC), or on its last one where it is shorter. */
function monthsLater(from: number, count: number): number {
  const date = new Date(from);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}
