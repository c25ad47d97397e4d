import type { Card, Order, Status } from './order.ts';
import { missingCards } from './order.ts';
import type { StepTaken } from './transitions.ts';
import { noted, transition } from './transitions.ts';

/**
 * Who gets the codes that have no recipient yet: recipients are served in their order, each up to their
 * quantity. Each recipient's go into one parcel, with a number that no other has, fixed before the first direct message.
 */
export function assignCards(order: Order, fingerprints: readonly string[]): Card[] {
  const known = new Set(order.cards.map((card) => card.fingerprint));
  const newest = Math.max(-1, ...order.cards.map((card) => card.parcel));
  const parcels = new Map<string, number>();
  const cards = [...order.cards];
  for (const fingerprint of new Set(fingerprints.filter((each) => !known.has(each)))) {
    const recipient = order.recipients.find(
      ({ user, quantity }) => cards.filter((card) => card.recipient === user).length < quantity,
    );
    // More codes than were ordered: they are paid for, so the last recipient has them.
    const user = recipient?.user ?? order.recipients.at(-1)?.user ?? order.requester;
    const parcel = parcels.get(user) ?? newest + parcels.size + 1;
    parcels.set(user, parcel);
    cards.push({ fingerprint, recipient: user, parcel });
  }
  return cards;
}

/** What the order becomes as its cards stand now. `allTried`: nothing is on its way to a recipient any more. */
function statusByCards(order: Order, allTried: boolean): Status {
  if (missingCards(order) > 0) return order.status;
  if (order.cards.every((card) => card.deliveredAt !== undefined)) return 'delivered';
  return allTried ? 'held' : order.status;
}

/** The order after a step of its delivery: its status follows from its cards. */
export function stepped(order: Order, step: StepTaken, allTried: boolean): Order {
  const status = statusByCards(order, allTried);
  return status === order.status ? noted(order, step) : transition(order, status, step);
}

/** The order once `user` has the cards with these fingerprints; the same order where that is no news. */
export function withReceived(
  order: Order,
  user: string,
  at: number,
  received: ReadonlySet<string>,
): Order {
  const isNews = (card: Card) =>
    received.has(card.fingerprint) && card.recipient === user && card.deliveredAt === undefined;
  if (!order.cards.some(isNews)) return order;
  const cards = order.cards.map((card) => (isNews(card) ? { ...card, deliveredAt: at } : card));
  return { ...order, cards };
}

/** The parcels that still have to travel. A parcel's number is its own: no two recipients share one. */
export function waitingParcels({ cards }: Order) {
  const waiting = cards.filter((card) => card.deliveredAt === undefined);
  const parcels = Map.groupBy(waiting, (card) => card.parcel);
  return [...parcels].map(([number, cards]) => {
    const recipient = (cards[0] as Card).recipient;
    return { number, recipient, cards };
  });
}
