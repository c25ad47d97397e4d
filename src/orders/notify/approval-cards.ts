import type { Clock } from '../../lib/index.ts';
import { type Records, walk } from '../../store/index.ts';
import type { About, Notice } from '../model/notice.ts';
import type { Order } from '../model/order.ts';
import { isQuiet, remindersDue } from '../model/reminders.ts';
import type { OrderBook } from '../repository.ts';
import { contentWith } from './notice-content.ts';
import { approvalKey, reminderKey, stateOf } from './notice-state.ts';

/** Lists notices of orders that wait for approval, which say what they should as far as anybody knows. */
export const STANDING = 'standing';
/** They stand for days, and a press is shown at once: this finds what a crash has left, and when to remind. */
const SEEN_EVERY_MS = 60_000;

interface Parts {
  records: Records<Notice>;
  book: OrderBook;
  tell(key: string, about: About): Promise<void>;
  /** Makes a notice true, if it is not. */
  bring(notice: Notice): Promise<void>;
  clock: Clock;
}

/** The cards of approvals and their reminders: which there are to be, and whether they are true. */
export function createApprovalNotices({ records, book, tell, bring, clock }: Parts) {
  let seenAt = Number.NEGATIVE_INFINITY;

  const tellOf = ({ id }: Order) => tell(approvalKey(id), { kind: 'approval', order: id });

  async function waitingOrders(): Promise<Map<string, Order>> {
    const waiting = new Map<string, Order>();
    for await (const order of book.walk('awaiting')) waiting.set(order.id, order);
    return waiting;
  }

  /** Reads its order again only where its message would have to change. */
  async function see(notice: Notice, order: Order | undefined): Promise<void> {
    const content = order && contentWith(notice, order, clock.now());
    if (!content || stateOf(content) !== notice.says) await bring(notice);
  }

  /** After a pause the newest reminder alone is told. */
  async function remind(order: Order, { place: card }: Notice, known: Set<string>) {
    const number = remindersDue(order, clock.now());
    const key = reminderKey(order.id, number);
    if (number === 0 || !card || known.has(key) || isQuiet(order, clock.now())) return;
    await tell(key, { kind: 'reminder', order: order.id, number, card });
  }

  /** What there is to be follows from the orders: no crash can come between an order and its card. */
  async function lookAfter(): Promise<void> {
    const waiting = await waitingOrders();
    const known = new Set<string>();
    const cards = new Map<string, Notice>();
    for await (const notice of walk(records, STANDING)) {
      const { key, about } = notice;
      known.add(key);
      if (!('order' in about)) continue;
      if (about.kind === 'approval') cards.set(about.order, notice);
      await see(notice, waiting.get(about.order));
    }
    for (const order of waiting.values()) {
      const card = cards.get(order.id);
      if (card) await remind(order, card, known);
      else await tellOf(order);
    }
  }

  return {
    async round(): Promise<void> {
      if (clock.now() < seenAt + SEEN_EVERY_MS) return;
      seenAt = clock.now();
      await lookAfter();
    },
    /** Has the card put up, or made true, now, and the reminder that is up. */
    async bringOf(order: Order): Promise<void> {
      if (order.status === 'awaiting_approval') await tellOf(order);
      const number = remindersDue(order, clock.now());
      const keys = [approvalKey(order.id), ...(number > 0 ? [reminderKey(order.id, number)] : [])];
      for (const key of keys) {
        const notice = await records.get(key);
        if (notice) await bring(notice);
      }
    },
  };
}
