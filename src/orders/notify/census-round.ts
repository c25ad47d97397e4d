import { type Order, statuses } from '../model/order.ts';
import { enteredAt } from '../model/retry-schedule.ts';
import { isFinal } from '../model/state-machine.ts';

/** What is counted of orders that have not ended. */
interface Census {
  readonly orders: Record<string, number>;
  codesHeld: number;
  /** Since when the oldest has no known outcome. */
  unconfirmedSince: number;
}

/** Where a round over all orders that have not ended has come to; `last`: what the one before has counted. */
export interface CensusRound {
  before: string | undefined;
  counted: Census;
  last: Census | undefined;
}

export const newCensus = (): Census => {
  const open = statuses.filter((status) => !isFinal(status));
  const orders = Object.fromEntries(open.map((status) => [status, 0]));
  return { orders, codesHeld: 0, unconfirmedSince: Number.POSITIVE_INFINITY };
};

export const newCensusRound = (): CensusRound => ({ before: undefined, counted: newCensus(), last: undefined });

export function countInto(census: Census, order: Order): void {
  const { status, cards } = order;
  // In the list until its requester was told.
  if (isFinal(status)) return;
  census.orders[status] = (census.orders[status] ?? 0) + 1;
  census.codesHeld += cards.filter(({ deliveredAt, handedOn }) => deliveredAt === undefined && !handedOn).length;
  if (status === 'unconfirmed') census.unconfirmedSince = Math.min(census.unconfirmedSince, enteredAt(order));
}
