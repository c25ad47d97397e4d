import { z } from 'zod';
import type { RemoteOrder } from '../../cardpluspay/index.ts';

/** A row of CardPlusPay's list, as far as it is compared. */
const rowSchema = z.object({
  orderId: z.int().positive(),
  orderNo: z.string().optional(),
  charged: z.string().optional(),
  createdAt: z.string().optional(),
});
export type ListRow = z.infer<typeof rowSchema>;

export function toRow({ orderId, orderNo, charged, createdAt }: RemoteOrder): ListRow {
  return { orderId, orderNo, charged, createdAt };
}

const markSchema = z.object({
  at: z.number(),
  /** The highest order id that the list had then. */
  upTo: z.int().min(0),
});
type Mark = z.infer<typeof markSchema>;

/** How far CardPlusPay's list was compared with what is on record here. */
export const comparisonSchema = z.object({
  version: z.int().min(1),
  /** Of the last comparisons, oldest first. */
  marks: z.array(markSchema).min(1),
  /** Orders that may belong to one here whose outcome is still open: looked at again next time. */
  waiting: z.array(rowSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** The list may show an order only some time after a later one: so far back it is compared once more. */
const LISTED_WITHIN_MS = 60 * 60_000;

/** From where on a comparison at that time goes: the newest mark old enough; else the oldest, which is where the books begin. */
export function markFor(marks: readonly Mark[], at: number): Mark | undefined {
  return marks.findLast((mark) => mark.at <= at - LISTED_WITHIN_MS) ?? marks[0];
}

/** With one mark more, and without those that nobody will go back to. */
export function marksWith(marks: readonly Mark[], mark: Mark): Mark[] {
  const needed = markFor(marks, mark.at);
  return [...marks.filter(({ at }) => needed === undefined || at >= needed.at), mark];
}

/** How far the purge has come: the codes of all orders that were delivered up to this UTC day are gone. */
export const purgingSchema = z.object({ version: z.int().min(1), day: z.string() });
export type Purging = z.infer<typeof purgingSchema>;
