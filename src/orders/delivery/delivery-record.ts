import type { Card, Order } from '../model/order.ts';

/** How the cards of one recipient stand: counts and times, never a code. */
export interface RecipientRecord {
  readonly user: string;
  readonly cards: number;
  /** How many are in their hands, and since when all of these. */
  readonly received: { readonly count: number; readonly at: number } | undefined;
  readonly waiting: number;
  /** Paid for, and not handed over by CardPlusPay yet. */
  readonly toCome: number;
  readonly lastMessage: Pick<NonNullable<Card['posted']>, 'how' | 'at'> | undefined;
  /** When the codes were last shown to them. */
  readonly shownAt: number | undefined;
}

/** What is on record of the delivery, for people who may not see the codes. */
export function deliveryRecord({ recipients, cards, history }: Order): RecipientRecord[] {
  return recipients.map(({ user, quantity }) => {
    const theirs = cards.filter(({ recipient }) => recipient === user);
    const times = theirs.flatMap(({ deliveredAt }) => deliveredAt ?? []);
    const messages = theirs.flatMap(({ posted }) => posted ?? []);
    const reveal = history.findLast(({ why, by }) => why === 'revealed' && by === user);
    return {
      user,
      cards: Math.max(quantity, theirs.length),
      received: times.length > 0 ? { count: times.length, at: Math.max(...times) } : undefined,
      waiting: theirs.length - times.length,
      toCome: Math.max(0, quantity - theirs.length),
      lastMessage: messages.toSorted((a, b) => a.at - b.at).at(-1),
      shownAt: reveal?.at,
    };
  });
}
