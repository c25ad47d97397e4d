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
export const MOST_WAITING = 200;

/** Something that waits for somebody, as they may decide about it. */
export interface Listed {
  readonly actions: readonly string[];
  /** The approver in whose name they would approve it; nobody, when their approval counts already. */
  readonly voice?: string | undefined;
  /** Since when it waits for approval. */
  readonly askedAt: number;
}

/** An order that waits for somebody. */
export interface Waiting extends Listed {
  readonly order: Order;
  readonly actions: readonly Action[];
  /** Where its card stands, if it is known. */
  readonly card?: Place | undefined;
}

export interface WaitingPage<Other extends Listed = never> {
  /** From 0; the last one, where a later one was asked for. */
  readonly page: number;
  readonly pages: number;
  /** How much there is on all pages. */
  readonly total: number;
  readonly waiting: readonly (Waiting | Other)[];
}

export interface Awaiting {
  /**
   * What waits for this member in their guild, by themselves or as a delegate: the longest first, and at the end what
   * they have approved already. `others`: what waits beside orders, and has its place among them. Throws
   * `approvers_only`.
   */
  awaiting<Other extends Listed = never>(
    member: Member,
    page: { number: number; size: number },
    others?: readonly Other[],
  ): Promise<WaitingPage<Other>>;
}

export interface AwaitingParts {
  book: Pick<OrderBook, 'walk'>;
  rules: Pick<Rules, 'voicesOf'>;
  notices: Pick<Notices, 'cardOf'>;
  clock: Clock;
}

export function createAwaiting({ book, rules, notices, clock }: AwaitingParts): Awaiting {
  async function orders(viewer: Viewer, guild: string): Promise<Waiting[]> {
    const found: Waiting[] = [];
    // From the newest offer on, as the store has them: those at the end have waited longest.
    for await (const order of book.walk(`awaiting/${guild}`)) {
      const actions = openActions(order, viewer, clock.now());
      if (!actions.includes('reject')) continue;
      found.push({ order, actions, voice: voiceFor(order, viewer), askedAt: askedAt(order) });
      if (found.length > MOST_WAITING) found.shift();
    }
    return found;
  }

  async function withCard<Other extends Listed>(one: Waiting | Other): Promise<Waiting | Other> {
    return isOrder(one) ? { ...one, card: await notices.cardOf(one.order) } : one;
  }

  return {
    async awaiting(member, { number, size }, others = []) {
      const { guild, user } = member;
      const voices = await rules.voicesOf(member);
      if (voices.length === 0) throw new Problem('approvers_only', {});
      const all = [...(await orders({ user, voices }, guild)), ...others].sort(
        (a, b) => Number(isDone(a)) - Number(isDone(b)) || a.askedAt - b.askedAt,
      );
      const pages = Math.max(1, Math.ceil(all.length / size));
      // It may have got shorter since the button was drawn, and a button may be forged.
      const page = Math.max(0, Math.min(Math.trunc(number) || 0, pages - 1));
      const shown = all.slice(page * size, (page + 1) * size);
      return { page, pages, total: all.length, waiting: await Promise.all(shown.map(withCard)) };
    },
  };
}

const isOrder = (listed: Listed): listed is Waiting => 'order' in listed;

/** Somebody else has to decide now. */
const isDone = ({ actions }: Listed) => !actions.includes('approve');

/** Since when an order waits for approval. */
export function askedAt({ history }: Pick<Order, 'history'>): number {
  return history.find(({ status }) => status === 'awaiting_approval')?.at ?? 0;
}
