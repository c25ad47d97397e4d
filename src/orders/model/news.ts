import type { Order, Status } from './order.ts';
import type { Announcement } from './ports.ts';

/** Something is still to happen at once: what comes of it is the news. */
const underWay: readonly Status[] = ['quoted', 'awaiting_approval', 'approved', 'buying'];

/** A quote that nobody confirmed: its buttons say that it is over. */
function endedAsQuote({ status, history }: Order): boolean {
  const before = history.findLast((step) => step.status !== status)?.status;
  return before === 'quoted' && (status === 'cancelled' || status === 'expired');
}

/** Others have approved it, and what comes of it is still to come: that is news too. */
export function isApprovedByOthers({ status, approval }: Order): boolean {
  return approval !== undefined && (status === 'approved' || status === 'buying');
}

/**
 * Whether the requester does not know yet how the order stands. A start tells what an earlier process did not. Of a part
 * of a campaign they hear by the campaign's own messages.
 */
export function isUntold(order: Order): boolean {
  const { status, cards, told, campaign } = order;
  if (campaign) return false;
  if (isApprovedByOthers(order)) return told === undefined;
  if (underWay.includes(status) || endedAsQuote(order)) return false;
  return told?.status !== status || told.cards < cards.length;
}

/** What the requester knows once they are told how the order stands. */
export function toldOf(order: Order): NonNullable<Order['told']> {
  const { status, cards } = order;
  return { status: isApprovedByOthers(order) ? 'approved' : status, cards: cards.length };
}

/** What is said of a gift where it was sent, once for each. */
export function announcementOf({ status, gift, cards }: Order): Announcement | undefined {
  if (!gift) return undefined;
  const isUnsent = cards.some(({ posted }) => posted?.how === 'closed' || posted?.how === 'withheld');
  if (status === 'held') return isUnsent ? 'waits' : undefined;
  return status === 'delivered' && gift.receipt === 'public' ? 'arrived' : undefined;
}

/** Whether news is worth a message of its own, where the requester's message can no longer be edited. */
export function isWorthAMessage(order: Order): boolean {
  // Codes that came speak for themselves, but do not say who approved them, and go past who sends them to somebody
  // else; who cancels it themselves knows.
  if (order.status === 'delivered' && order.gift === undefined)
    return order.approval !== undefined && order.told === undefined;
  const isCancelledByThem = order.status === 'cancelled' && order.history.at(-1)?.by === order.requester;
  return !isCancelledByThem && !endedAsQuote(order);
}

/**
 * Whether news comes by a message of its own in any case: who asked others waits for their answer, and does not go on
 * looking at a message that only they see.
 */
export function isAwaited(order: Order): boolean {
  return order.approval !== undefined && isWorthAMessage(order);
}

/** So long after the approval of an order its requester may still look at the message that told of it: later news pings. */
const ONE_MESSAGE_FOR_MS = 15 * 60_000;

/**
 * Whether what comes of an order is said in the direct message that told of its approval, in place of what that says: so
 * they have one message, which says how it went, and not two.
 */
export function isToldInPlace({ approval, approvedAt, toldIn }: Order, now: number): boolean {
  return (
    approval !== undefined && approvedAt !== undefined && toldIn !== undefined && now < approvedAt + ONE_MESSAGE_FOR_MS
  );
}
