import type { Order, Reason, Status } from './order.ts';
import { laneOf } from './order.ts';

/** The names that only this order may have now. */
export function holdsOf(order: Order): string[] {
  const mayBeOut = order.status === 'buying' || order.status === 'unconfirmed';
  return [
    `reference/${order.reference}`,
    ...(mayBeOut ? [laneHold(order)] : []),
    ...(order.insteadOf === undefined ? [] : [offerHold(order.insteadOf)]),
    ...(order.remote ? [`remote/${order.remote.orderId}`] : []),
    ...givenHolds(order),
  ];
}

const givesNothing: readonly Status[] = [
  ...(['cancelled', 'expired', 'rejected', 'repriced', 'failed'] as const),
];
/** CardPlusPay does not have it, as a day of looking showed, or people. */
const notThere: readonly (Reason | undefined)[] = ['not_listed', 'review_none'];

/** An order that has given nobody anything, and never will. Of one that was closed otherwise nobody may know that. */
export function endedWithNothing({ status, remote, history }: Order): boolean {
  if (status !== 'closed') return givesNothing.includes(status);
  return !remote && notThere.includes(history.find((step) => step.status === 'closed')?.why);
}

/** Nobody gets two cards out of one campaign: not by two orders, not by two processes, not after a crash. Of each of its pools there is one. */
function givenHolds(order: Order): string[] {
  const { campaign, recipients } = order;
  if (!campaign || endedWithNothing(order)) return [];
  const { id, pool } = campaign;
  return [
    ...recipients.filter(({ rest }) => !rest).map(({ user }) => givenHold(id, user)),
    ...(pool === undefined ? [] : [`pool/${id}/${pool}`]),
  ];
}

/** Taken by the order by which somebody gets their card out of a campaign. */
export function givenHold(campaign: string, user: string): string {
  return `given/${campaign}/${user}`;
}

export function laneHold(order: Pick<Order, 'quote'>): string {
  return `lane/${laneOf(order)}`;
}

/** Taken by the one offer that is made in the place of an order whose price rose. */
export function offerHold(id: string): string {
  return `offer/${id}`;
}
