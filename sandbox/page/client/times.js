/** Moments in the reader's own words and zone. */

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const formats = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

/** @type {readonly (readonly [Intl.RelativeTimeFormatUnit, number])[]} */
const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** "in 15 minutes", "3 seconds ago". @param {number} at @param {number} now */
export function relative(at, now) {
  const seconds = Math.round((at - now) / 1000);
  const [unit, size] = units.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}

/** By the style letter of Discord's `<t:…>`. @param {number} at @param {string} style @param {number} now */
export const timeText = (at, style, now) =>
  style === 'R' ? relative(at, now) : new Intl.DateTimeFormat(undefined, formats[style]).format(at);

/** Beside a message: today's by their time, others with their date. @param {number} at @param {number} now */
export const stamp = (at, now) => {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return isToday
    ? timeText(at, 't', now)
    : new Intl.DateTimeFormat(undefined, { dateStyle: 'short', timeStyle: 'short' }).format(at);
};

/** @type {Set<() => void>} */
const listeners = new Set();
setInterval(() => {
  for (const listener of listeners) listener();
}, 1000);

/** Calls `listener` each second, until the returned function is called. @param {() => void} listener */
export function everySecond(listener) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
