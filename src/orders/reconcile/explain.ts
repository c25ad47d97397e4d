import type { RemoteOrder } from '../../cardpluspay/index.ts';
import type { Order } from '../model/order.ts';
import type { ListRow } from '../model/records.ts';
import { hasAmount, isSame, newSince, soughtOf } from './match.ts';

/** Lost orders by which rows of CardPlusPay's list are explained; `listed`: the list that they came in. */
interface Lost {
  readonly orders: readonly Order[];
  readonly listed: readonly RemoteOrder[];
}

/**
 * The rows that lost orders explain, by their ids: one each, and as many as can be, first of all those whose amount is
 * known to fit. An order has at most one purchase out, so of two rows that it may be one is somebody else's.
 */
export function explainedBy(rows: readonly ListRow[], { orders, listed }: Lost): Set<number> {
  const options = new Map(rows.map((row) => [row, optionsOf(row, { orders, listed })]));
  const taken = new Map<string, ListRow>();

  /** Gives the row an order, moving others to orders of their own where that makes room. */
  function place(row: ListRow, tried: Set<string>): boolean {
    for (const { id } of options.get(row) ?? []) {
      if (tried.has(id)) continue;
      tried.add(id);
      const other = taken.get(id);
      if (other && !place(other, tried)) continue;
      taken.set(id, row);
      return true;
    }
    return false;
  }

  const isCertain = (row: ListRow) => options.get(row)?.some((order) => fits(row, order) === 'yes') ?? false;
  for (const row of rows.toSorted((a, b) => Number(isCertain(b)) - Number(isCertain(a)))) place(row, new Set());
  return new Set([...taken.values()].map(({ orderId }) => orderId));
}

const fits = (row: ListRow, order: Order) => hasAmount(row.charged, soughtOf(order));

function optionsOf(row: ListRow, { orders, listed }: Lost): Order[] {
  const may = orders.filter((order) => mayBe(row, order, listed) && isExplaining(row, order));
  return may.toSorted((a, b) => Number(fits(row, b) === 'yes') - Number(fits(row, a) === 'yes'));
}

/** Its outcome is still open. What it cost is not known before its answer is here; of a lost one it has to fit. */
function isExplaining(row: ListRow, order: Order): boolean {
  return order.status === 'buying' || (order.status === 'unconfirmed' && fits(row, order) !== 'no');
}

/** Whether a row may be what became of a lost order, whatever it cost. */
export function mayBe(row: ListRow, order: Order, listed: readonly RemoteOrder[]): boolean {
  if (!order.attempt) return false;
  const sought = soughtOf(order);
  return newSince(listed, sought)(row) !== 'no' && isSame([row], sought) !== 'no';
}
