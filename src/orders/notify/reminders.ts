import { approvalEndsAt, askedAt } from '../../policy/index.ts';

const HOUR_MS = 60 * 60_000;
const FIRST_AFTER_HOURS = 4;
/** Before a wait ends by itself, nobody is reminded any more: they could hardly come to it. */
const QUIET_MS = 15 * 60_000;

/** What waits for approval: an order, or a campaign. */
type Waiting = Parameters<typeof askedAt>[0] & Parameters<typeof approvalEndsAt>[0];

/** After how many hours of waiting the reminder of this number comes: 4, then 8 more, then 16 more, and so on. */
export function hoursUntilReminder(number: number): number {
  return FIRST_AFTER_HOURS * (2 ** number - 1);
}

/** Of how many reminders the time has come since it began to wait; none comes shortly before its end. */
export function remindersDue(waiting: Waiting, now: number): number {
  const since = askedAt(waiting);
  // An order of an approved campaign has its approval, and nobody was ever asked about it.
  if (since === 0) return 0;
  const waitedMs = Math.min(now, approvalEndsAt(waiting) - QUIET_MS) - since;
  let due = 0;
  while (hoursUntilReminder(due + 1) * HOUR_MS <= waitedMs) due++;
  return due;
}

/** Whether it is too late to remind anybody. */
export function isQuiet(waiting: Waiting, now: number): boolean {
  return now >= approvalEndsAt(waiting) - QUIET_MS;
}
