import { type CardPlusPay, CardPlusPayError, type OrderCode } from '../../cardpluspay/index.ts';
import { asking } from '../../catalog/index.ts';
import { type Clock, type Member, Problem } from '../../lib/index.ts';
import type { Card, Order } from '../model/order.ts';
import { openActions } from '../model/permissions.ts';
import { type Code, toCode } from '../model/raw-answer.ts';
import { noted } from '../model/state-machine.ts';
import type { Telling } from '../notify/requester.ts';
import type { OrderBook } from '../repository.ts';
import type { Delivering } from './deliver.ts';

/** One recipient's codes, on their way to an ephemeral message that nobody else sees. */
export interface Revealed {
  readonly order: Order;
  readonly recipient: string;
  readonly codes: readonly Code[];
  /** By which its recipient knows each of these cards, from 1: the same as in their direct messages. */
  readonly numbers: readonly number[];
  /** How many of their cards CardPlusPay does not show any more, now that the codes are no longer kept here. */
  readonly gone: number;
}

interface Parts {
  book: OrderBook;
  delivering: Delivering;
  telling: Telling;
  recall: Recall;
  fingerprint(code: string): string;
  clock: Clock;
}

const ONE_REVEAL_LASTS_MS = 60_000;

/** Pressing again within a minute is the same reveal: the record must not grow with every press. */
function isJustRevealed({ history }: Order, { at, by }: { at: number; by: string }): boolean {
  const last = history.findLast(({ why }) => why === 'revealed');
  return last?.by === by && at - last.at < ONE_REVEAL_LASTS_MS;
}

export function createRevealing({ book, delivering, telling, recall, fingerprint, clock }: Parts) {
  /** What is kept here comes first, also where the record says that it is about to be purged. */
  async function codesOf(order: Order, user: string): Promise<Code[]> {
    const kept = await delivering.codesOf(order, user);
    return kept.length > 0 || order.purgedAt === undefined ? kept : recall(order, user);
  }

  return {
    /** Recorded before anything is shown: a reveal that nobody knows of must not be. */
    async reveal(id: string, member: Member): Promise<Revealed> {
      const known = await book.get(id);
      if (!known) throw new Problem('order_unknown', {});
      if (!known.recipients.some(({ user }) => user === member.user)) {
        throw new Problem('not_yours', {});
      }
      const mayReveal = openActions(known, member, clock.now()).includes('reveal');
      const codes = mayReveal ? await codesOf(known, member.user) : [];
      if (codes.length === 0) throw nothingToShow(known);
      const theirs = known.cards.filter(({ recipient }) => recipient === member.user);
      const step = { at: clock.now(), by: member.user, why: 'revealed' as const };
      const { order } = await book.revise(id, (current) =>
        isJustRevealed(current, step) ? current : noted(current, step),
      );
      const gone = known.purgedAt === undefined ? 0 : theirs.length - codes.length;
      const places = theirs.map((card) => card.fingerprint);
      const numbers = codes.map(({ code }) => places.indexOf(fingerprint(code)) + 1);
      return { order, recipient: member.user, codes, numbers, gone };
    },

    async seen({ order: { id }, recipient, codes }: Revealed): Promise<Order> {
      const order = await delivering.recordReceived(id, recipient, codes);
      // Who sent them to somebody else did not see it.
      return telling.tell(order, recipient === order.requester ? 'quietly' : undefined);
    },
  };
}

function nothingToShow({ reference, purgedAt, remote }: Order): Problem {
  if (purgedAt === undefined || !remote) return new Problem('nothing_to_reveal', { reference });
  const number = remote.orderNo ?? String(remote.orderId);
  return new Problem('codes_gone', { reference, number });
}

interface RecallingParts {
  giftCards: Pick<CardPlusPay, 'order'>;
  fingerprint(code: string): string;
}

/** The codes of one recipient from CardPlusPay, once they are no longer kept here. Throws a Problem when it cannot be asked. */
export type Recall = (order: Order, user: string) => Promise<Code[]>;

/** What CardPlusPay shows is matched by fingerprint alone: whatever belongs to no card of this recipient is not theirs. */
export function createRecalling({ giftCards, fingerprint }: RecallingParts): Recall {
  async function shown(orderId: number): Promise<OrderCode[]> {
    try {
      const placed = await giftCards.order(orderId);
      // Codes of another order are somebody else's.
      if (placed.orderId !== orderId) throw new Problem('vendor_unreadable', {});
      return placed.codes;
    } catch (error) {
      if (error instanceof CardPlusPayError && error.code === 'not_found') return [];
      throw error;
    }
  }

  return async ({ remote, cards }, user) => {
    if (!remote) return [];
    const codes = await asking(shown(remote.orderId));
    const byFingerprint = new Map(codes.map((code) => [fingerprint(code.code), toCode(code)]));
    return cards.flatMap((card) => {
      const code = card.recipient === user && byFingerprint.get(card.fingerprint);
      return code ? [withLack(code, card)] : [];
    });
  };
}

function withLack(code: Code, { more }: Card): Code {
  if (code.metadata.length > 0 || more === undefined) return code;
  return { ...code, lacks: more === 'came' ? 'not_kept' : 'never_shown' };
}
