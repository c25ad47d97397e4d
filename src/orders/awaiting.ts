import type { Clock } from '../clock.ts';
import { Problem } from '../problem.ts';
import type { Action, Viewer } from './actions.ts';
import { openActions, voiceFor } from './actions.ts';
import type { Place } from './notice.ts';
import type { Notices } from './notices.ts';
import type { Member, Order } from './order.ts';
import type { OrderBook } from './order-book.ts';
import type { Rules } from './rules.ts';

/** More than these are not kept while the list is read: the others move up as these are decided. */
const MOST = 200;

/** An order that waits for somebody, as they may decide about it. */
export interface Waiting {
  readonly order: Order;
  readonly actions: readonly Action[];
  /** The approver in whose name they would approve it; nobody, when their approval counts already. */
  readonly voice?: string | undefined;
  /** Where its card stands, if it is known. */
  readonly card?: Place | undefined;
}

export interface WaitingPage {
  /** From 0; the last one, where a later one was asked for. */
  readonly page: number;
  readonly pages: number;
  /** How many orders there are on all pages. */
  readonly total: number;
  readonly waiting: readonly Waiting[];
}

export interface Awaiting {
  /**
   * What waits for this member in their guild, by themselves or as a delegate: the longest first, and at the end what
   * they have approved already. Throws `approvers_only`.
   */
  awaiting(member: Member, page: { number: number; size: number }): Promise<WaitingPage>;
}

export interface AwaitingParts {
  book: Pick<OrderBook, 'walk'>;
  rules: Pick<Rules, 'voicesOf'>;
  notices: Pick<Notices, 'cardOf'>;
  clock: Clock;
}

export function createAwaiting({ book, rules, notices, clock }: AwaitingParts): Awaiting {
  async function longest(viewer: Viewer, guild: string): Promise<Waiting[]> {
    const found: Waiting[] = [];
    // From the newest offer on, as the store has them: those at the end have waited longest.
    for await (const order of book.walk(`awaiting/${guild}`)) {
      const actions = openActions(order, viewer, clock.now());
      if (!actions.includes('reject')) continue;
      found.push({ order, actions, voice: voiceFor(order, viewer) });
      if (found.length > MOST) found.shift();
    }
    return found.sort(
      (a, b) => Number(isDone(a)) - Number(isDone(b)) || askedAt(a.order) - askedAt(b.order),
    );
  }

  return {
    async awaiting(member, { number, size }) {
      const { guild, user } = member;
      const voices = await rules.voicesOf(member);
      if (voices.length === 0) throw new Problem('approvers_only', {});
      const all = await longest({ user, voices }, guild);
      const pages = Math.max(1, Math.ceil(all.length / size));
      // It may have got shorter since the button was drawn, and a button may be forged.
      const page = Math.max(0, Math.min(Math.trunc(number) || 0, pages - 1));
      const shown = all.slice(page * size, (page + 1) * size);
      const cards = await Promise.all(shown.map(({ order }) => notices.cardOf(order)));
      const waiting = shown.map((each, index) => ({ ...each, card: cards[index] }));
      return { page, pages, total: all.length, waiting };
    },
  };
}

/** Somebody else has to decide now. */
const isDone = ({ actions }: Waiting) => !actions.includes('approve');

/** Since when an order waits for approval. */
export function askedAt({ history }: Pick<Order, 'history'>): number {
  return history.find(({ status }) => status === 'awaiting_approval')?.at ?? 0;
}
