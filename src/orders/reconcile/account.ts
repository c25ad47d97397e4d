import { z } from 'zod';
import type { CardPlusPay, RemoteOrder } from '../../cardpluspay/index.ts';
import { type Clock, compare, isMoreThan, type Log, money } from '../../lib/index.ts';
import type { Records } from '../../store/index.ts';
import type { Stops } from '../model/kill-switch.ts';
import type { Order, Remote } from '../model/order.ts';
import type { Notices } from '../notify/notices.ts';
import type { OrderBook } from '../repository.ts';
import { newSince } from './match.ts';
import { readOrderList } from './search.ts';

/** A row of CardPlusPay's list, as far as it is compared. */
export const rowSchema = z.object({
  orderId: z.int().positive(),
  orderNo: z.string().optional(),
  charged: z.string().optional(),
  createdAt: z.string().optional(),
});
export type Row = z.infer<typeof rowSchema>;

/** `waiting`: rows that may belong to an order here whose outcome is still open. `strangers`: rows that nobody knew of. */
export interface Compared {
  readonly waiting: Row[];
  readonly strangers: Stranger[];
}
interface Stranger {
  readonly row: Row;
  readonly charged: Remote['charged'] | undefined;
  /** References of lost orders here that it may be, although what it cost differs. */
  readonly perhaps: string[];
}

interface Parts {
  book: OrderBook;
  giftCards: Pick<CardPlusPay, 'balance'>;
  notices: Notices;
}

/** Compares rows of CardPlusPay's list with what is on record here, and tells admins where amounts are wrong. */
export function createComparing({ book, giftCards, notices }: Parts) {
  async function lostOrders(): Promise<Order[]> {
    const orders: Order[] = [];
    for await (const order of book.walk('open')) if (mayBeOut(order)) orders.push(order);
    return orders;
  }

  async function compareAmounts(order: Order, row: Row): Promise<void> {
    const { remote, quote } = order;
    if (!remote) return;
    if (isMoreThan(remote.charged, quote.charged)) {
      await notices.tell(`charged-more/${order.id}`, { kind: 'charged_more', order: order.id });
    }
    if (row.charged === undefined) return;
    const listed: Remote = { ...remote, charged: money(row.charged, remote.charged.currency) };
    if (compare(listed.charged, remote.charged) === 0) return;
    await notices.tell(`amount/${row.orderId}`, {
      kind: 'amount_differs',
      order: order.id,
      listed,
    });
  }

  return {
    async compare(rows: readonly Row[]): Promise<Compared> {
      const compared: Compared = { waiting: [], strangers: [] };
      const lost = rows.length > 0 ? await lostOrders() : [];
      for (const row of rows) {
        const owner = await book.holder(`remote/${row.orderId}`);
        const order = owner === undefined ? undefined : await book.get(owner);
        const mayBe = lost.filter(({ attempt }) => row.orderId > (attempt?.watermark ?? 0));
        if (order) await compareAmounts(order, row);
        else if (mayBe.some((each) => isAwaited(each, row))) compared.waiting.push(row);
        else if (!(await notices.isTold(strangerKey(row)))) {
          const charged = await chargedFor(row);
          const perhaps = mayBe.map(({ reference }) => reference);
          compared.strangers.push({ row, charged, perhaps });
        }
      }
      return compared;
    },

    async tell({ row, charged, perhaps }: Stranger): Promise<void> {
      const { charged: _, ...rest } = row;
      const stranger = { ...rest, ...(charged && { charged }) };
      await notices.tell(strangerKey(row), { kind: 'stranger', stranger, perhaps });
    },
  };

  async function chargedFor({ charged }: Row) {
    return charged === undefined ? undefined : money(charged, (await giftCards.balance()).currency);
  }
}

const strangerKey = ({ orderId }: Row): string => `stranger/${orderId}`;

/** Its POST may be out, or may have come to an order at CardPlusPay that nobody has told it of. */
function mayBeOut({ status, remote }: Order): boolean {
  const isLost = status === 'unconfirmed' || status === 'not_found' || status === 'needs_review';
  return status === 'buying' || (isLost && !remote);
}

/** Sooner or later somebody says whether this row is that order: until then it is no stranger. */
function isAwaited({ status, quote }: Order, { charged }: Row): boolean {
  if (status === 'buying' || charged === undefined) return true;
  return compare(money(charged, quote.charged.currency), quote.charged) === 0;
}

export function toRow({ orderId, orderNo, charged, createdAt }: RemoteOrder): Row {
  return { orderId, orderNo, charged, createdAt };
}

const markSchema = z.object({
  at: z.number(),
  /** The highest order id that the list had then. */
  upTo: z.int().min(0),
});

/** How far CardPlusPay's list was compared with what is on record here. */
export const comparisonSchema = z.object({
  version: z.int().min(1),
  /** Of the last comparisons, oldest first. */
  marks: z.array(markSchema).min(1),
  /** Orders that may belong to one here whose outcome is still open: looked at again next time. */
  waiting: z.array(rowSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;
type Mark = z.infer<typeof markSchema>;

const KEY = 'account';
const COMPARE_EVERY_MS = 10 * 60_000;
/** The list may show an order only some time after a later one: so far back it is compared once more. */
const LISTED_WITHIN_MS = 60 * 60_000;

export interface Books {
  /**
   * Compares what CardPlusPay has with what is on record, since the last comparison. The first of this process stops all
   * purchases when there is an order that nobody here knows: the store may be an old copy, or another bot has the key.
   * Rejects with CardPlusPayError when the list could not be read whole.
   */
  compare(): Promise<void>;
  /** Sees that this process has compared once, before it buys anything. */
  ready(): Promise<void>;
  isDue(): boolean;
}

interface BooksParts {
  records: Records<Comparison>;
  book: OrderBook;
  giftCards: Pick<CardPlusPay, 'orders' | 'balance'>;
  notices: Notices;
  stops: Stops;
  clock: Clock;
  log: Log;
}

export function createBooks(parts: BooksParts): Books {
  const { records, giftCards, stops, clock, log } = parts;
  const comparing = createComparing(parts);
  let comparedAt: number | undefined;
  let running: Promise<void> | undefined;

  async function compareOnce(): Promise<void> {
    const at = clock.now();
    const known = await records.get(KEY);
    const since = known && markBefore(known.marks, at - LISTED_WITHIN_MS);
    const rows = await readOrderList(giftCards, since?.upTo ?? Number.POSITIVE_INFINITY);
    let waiting: Comparison['waiting'] = [];
    // Without a mark, this is where the books begin: what was there before is nobody's business here.
    if (known && since) {
      const isNew = newSince(rows, { watermark: since.upTo, startedAt: since.at });
      const fresh = rows.filter((row) => isNew(row) !== 'no').map(toRow);
      const all = new Map([...known.waiting, ...fresh].map((row) => [row.orderId, row]));
      const compared = await comparing.compare([...all.values()]);
      await meet(compared.strangers);
      waiting = compared.waiting;
    }
    const upTo = Math.max(known?.marks.at(-1)?.upTo ?? 0, ...rows.map(({ orderId }) => orderId));
    const next = { marks: marksWith(known?.marks ?? [], { at, upTo }), waiting };
    // Where another process was faster, what it wrote holds as well.
    await records.write(KEY, next, { seen: known?.version ?? 0, tags: [], holds: [] });
    comparedAt = at;
  }

  /** Stopped first: who dies in between finds them unknown once more. */
  async function meet(strangers: readonly Parameters<typeof comparing.tell>[0][]): Promise<void> {
    if (strangers.length === 0) return;
    const orders = strangers.map(({ row }) => row.orderId);
    log.warn({ orders }, 'CardPlusPay has orders that no record here knows');
    if (comparedAt === undefined) {
      const { isNew } = await stops.stop('cardigan', 'books_ahead');
      if (isNew) log.error({ orders }, 'purchases are stopped until an admin resumes them');
    }
    for (const stranger of strangers) await comparing.tell(stranger);
  }

  function compareJoined(): Promise<void> {
    running ??= compareOnce().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    compare: compareJoined,
    ready: async () => {
      if (comparedAt === undefined) await compareJoined();
    },
    isDue: () => comparedAt === undefined || clock.now() >= comparedAt + COMPARE_EVERY_MS,
  };
}

/** The newest mark from before that time; else the oldest, which is where the books begin. */
function markBefore(marks: readonly Mark[], time: number): Mark | undefined {
  return marks.findLast(({ at }) => at <= time) ?? marks[0];
}

/** With one mark more, and without those that nobody will go back to. */
function marksWith(marks: readonly Mark[], mark: Mark): Mark[] {
  const needed = markBefore(marks, mark.at - LISTED_WITHIN_MS);
  return [...marks.filter(({ at }) => needed === undefined || at >= needed.at), mark];
}
