import type { Order, Status } from './order.ts';

/** Something is still to happen at once: what comes of it is the news. */
const underWay: readonly Status[] = ['quoted', 'awaiting_approval', 'approved', 'buying'];

/** A quote that nobody confirmed: its buttons say that it is over. */
function endedAsQuote({ status, history }: Order): boolean {
  const before = history.findLast((step) => step.status !== status)?.status;
  return before === 'quoted' && (status === 'cancelled' || status === 'expired');
}

/** Whether the requester does not know yet how the order stands. A start tells what an earlier process did not. */
export function isUntold(order: Order): boolean {
  const { status, cards, told } = order;
  if (underWay.includes(status) || endedAsQuote(order)) return false;
  return told?.status !== status || told.cards < cards.length;
}

/** Whether news is worth a message of its own, where the requester's message can no longer be edited. */
export function isWorthAMessage(order: Order): boolean {
  // Codes that came speak for themselves, and only the requester cancels.
  return order.status !== 'delivered' && order.status !== 'cancelled' && !endedAsQuote(order);
}
