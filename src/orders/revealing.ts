import type { Clock } from '../clock.ts';
import { Problem } from '../problem.ts';
import { openActions } from './actions.ts';
import type { Delivering } from './delivering.ts';
import type { Member, Order } from './order.ts';
import type { OrderBook } from './order-book.ts';
import type { Recall } from './recalling.ts';
import type { Code } from './sealed-answer.ts';
import type { Telling } from './telling.ts';
import { noted } from './transitions.ts';

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
