import { z } from 'zod';
import type { CardPlusPay } from '../cardpluspay/client.ts';
import type { RemoteOrder } from '../cardpluspay/types.ts';
import { compare, isMoreThan, money } from '../money.ts';
import type { Notices } from './notices.ts';
import type { Order, Remote } from './order.ts';
import type { OrderBook } from './order-book.ts';

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
