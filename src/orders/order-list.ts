import type { CardPlusPay } from '../cardpluspay/client.ts';
import { CardPlusPayError } from '../cardpluspay/error.ts';
import type { Page, RemoteOrder } from '../cardpluspay/types.ts';

const PER_PAGE = 100; // CardPlusPay's most

/**
 * The account's orders from the newest down to the watermark; all of them where the list is not in descending order.
 * Throws CardPlusPayError when a page failed, could not be read whole, or was not the one asked for: a look that
 * failed is not a look.
 */
export async function readOrderList(
  giftCards: Pick<CardPlusPay, 'orders'>,
  watermark: number,
): Promise<RemoteOrder[]> {
  const rows = new Map<number, RemoteOrder>();
  for (let number = 1; ; number++) {
    const page = await giftCards.orders({
      ...{ perPage: PER_PAGE, page: number, sortBy: 'created_at', order: 'desc' },
    });
    if (page.skipped > 0) throw unreadable('an unreadable row');
    if (page.page !== number) throw unreadable('another page than the one asked for');
    for (const row of page.items) rows.set(row.orderId, row);
    const all = [...rows.values()];
    if (isShort(page, all.length)) throw unreadable('fewer rows than it has');
    if (descends(all) && (all.at(-1)?.orderId ?? Number.POSITIVE_INFINITY) <= watermark) return all;
    if (number >= page.lastPage) return all;
  }
}

/** A row that is silently missing may be the one sought. A page before the last is full, so no shorter than the average one. */
function isShort({ page, lastPage, total, items }: Page<RemoteOrder>, soFar: number): boolean {
  return page >= lastPage ? soFar < total : items.length < total / lastPage;
}

const unreadable = (what: string) =>
  new CardPlusPayError('unreadable', 'unknown', `the order list came with ${what}`);

function descends(rows: readonly RemoteOrder[]): boolean {
  return rows.every(({ orderId }, at) => at === 0 || orderId < (rows[at - 1]?.orderId ?? 0));
}
