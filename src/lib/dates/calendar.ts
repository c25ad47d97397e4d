export const DAY_MS = 24 * 60 * 60_000;

export const periods = ['day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether a name is a time zone of the IANA database, such as "Europe/Berlin". */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The date in that time zone, such as "2026-03-07". Put together from its parts: budgets are kept under it, and how a
 * language writes dates changes from one Node to the next.
 */
export function dateIn(timeZone: string, at: number): string {
  const { year, month, day } = partsOf(timeZone, at);
  return `${year}-${month}-${day}`;
}

/** What clocks show there at that moment, as the milliseconds of a moment at which clocks in UTC show the same. */
function wallClockIn(timeZone: string, at: number): number {
  const { hour, minute, second } = partsOf(timeZone, at);
  return Date.parse(`${dateIn(timeZone, at)}T${hour}:${minute}:${second}Z`);
}

/**
 * When clocks there show that, as `wallClockIn` says it: never where they leap over it, twice where they are set back, else
 * once. Clocks are set once in two days at most.
 */
export function momentsShowing(timeZone: string, wanted: number): number[] {
  const offsets = [wanted - DAY_MS, wanted + DAY_MS].map((at) => wallClockIn(timeZone, at) - at);
  const moments = [...new Set(offsets)].map((offset) => wanted - offset);
  return moments.filter((at) => wallClockIn(timeZone, at) === wanted).sort((a, b) => a - b);
}

/** The one of them that is taken for what comes again. What clocks leap over is as much later as they leap. */
export function whenClocksShow(timeZone: string, wanted: number): number {
  const near = 2 * wanted - wallClockIn(timeZone, wanted);
  return near + wanted - wallClockIn(timeZone, near);
}

function partsOf(timeZone: string, at: number): Partial<Record<string, string>> {
  const parts = formatOf(timeZone).formatToParts(at);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

/** The period that holds a moment, named by its beginning: "2026-03-07" for a day or its week's Monday, "2026-03" for a month. */
export function periodOf(period: Period, timeZone: string, at: number): string {
  const date = dateIn(timeZone, at);
  if (period === 'day') return date;
  return period === 'month' ? date.slice(0, 7) : mondayOf(date);
}

function mondayOf(date: string): string {
  const daysSinceMonday = (new Date(date).getUTCDay() + 6) % 7;
  return later(date, -daysSinceMonday);
}

/** Arithmetic on dates, not on moments: by their midnight in UTC. */
export function later(date: string, days: number): string {
  return dayOf(Date.parse(date) + days * DAY_MS);
}

/** A date such as "2026-03-07". There is no 30 February, although some parsers take it. */
export function isDate(text: string): boolean {
  const isShaped = /^\d{4}-\d{2}-\d{2}$/.test(text);
  return isShaped && !Number.isNaN(Date.parse(text)) && later(text, 0) === text;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const plain = { calendar: 'iso8601', numberingSystem: 'latn' };
  const format = new Intl.DateTimeFormat('en', { timeZone, ...plain, ...date, ...time });
  formats.set(timeZone, format);
  return format;
}

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
    const wanted = repeats === 'weekly' ? clock + count * 7 * DAY_MS : monthsLater(clock, count);
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

/** A UTC day, such as "2026-03-07". An order counts against the cap of the one in which it was approved. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
