import type { CardPlusPay } from '../../../cardpluspay/index.ts';
import type { Store } from '../../../store/index.ts';
import { noticeSchema } from '../../model/notice.ts';
import { orderSchema } from '../../model/order.ts';
import { comparisonSchema, type ListRow, markFor } from '../../model/records.ts';
import { isNoticed } from '../../notify/notice-outbox.ts';
import { readOrderList } from '../search.ts';
import { BOOKS, freshRows, strangerKey } from './fresh-rows.ts';

type Reading = Pick<Store, 'records'>;

const booksOf = (store: Reading) => store.records('books', comparisonSchema).get(BOOKS);

/** The newest order of CardPlusPay's list that a store knows of; 0 where it was never compared. */
export const newestKnownRemote = async (store: Reading): Promise<number> =>
  (await booksOf(store))?.marks.at(-1)?.upTo ?? 0;

/**
 * What CardPlusPay's list has and the store has not, as the next comparison will find it; undefined where it was never
 * compared: then nobody knows where its books begin. Rejects with CardPlusPayError when the list could not be read whole.
 */
export async function unknownRows(
  store: Reading,
  vendor: Pick<CardPlusPay, 'orders'>,
  now: number,
): Promise<readonly ListRow[] | undefined> {
  const known = await booksOf(store);
  const since = known && markFor(known.marks, now);
  if (!known || !since) return undefined;
  const rows = await readOrderList(vendor, since.upTo);
  const all = new Map([...known.waiting, ...freshRows(rows, since, known.seen)].map((row) => [row.orderId, row]));
  const orders = store.records('orders', orderSchema);
  const noticeRecords = store.records('notices', noticeSchema);
  const unknown: ListRow[] = [];
  for (const row of all.values()) {
    const isAttached = (await orders.holder(`remote/${row.orderId}`)) !== undefined;
    if (!isAttached && !(await isNoticed({ noticeRecords }, strangerKey(row)))) unknown.push(row);
  }
  return unknown;
}
