import type { Clock } from '../clock.ts';
import type { Vault } from '../store/vault.ts';
import type { Effort } from './cards.ts';
import { isUndelivered } from './cards.ts';
import type { Concluding } from './concluding.ts';
import { outcomeOfSealed } from './concluding.ts';
import type { DayTotals } from './day-totals.ts';
import type { LookLimits } from './looking.ts';
import { landedAt } from './looking.ts';
import type { Order, Status } from './order.ts';
import { dayOf } from './order.ts';
import type { Listing, OrderBook } from './order-book.ts';
import type { Mailbox, OrderLog } from './ports.ts';
import type { SealedAnswer } from './sealed-answer.ts';
import { rawAnswer } from './sealed-answer.ts';

interface Parts {
  book: OrderBook;
  vault: Vault<SealedAnswer>;
  concluding: Concluding;
  dayTotals: DayTotals;
  mailbox: Mailbox;
  clock: Clock;
  log: OrderLog;
  /** No other process can have the store: what is under way and not in flight here has died with its process. */
  ownsStore: boolean;
  limits: LookLimits;
  /** Looks at CardPlusPay for an order, if it is time to. */
  look(order: Order): Promise<void>;
  isInFlight(id: string): boolean;
  /** Buys an approved order, or delivers a bought one, in the background. */
  carryOn(order: Order, effort: Effort): void;
}

export interface Recovering {
  /**
   * Brings the totals of today and yesterday in line with orders whose end was not settled, then walks a list of
   * orders and takes up each where its stored status left it. Gives the looks at CardPlusPay that it began, none of
   * which rejects: they take as long as CardPlusPay does, and need not be waited for.
   */
  takeUp(listing: Listing): Promise<Promise<void>[]>;
}

const DAY_MS = 24 * 60 * 60_000;

export function createRecovering(parts: Parts): Recovering {
  const { book, vault, concluding, dayTotals, clock, log } = parts;

  async function concludeSealed(order: Order): Promise<void> {
    const sealed = await vault.open(order.id);
    const outcome = outcomeOfSealed(sealed && rawAnswer(sealed));
    const concluded = await concluding.conclude(order.id, outcome);
    if (concluded.status === 'bought') parts.carryOn(concluded, 'anew');
    else if (concluded.status !== order.status) await parts.mailbox.tell(concluded);
  }

  /** Another process may be at it, and a try of its POST may be on its way: only then is it known to be over. */
  const hasLanded = (order: Order) =>
    parts.ownsStore || clock.now() >= landedAt(order, parts.limits);

  const byStatus: Partial<Record<Status, (order: Order) => Promise<void> | void>> = {
    quoted: async (order) => {
      if (clock.now() >= order.quote.expiresAt) await concluding.end(order, 'expired', 'too_late');
    },
    approved: (order) => parts.carryOn(order, 'anew'),
    buying: async (order) => {
      if (hasLanded(order)) await concludeSealed(order);
    },
  };

  async function recover(order: Order, listing: Listing): Promise<void> {
    try {
      await byStatus[order.status]?.(order);
      // A start tries once more to reach who could not be reached; a running process does not write again and again.
      const isToDeliver = order.status === 'bought' && listing === 'open';
      if (isToDeliver || isUndelivered(order)) parts.carryOn(order, isToDeliver ? 'anew' : 'again');
    } catch (error) {
      // One order that cannot be taken up must not keep the others from it.
      log.error({ order: order.id, err: error }, 'an open order could not be taken up');
    }
  }

  async function takeUp(listing: Listing): Promise<Promise<void>[]> {
    await settleLeftovers();
    const looks: Promise<void>[] = [];
    let before: string | undefined;
    do {
      const page = await book.listed(listing, {
        limit: 50,
        ...(before !== undefined && { before }),
      });
      for (const order of page.orders) {
        if (parts.isInFlight(order.id)) continue;
        await recover(order, listing);
        looks.push(parts.look(order));
      }
      before = page.next;
    } while (before !== undefined);
    return looks;
  }

  async function settleLeftovers(): Promise<void> {
    for (const at of [clock.now() - DAY_MS, clock.now()]) {
      for (const id of await dayTotals.holders(dayOf(at))) {
        const order = await book.get(id);
        if (order) await concluding.settle(order);
      }
    }
  }

  return { takeUp };
}
