import { z } from 'zod';
import type { CardPlusPay } from '../cardpluspay/client.ts';
import type { Clock } from '../clock.ts';
import type { Records } from '../store/records.ts';
import { newSince } from './candidates.ts';
import { createComparing, rowSchema, toRow } from './comparing.ts';
import type { Notices } from './notices.ts';
import type { OrderBook } from './order-book.ts';
import { readOrderList } from './order-list.ts';
import type { OrderLog } from './ports.ts';
import type { Stops } from './stops.ts';

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

interface Parts {
  records: Records<Comparison>;
  book: OrderBook;
  giftCards: Pick<CardPlusPay, 'orders' | 'balance'>;
  notices: Notices;
  stops: Stops;
  clock: Clock;
  log: OrderLog;
}

export function createBooks(parts: Parts): Books {
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
