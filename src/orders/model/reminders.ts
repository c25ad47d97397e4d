import { approvalEndsAt } from '../../policy/index.ts';
import type { Order } from './order.ts';

const HOUR_MS = 60 * 60_000;
const FIRST_AFTER_HOURS = 4;
/** Before an order's wait ends by itself, nobody is reminded any more: they could hardly come to it. */
const QUIET_MS = 15 * 60_000;

/** After how many hours of waiting the reminder of this number comes: 4, then 8 more, then 16 more, and so on. */
export function hoursUntilReminder(number: number): number {
  return FIRST_AFTER_HOURS * (2 ** number - 1);
}

/** Of how many reminders the time has come since the order began to wait; none comes shortly before its end. */
export function remindersDue(order: Order, now: number): number {
  const asked = order.history.find(({ status }) => status === 'awaiting_approval');
  if (!asked) return 0;
  const waitedMs = Math.min(now, approvalEndsAt(order) - QUIET_MS) - asked.at;
  let due = 0;
  while (hoursUntilReminder(due + 1) * HOUR_MS <= waitedMs) due++;
  return due;
}

/** Whether it is too late to remind anybody. */
export function isQuiet(order: Order, now: number): boolean {
  return now >= approvalEndsAt(order) - QUIET_MS;
}
