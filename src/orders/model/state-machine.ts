import type { Order, Status, Step } from './order.ts';
import type { Reason } from './reasons.ts';

/** An order's life. The one place that says what may follow what. */
export const transitions: Readonly<Record<Status, readonly Status[]>> = {
  quoted: ['cancelled', 'expired', 'awaiting_approval', 'approved'],
  awaiting_approval: ['rejected', 'cancelled', 'expired', 'approved'],
  /** `bought`: served from cards on hand. */
  approved: ['buying', 'bought', 'repriced', 'cancelled', 'expired', 'failed'],
  buying: ['bought', 'failed', 'unconfirmed'],
  unconfirmed: ['bought', 'not_found', 'needs_review'],
  not_found: ['needs_review', 'closed'],
  needs_review: ['bought', 'delivered', 'closed'],
  bought: ['delivered', 'held', 'needs_review'],
  held: ['delivered'],
  delivered: [],
  cancelled: [],
  expired: [],
  rejected: [],
  repriced: [],
  failed: [],
  closed: [],
};

/**
 * What only a person does: one that a day of looking did not show, or that a restored backup knew too little of, has turned up after all. It is before people then, as
 * if it had been found in time.
 */
const byPeople: Partial<Record<Status, readonly Status[]>> = { closed: ['needs_review'], expired: ['needs_review'] };

/** Nothing follows by itself: the order has ended. */
export function isFinal(status: Status): boolean {
  return transitions[status].length === 0;
}

export function canBecome(from: Status, to: Status): boolean {
  return transitions[from].includes(to);
}

/** Why it was closed: what is noted of it afterwards leaves that as it is. */
export function whyClosed(order: Pick<Order, 'status' | 'history'>): Reason | undefined {
  return order.status === 'closed' ? whyEntered(order) : undefined;
}

const whyEntered = ({ status, history }: Pick<Order, 'status' | 'history'>): Reason | undefined =>
  history[history.findLastIndex((step) => step.status !== status) + 1]?.why;

/**
 * It had not been sent when the backup was made from which the store was restored: it may have been bought since then. A
 * person who finds it at CardPlusPay says so.
 */
export const isCutOff = (order: Pick<Order, 'status' | 'history'>): boolean =>
  order.status === 'expired' && whyEntered(order) === 'restored';

/** A day of looking did not show it, and it may yet turn up: whether it is bought once more is up to a person. */
export const isNotListed = (order: Pick<Order, 'status' | 'history'>): boolean => whyClosed(order) === 'not_listed';

/** CardPlusPay has not shown it: a person who finds it there says so. */
export const isMissing = (order: Pick<Order, 'status' | 'history'>): boolean =>
  order.status === 'not_found' || isNotListed(order) || isCutOff(order);

function mayBecome(order: Order, to: Status, { by }: StepTaken): boolean {
  if (canBecome(order.status, to)) return true;
  return by !== 'cardigan' && isMissing(order) && (byPeople[order.status]?.includes(to) ?? false);
}

export class IllegalTransition extends Error {
  override readonly name = 'IllegalTransition';
}

export interface StepTaken {
  at: number;
  by: string;
  for?: string | undefined;
  why?: Reason;
  detail?: string;
}

/** What a step may change beside the status and the history. Never the quote: an order has exactly one. */
export type Changes = Partial<
  Pick<
    Order,
    | 'approval'
    | 'reserved'
    | 'approvedAt'
    | 'attempt'
    | 'remote'
    | 'fromHand'
    | 'cards'
    | 'candidates'
    | 'named'
    | 'purgedAt'
  >
>;

/** The order after one legal step, with the step in its history. Throws IllegalTransition for any other. */
export function transition(order: Order, to: Status, step: StepTaken, changes: Changes = {}): Order {
  if (!mayBecome(order, to, step)) {
    throw new IllegalTransition(`an order that is ${order.status} cannot become ${to}`);
  }
  const { looking: _, ...rest } = order;
  return noted({ ...rest, ...changes, status: to }, step);
}

/** The order with something recorded that leaves its status alone. */
export function noted(order: Order, step: StepTaken, changes: Changes = {}): Order {
  const entry: Step = { ...step, status: order.status };
  return { ...order, ...changes, history: [...order.history, entry] };
}

/** The step that ended an order's wait for approval: who decided what, or that nobody did. */
export function decisionOf({ history }: Pick<Order, 'history'>): Step | undefined {
  const asked = history.findLastIndex(({ status }) => status === 'awaiting_approval');
  return asked < 0 ? undefined : history[asked + 1];
}

/** The order as it was when its approval was asked for. */
export function whenAsked(order: Order): Order {
  const asked = order.history.findIndex(({ status }) => status === 'awaiting_approval');
  const history = order.history.slice(0, asked + 1);
  const { approval } = order;
  return { ...order, status: 'awaiting_approval', history, ...(approval && { approval: { ...approval, votes: [] } }) };
}
