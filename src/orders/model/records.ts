import { z } from 'zod';
import type { RemoteOrder } from '../../cardpluspay/index.ts';

/** A row of CardPlusPay's list, as far as it is compared. */
const rowSchema = z.object({
  orderId: z.int().positive(),
  orderNo: z.string().optional(),
  charged: z.string().optional(),
  createdAt: z.string().optional(),
  itemCode: z.string().optional(),
  quantity: z.int().positive().optional(),
});
export type ListRow = z.infer<typeof rowSchema>;

export function toRow({ orderId, orderNo, charged, createdAt, itemCode, quantity }: RemoteOrder): ListRow {
  return { orderId, orderNo, charged, createdAt, itemCode, quantity };
}

const markSchema = z.object({
  at: z.number(),
  /** The highest order id that the list had then. */
  upTo: z.int().min(0),
});
export type Mark = z.infer<typeof markSchema>;

/** How far CardPlusPay's list was compared with what is on record here. */
export const comparisonSchema = z.object({
  version: z.int().min(1),
  /** Of the last comparisons, oldest first. */
  marks: z.array(markSchema).min(1),
  /** Orders that may belong to one here whose outcome is still open: looked at again next time. */
  waiting: z.array(rowSchema),
  /** What the list had then, by ids: where these prove nothing, and no time is told, what is not among them is new. */
  seen: z.array(z.int().positive()).optional(),
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

/** A lane that orders have flown in since they may do so together: it has the hold that they took before, one at a time. */
export const laneSchema = z.object({ version: z.int().min(1) });
export type LaneRecord = z.infer<typeof laneSchema>;

/** An order of an older version has it while it is out; for good, the record of a lane in which several may be. */
export const laneHold = (lane: string): string => `lane/${lane}`;

/** One of the few orders of a lane that may be out has it. */
export const flightHold = (lane: string, slot: number): string => `flight/${slot}/${lane}`;

/** The lists of a lane: of what is out or looked for, and of what is looked for. */
export const laneList = (lane: string) => `lane/${lane}` as const;
export const lostList = (lane: string) => `lost/${lane}` as const;

/** How far the purge has come: the codes of all orders that were delivered up to this UTC day are gone. */
export const purgingSchema = z.object({ version: z.int().min(1), day: z.string() });
export type Purging = z.infer<typeof purgingSchema>;
