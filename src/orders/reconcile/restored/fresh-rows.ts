import type { RemoteOrder } from '../../../cardpluspay/index.ts';
import { type Comparison, type ListRow, type Mark, toRow } from '../../model/records.ts';
import { idsProve, newSince } from '../match.ts';

/** The one record of how far the account was compared. */
export const BOOKS = 'account';

/** By which admins are told of a row that nobody here knows. */
export const strangerKey = ({ orderId }: Pick<ListRow, 'orderId'>): string => `stranger/${orderId}`;

/** Those that were not there at the comparison before, or of which nobody knows it. */
export function freshRows(rows: readonly RemoteOrder[], since: Mark, seen: Comparison['seen']): ListRow[] {
  const isNew = newSince(rows, { watermark: since.upTo, startedAt: since.at });
  const before = new Set(seen);
  const wasSeen = ({ orderId }: RemoteOrder) => (seen ? before.has(orderId) : orderId <= since.upTo);
  const isProven = idsProve(rows);
  return rows
    .filter((row) => {
      const tells = isNew(row);
      return tells === 'yes' || (tells === 'unclear' && (isProven || !wasSeen(row)));
    })
    .map(toRow);
}

const SEEN_IN_ORDER = 200;

/** Where ids prove something, few are ever asked for: should the list once come without order. */
export function seenOf(rows: readonly RemoteOrder[]): number[] {
  return idsOf(idsProve(rows) ? rows.slice(0, SEEN_IN_ORDER) : rows);
}

export const idsOf = (rows: readonly Pick<RemoteOrder, 'orderId'>[]) => rows.map(({ orderId }) => orderId);
