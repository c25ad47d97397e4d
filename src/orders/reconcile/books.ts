import type { CardPlusPay, RemoteOrder } from '../../cardpluspay/index.ts';
import { compare, money } from '../../lib/index.ts';
import { type Records, type Store, unlessUnreadable, walk } from '../../store/index.ts';
import { type Order, orderSchema } from '../model/order.ts';
import { type Comparison, comparisonSchema, toRow } from '../model/records.ts';
import { explainedBy } from './explain.ts';

const ACCOUNT = 'account';
/** CardPlusPay gives no more at once. */
const NEWEST = 100;

/** How CardPlusPay's newest orders stand beside what is on record: by their numbers. */
export interface BooksSeen {
  /** Nobody here knows of them. */
  readonly unknown: readonly number[];
  /** They cost something else than what is on record. */
  readonly differing: readonly number[];
}

interface Books {
  readonly records: Store['records'];
  readonly vendor: Pick<CardPlusPay, 'orders'>;
}

const comparisonIn = (records: Store['records']): Promise<Comparison | undefined> =>
  records('books', comparisonSchema).get(ACCOUNT);

/** When the account was compared with what is on record last, by whatever process. */
export async function comparedAt(records: Store['records']): Promise<number | undefined> {
  return (await comparisonIn(records))?.marks.at(-1)?.at;
}

/**
 * Looks at the newest orders of CardPlusPay's list, and changes nothing: for who wants to know how the books stand now.
 * Orders from before the books began are nobody's business here. Throws CardPlusPayError.
 */
export async function seeBooks({ records, vendor }: Books): Promise<BooksSeen> {
  const { items } = await vendor.orders({ perPage: NEWEST, sortBy: 'created_at', order: 'desc' });
  const known = await comparisonIn(records);
  const begun = known?.marks[0]?.upTo ?? Number.POSITIVE_INFINITY;
  const seen = new Set(known?.waiting.map(({ orderId }) => orderId));
  const orders = records('orders', orderSchema);
  const rows = items.filter(({ orderId }) => orderId > begun && !seen.has(orderId));
  const owned = await Promise.all(rows.map(async (row) => ({ row, owner: await ownerOf(orders, row) })));
  const strange = owned.filter(({ owner }) => owner === undefined).map(({ row }) => row);
  const explained = strange.length > 0 ? await explain(orders, strange) : new Set<number>();
  return {
    unknown: strange.map(({ orderId }) => orderId).filter((id) => !explained.has(id)),
    differing: owned.filter(({ row, owner }) => owner && costsOther(row, owner)).map(({ row }) => row.orderId),
  };
}

/** 'unread': somebody's whose order cannot be read. */
async function ownerOf(orders: Records<Order>, { orderId }: RemoteOrder): Promise<Order | 'unread' | undefined> {
  const id = await orders.holder(`remote/${orderId}`);
  if (id === undefined) return undefined;
  return unlessUnreadable(async () => (await orders.get(id)) ?? ('unread' as const), 'unread' as const);
}

function costsOther({ charged }: RemoteOrder, owner: Order | 'unread'): boolean {
  if (owner === 'unread' || !owner.remote || charged === undefined) return false;
  const { charged: known, stated } = owner.remote;
  const listed = money(charged, known.currency);
  return compare(listed, known) !== 0 && !(stated && compare(listed, stated) === 0);
}

/** What is being bought right now, or looked for, is no stranger. */
async function explain(orders: Records<Order>, rows: readonly RemoteOrder[]): Promise<Set<number>> {
  const lost: Order[] = [];
  for await (const order of walk(orders, 'open')) if (order.attempt && !order.remote) lost.push(order);
  return explainedBy(rows.map(toRow), { orders: lost, listed: rows });
}
