import { type CardPlusPay, CardPlusPayError } from '../cardpluspay/index.ts';
import { type Clock, type Log, type Member, Problem } from '../lib/index.ts';
import type { Breakages, Rules } from '../policy/index.ts';
import type { Records, Store } from '../store/index.ts';
import type { Case } from './model/case.ts';
import type { RandomBytes } from './model/ids.ts';
import { createStops, type Stop, stopSchema } from './model/kill-switch.ts';
import { noticeSchema } from './model/notice.ts';
import type { NoticeBoard } from './model/ports.ts';
import { createNotices } from './notify/notices.ts';
import { createGate } from './purchase/circuit-breaker.ts';
import { comparisonSchema, createBooks } from './reconcile/account.ts';
import type { OrderBook } from './repository.ts';

interface Parts {
  store: Store;
  book: OrderBook;
  giftCards: CardPlusPay;
  board: NoticeBoard;
  breakages: Breakages;
  rules: Pick<Rules, 'termsOf'>;
  cases: Records<Case>;
  clock: Clock;
  random: RandomBytes;
  log: Log;
}

/** What admins can do about all purchases. Each of those throws a Problem for whoever is no admin. */
export interface StopAndResume {
  stopPurchases(member: Member, reason?: string): Promise<{ stop: Stop; isNew: boolean }>;
  /** Ends the stop with that id, or the one that is in force. Throws `not_stopped` when there is none. */
  resumePurchases(member: Member, id?: string): Promise<{ stop: Stop; isNew: boolean }>;
  /** The stop because of which nothing is bought now, if there is one. For anybody. */
  stopInForce(): Promise<Stop | undefined>;
}

export type Oversight = ReturnType<typeof createOversight>;

/** What concerns the account as a whole: its books, the stop of all purchases, and what admins are told. */
export function createOversight(parts: Parts) {
  const { store, book, giftCards, board, breakages, rules, cases, clock, random, log } = parts;
  const stops = createStops({ records: store.records('stops', stopSchema), clock, random });
  const notices = createNotices({
    ...{ book, stops, breakages, rules, cases, board, clock, log },
    records: store.records('notices', noticeSchema),
  });
  const books = createBooks({
    ...{ book, giftCards, notices, stops, clock, log },
    records: store.records('books', comparisonSchema),
  });
  const gate = createGate({ book, stops, clock, log });

  async function compareIfDue(): Promise<void> {
    if (!books.isDue()) return;
    try {
      await books.compare();
    } catch (err) {
      if (!(err instanceof CardPlusPayError)) throw err;
      log.warn({ err }, "CardPlusPay's order list could not be compared; it is tried again");
    }
  }

  const commands: StopAndResume = {
    async stopPurchases(member, reason) {
      if (!member.isAdmin) throw new Problem('admins_only', {});
      const stopped = await stops.stop(member.user, 'asked', reason);
      log.warn({ stop: stopped.stop.id, by: member.user }, 'purchases are stopped');
      return stopped;
    },
    async resumePurchases(member, id) {
      if (!member.isAdmin) throw new Problem('admins_only', {});
      const wanted = id ?? (await stops.current())?.id;
      const resumed = wanted === undefined ? undefined : await stops.resume(wanted, member.user);
      if (!resumed) throw new Problem('not_stopped', {});
      log.warn({ stop: resumed.stop.id, by: member.user }, 'purchases are resumed');
      return resumed;
    },
    stopInForce: stops.current,
  };

  return {
    ...{ books, gate, notices, commands },
    /** Every few seconds: sees that purchases stop when they should, compares the books, and tells admins. */
    async round(): Promise<void> {
      await gate();
      // CardPlusPay may be slow: what admins are to know does not wait for it.
      await Promise.all([compareIfDue(), notices.round()]);
    },
  };
}
