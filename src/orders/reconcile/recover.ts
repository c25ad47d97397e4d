import type { Clock, Log } from '../../lib/index.ts';
import { approvalEndsAt, type Ledger } from '../../policy/index.ts';
import type { Vault } from '../../store/index.ts';
import { isUntold } from '../model/news.ts';
import type { Order, Status } from '../model/order.ts';
import { type Effort, isUndelivered } from '../model/parcels.ts';
import { rawAnswer, type SealedAnswer } from '../model/raw-answer.ts';
import { type LookLimits, landedAt } from '../model/retry-schedule.ts';
import type { Telling } from '../notify/requester.ts';
import {
  type Concluding,
  type LooseEnds,
  type Outcome,
  outcomeOfSealed,
} from '../purchase/outcome.ts';
import type { Listing, OrderBook } from '../repository.ts';

interface Parts {
  book: OrderBook;
  vault: Vault<SealedAnswer>;
  concluding: Concluding;
  ledger: Ledger;
  looseEnds: LooseEnds;
  telling: Telling;
  clock: Clock;
  log: Log;
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
   * Brings the days' totals and the budgets in line with orders whose end was not settled, then walks a list of
   * orders and takes up each where its stored status left it. Gives the looks at CardPlusPay that it began, none of
   * which rejects: they take as long as CardPlusPay does, and need not be waited for.
   */
  takeUp(listing: Listing): Promise<Promise<void>[]>;
}

export function createRecovering(parts: Parts): Recovering {
  const { book, vault, concluding, ledger, looseEnds, telling, clock, log } = parts;

  async function outcomeInVault({ id }: Order): Promise<Outcome> {
    const sealed = await vault.open(id);
    return outcomeOfSealed(sealed && rawAnswer(sealed));
  }

  async function conclude(order: Order): Promise<void> {
    const known = looseEnds.outcomeOf(order);
    if (known === undefined && !hasLanded(order)) return;
    const isKnown = known !== undefined && known !== 'sealed';
    const outcome = isKnown ? known : await outcomeInVault(order);
    const concluded = await concluding.conclude(order.id, outcome);
    if (concluded.status === 'bought') parts.carryOn(concluded, 'anew');
    else if (concluded.status !== order.status) telling.tellSoon(concluded);
  }

  /** Another process may be at it, and a try of its POST may be on its way: only then is it known to be over. */
  const hasLanded = (order: Order) =>
    parts.ownsStore || clock.now() >= landedAt(order, parts.limits);

  const byStatus: Partial<Record<Status, (order: Order) => Promise<void> | void>> = {
    quoted: async (order) => {
      if (clock.now() >= order.quote.expiresAt) await concluding.end(order, 'expired', 'too_late');
    },
    awaiting_approval: async (order) => {
      if (clock.now() < approvalEndsAt(order)) return;
      telling.tellSoon(await concluding.end(order, 'expired', 'too_late'));
    },
    approved: (order) => parts.carryOn(order, 'anew'),
    buying: conclude,
  };

  async function recover(order: Order, listing: Listing): Promise<void> {
    try {
      await byStatus[order.status]?.(order);
      // A start tries once more to reach who could not be reached; a running process does not write again and again.
      const isToDeliver = order.status === 'bought' && listing === 'open';
      if (isToDeliver || isUndelivered(order)) parts.carryOn(order, isToDeliver ? 'anew' : 'again');
      // An earlier process did not come to it. A running one tells by itself what it has done.
      else if (isUntold(order) && listing === 'open') telling.tellSoon(order, 'mayBeOut');
    } catch (error) {
      // One order that cannot be taken up must not keep the others from it.
      log.error({ order: order.id, err: error }, 'an open order could not be taken up');
    }
  }

  async function takeUp(listing: Listing): Promise<Promise<void>[]> {
    await settleLeftovers();
    const looks: Promise<void>[] = [];
    for await (const order of book.walk(listing)) {
      if (parts.isInFlight(order.id)) continue;
      await recover(order, listing);
      looks.push(parts.look(order));
    }
    return looks;
  }

  async function settleLeftovers(): Promise<void> {
    for await (const hold of ledger.holds()) {
      const order = await book.get(hold.order);
      if (order) await concluding.settleHold(hold, order);
    }
  }

  return { takeUp };
}
