import { enteredAt } from './looking.ts';
import type { Order, Step } from './order.ts';

/** How long an order waits for somebody to decide. */
export const AWAITS_APPROVAL_MS = 72 * 60 * 60_000;

export function approvalEndsAt(order: Order): number {
  return enteredAt(order) + AWAITS_APPROVAL_MS;
}

/** The step that ended an order's wait for approval: who decided what, or that nobody did. */
export function decisionOf({ history }: Pick<Order, 'history'>): Step | undefined {
  const asked = history.findLastIndex(({ status }) => status === 'awaiting_approval');
  return asked < 0 ? undefined : history[asked + 1];
}

/** The order as it was when its approval was asked for. */
export function whenAsked(order: Order): Order {
  const asked = order.history.findLastIndex(({ status }) => status === 'awaiting_approval');
  const history = order.history.slice(0, asked + 1);
  return { ...order, status: 'awaiting_approval', history };
}
