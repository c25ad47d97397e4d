import type { Clock } from '../clock.ts';
import { isGiven, isUntried } from './cards.ts';
import type { Flights } from './flights.ts';
import type { Order, Recipient } from './order.ts';
import type { OrderBook } from './order-book.ts';
import { noted } from './transitions.ts';

/** Cards of a campaign that were bought before anybody had claimed them. */
export interface Assigning {
  /**
   * Gives one card of an order's pool to somebody, for ever the same one, and brings it to them. Undefined when there is
   * none for them; where they have theirs by another order of the campaign, that order.
   */
  assign(id: string, user: string): Promise<Order | undefined>;
  /** Gives somebody all that is left in an order's pool by now, and brings it to them. */
  assignRest(id: string, user: string): Promise<Order>;
}

interface Parts {
  book: Pick<OrderBook, 'get' | 'revise'>;
  flights: Pick<Flights, 'fly'>;
  clock: Clock;
}

export function createAssigning({ book, flights, clock }: Parts): Assigning {
  /** A flight that was under way may have looked before the cards were theirs: the next one has not. */
  async function bring(given: Order, user: string): Promise<Order> {
    const order = await flights.fly(given.id, 'again');
    return isTried(order, given, user) ? order : flights.fly(given.id, 'again');
  }

  return {
    async assign(id, user) {
      const revision = await book.revise(id, (order) => withClaimed(order, user, clock.now()));
      if (!revision.ok) return book.get(revision.owner);
      const { order } = revision;
      return has(order, user) ? bring(order, user) : undefined;
    },
    async assignRest(id, user) {
      const { order } = await book.revise(id, (current) => withRest(current, user, clock.now()));
      return has(order, user) ? bring(order, user) : order;
    },
  };
}

const has = ({ cards }: Order, user: string) => cards.some(({ recipient }) => recipient === user);

/** Whether a message was tried with each card that was theirs by then. */
function isTried({ cards }: Order, given: Order, user: string): boolean {
  const theirs = given.cards.filter(({ recipient }) => recipient === user);
  return theirs.every(({ fingerprint }) =>
    cards.some((card) => card.fingerprint === fingerprint && isGiven(card) && !isUntried(card)),
  );
}

/** Cards go in their order, so that nobody's number for one changes when they get more. */
function withClaimed(order: Order, user: string, at: number): Order {
  const place = order.cards.findIndex((card) => !isGiven(card));
  if (place < 0 || has(order, user)) return order;
  const cards = order.cards.map((card, index) =>
    index === place ? { ...card, recipient: user } : card,
  );
  const recipients = [...order.recipients, { user, quantity: 1 }];
  return noted({ ...order, cards, recipients }, { at, by: user, why: 'claimed' });
}

/** They travel together. */
function withRest(order: Order, user: string, at: number): Order {
  const [first, ...others] = order.cards.filter((card) => !isGiven(card));
  if (!first) return order;
  const { parcel } = first;
  const cards = order.cards.map((card) =>
    isGiven(card) ? card : { ...card, recipient: user, parcel },
  );
  const recipients = withMore(order.recipients, user, others.length + 1);
  return noted({ ...order, cards, recipients }, { at, by: 'cardigan', why: 'left_over' });
}

/** Whoever has claimed one keeps that place in the campaign; for anybody else the rest takes none. */
function withMore(recipients: readonly Recipient[], user: string, quantity: number): Recipient[] {
  if (!recipients.some((each) => each.user === user))
    return [...recipients, { user, quantity, rest: true }];
  return recipients.map((each) =>
    each.user === user ? { ...each, quantity: each.quantity + quantity } : each,
  );
}
