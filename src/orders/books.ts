import { z } from 'zod';
import type { CardPlusPay } from '../cardpluspay/client.ts';
import type { RemoteOrder } from '../cardpluspay/types.ts';
import type { Clock } from '../clock.ts';
import { compare, isMoreThan, money } from '../money.ts';
import type { Records } from '../store/records.ts';
import { newSince } from './candidates.ts';
import type { Notices } from './notices.ts';
import type { Order, Remote } from './order.ts';
import type { OrderBook } from './order-book.ts';
import { readOrderList } from './order-list.ts';
import type { OrderLog } from './ports.ts';
import type { Stops } from './stops.ts';

const rowSchema = z.object({
  orderId: z.int().positive(),
  orderNo: z.string().optional(),
  charged: z.string().optional(),
  createdAt: z.string().optional(),
});

/** How far CardPlusPay's list was compared with what is on record here. */
export const comparisonSchema = z.object({
  version: z.int().min(1),
  /** The highest order id that was compared. */
  upTo: z.int().min(0),
  at: z.number(),
  /** Orders that may belong to one here whose outcome is still open: looked at again next time. */
  waiting: z.array(rowSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;
type Row = z.infer<typeof rowSchema>;

const KEY = 'account';

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

interface Parts {
  records: Records<Comparison>;
  book: OrderBook;
  giftCards: Pick<CardPlusPay, 'orders' | 'balance'>;
  notices: Notices;
  stops: Stops;
  clock: Clock;
  log: OrderLog;
}

const COMPARE_EVERY_MS = 10 * 60_000;

export function createBooks(parts: Parts): Books {
  const { records, book, giftCards, notices, stops, clock, log } = parts;
  let comparedAt: number | undefined;
  let running: Promise<void> | undefined;

  /** Lost orders here whose POST may have made this one. */
  async function openOrders(): Promise<Order[]> {
    const orders: Order[] = [];
    for await (const order of book.walk('open')) if (mayBeOut(order)) orders.push(order);
    return orders;
  }

  /** What is known here of an order of CardPlusPay: told where it is wrong. Rows that are not clear yet come back. */
  async function judge(
    row: Row,
    open: readonly Order[],
    currency: string,
  ): Promise<'known' | 'waiting' | 'stranger'> {
    const owner = await book.holder(`remote/${row.orderId}`);
    if (owner !== undefined) {
      const order = await book.get(owner);
      if (order) await compareAmounts(order, row);
      return 'known';
    }
    const perhaps = open.filter(({ attempt }) => row.orderId > (attempt?.watermark ?? 0));
    if (perhaps.some((order) => isAwaited(order, row))) return 'waiting';
    const { charged, ...rest } = row;
    await notices.tell(`stranger/${row.orderId}`, {
      kind: 'stranger',
      stranger: { ...rest, ...(charged !== undefined && { charged: money(charged, currency) }) },
      perhaps: perhaps.map(({ reference }) => reference),
    });
    return 'stranger';
  }

  async function compareAmounts(order: Order, row: Row): Promise<void> {
    const { remote, quote } = order;
    if (!remote) return;
    if (isMoreThan(remote.charged, quote.charged)) {
      await notices.tell(`charged-more/${order.id}`, { kind: 'charged_more', order: order.id });
    }
    const charged =
      row.charged === undefined ? remote.charged : money(row.charged, remote.charged.currency);
    if (compare(charged, remote.charged) === 0) return;
    const listed: Remote = { ...remote, charged };
    await notices.tell(`amount/${row.orderId}`, {
      kind: 'amount_differs',
      order: order.id,
      listed,
    });
  }

  async function compareOnce(): Promise<void> {
    const startedAt = clock.now();
    const known = await records.get(KEY);
    const rows = await readOrderList(giftCards, known?.upTo ?? Number.POSITIVE_INFINITY);
    const highest = Math.max(known?.upTo ?? 0, ...rows.map(({ orderId }) => orderId));
    const waiting = known ? await compareRows(known, rows) : [];
    const next = { upTo: highest, at: startedAt, waiting };
    const guard = { seen: known?.version ?? 0, tags: [], holds: [] };
    // Where another process was faster, what it wrote holds as well.
    await records.write(KEY, next, guard);
    comparedAt = startedAt;
  }

  async function compareRows(known: Comparison, rows: readonly RemoteOrder[]): Promise<Row[]> {
    const isNew = newSince(rows, { watermark: known.upTo, startedAt: known.at });
    const fresh = rows.filter((row) => isNew(row) !== 'no').map(toRow);
    const all = new Map([...known.waiting, ...fresh].map((row) => [row.orderId, row]));
    if (all.size === 0) return [];
    const { currency } = await giftCards.balance();
    const open = await openOrders();
    const judged = { known: [] as Row[], waiting: [] as Row[], stranger: [] as Row[] };
    for (const row of all.values()) judged[await judge(row, open, currency)].push(row);
    await meet(judged.stranger.map(({ orderId }) => orderId));
    return judged.waiting;
  }

  async function meet(strangers: readonly number[]): Promise<void> {
    if (strangers.length === 0) return;
    log.warn({ orders: strangers }, 'CardPlusPay has orders that no record here knows');
    if (comparedAt !== undefined) return;
    const { isNew } = await stops.stop('cardigan', 'books_ahead');
    if (isNew)
      log.error({ orders: strangers }, 'purchases are stopped until an admin resumes them');
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

function toRow({ orderId, orderNo, charged, createdAt }: RemoteOrder): Row {
  return { orderId, orderNo, charged, createdAt };
}
