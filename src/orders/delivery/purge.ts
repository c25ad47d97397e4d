import { z } from 'zod';
import { type Clock, dayOf, type Log } from '../../lib/index.ts';
import { type Records, StoreError, type Vault } from '../../store/index.ts';
import type { Card, Order } from '../model/order.ts';
import { deliveredDay } from '../model/parcels.ts';
import { type Code, codesIn, type SealedAnswer } from '../model/raw-answer.ts';
import { noted } from '../model/state-machine.ts';
import type { OrderBook } from '../repository.ts';

/** How far the purge has come: the codes of all orders that were delivered up to this UTC day are gone. */
export const purgingSchema = z.object({ version: z.int().min(1), day: z.string() });
type Progress = z.infer<typeof purgingSchema>;

const KEY = 'codes';
const DAY_MS = 24 * 60 * 60_000;
const EVERY_MS = 60 * 60_000;

interface Parts {
  book: OrderBook;
  vault: Vault<SealedAnswer>;
  records: Records<Progress>;
  fingerprint(code: string): string;
  clock: Clock;
  log: Log;
  /** How long codes are kept after their order was delivered. */
  keepMs: number;
  stopping: AbortSignal;
}

/**
 * One round, at most once an hour: purges the codes of orders that were delivered long enough ago, day by day. It
 * looks at the days since the last one done and at nothing older, so it costs the same in the tenth year.
 */
export function createPurging(parts: Parts): () => Promise<void> {
  const { book, vault, records, fingerprint, clock, log, keepMs, stopping } = parts;
  let nextAt = 0;

  /**
   * First the record says that the codes are gone, then they are: the other way round, a reveal would find none and
   * not know why. May be repeated after a crash at any point.
   */
  async function purge(delivered: Order): Promise<void> {
    if (delivered.purgedAt === undefined && !(await mark(delivered))) return;
    await vault.purge(delivered.id);
  }

  async function mark({ id, remote }: Order): Promise<boolean> {
    const sealed = remote && (await vault.open(id));
    const kept = sealed ? codesIn(sealed, remote.orderId) : [];
    const codes = new Map(kept.map((code) => [fingerprint(code.code), code]));
    const { order } = await book.revise(id, (current) => withoutCodes(current, codes, clock.now()));
    if (order.purgedAt === undefined) {
      log.error({ order: id }, 'codes are kept: some of them were delivered to nobody');
    }
    return order.purgedAt !== undefined;
  }

  /** Whether the whole day is done. One entry that cannot be read keeps no other from it. */
  async function purgeDay(day: string): Promise<boolean> {
    let isDone = true;
    let orders = 0;
    for await (const order of book.walk(`delivered/${day}`)) {
      if (stopping.aborted) return false;
      orders += 1;
      await purge(order).catch((err: unknown) => {
        if (!(err instanceof StoreError) || err.code !== 'broken') throw err;
        log.error({ order: order.id, err }, 'the codes of an order could not be purged');
        isDone = false;
      });
    }
    if (orders > 0) log.info({ day, orders }, 'codes were purged');
    return isDone;
  }

  /** In a new store, nothing can have been delivered before the last day that is old enough now. */
  async function doneUpTo(last: string): Promise<string> {
    const known = await records.get(KEY);
    if (!known) await noteDone(dayOn(last, -1));
    return known?.day ?? dayOn(last, -1);
  }

  /** Of several processes the one that is further wins. */
  async function noteDone(day: string): Promise<void> {
    const known = await records.get(KEY);
    if (known && known.day >= day) return;
    await records.write(KEY, { day }, { seen: known?.version ?? 0, tags: [], holds: [] });
  }

  return async () => {
    const now = clock.now();
    if (now < nextAt) return;
    nextAt = now + EVERY_MS;
    // A day is purged once its last moment is old enough.
    const last = dayOf(now - keepMs - DAY_MS);
    let isWhole = true;
    for (let day = dayOn(await doneUpTo(last), 1); day <= last; day = dayOn(day, 1)) {
      isWhole = (await purgeDay(day)) && isWhole;
      if (stopping.aborted) return;
      if (isWhole) await noteDone(day);
    }
  };
}

const dayOn = (day: string, days: number): string => dayOf(Date.parse(day) + days * DAY_MS);

/**
 * The order with its codes purged; the same order where some of them never reached anybody. What is known of each card
 * beyond its code is noted, for a reveal that finds the bare code.
 */
function withoutCodes(order: Order, codes: ReadonlyMap<string, Code>, at: number): Order {
  const cards = new Set(order.cards.map(({ fingerprint }) => fingerprint));
  const isForNobody = [...codes.keys()].some((fingerprint) => !cards.has(fingerprint));
  if (order.purgedAt !== undefined || deliveredDay(order) === undefined || isForNobody) {
    return order;
  }
  const step = { at, by: 'cardigan', why: 'purged' as const };
  const bare = order.cards.map(({ resendAt: _, ...card }) => withMore(card, codes));
  return noted(order, step, { cards: bare, purgedAt: at });
}

function withMore(card: Card, codes: ReadonlyMap<string, Code>): Card {
  const code = codes.get(card.fingerprint);
  if (code && code.metadata.length > 0) return { ...card, more: 'came' };
  return code?.lacks === 'never_shown' ? { ...card, more: 'not_shown' } : card;
}
