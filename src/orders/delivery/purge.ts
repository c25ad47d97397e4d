import { dayOf } from '../../lib/index.ts';
import { StoreError, unlessUnreadable } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import type { Card, Order } from '../model/order.ts';
import { deliveredDay } from '../model/parcels.ts';
import { type Code, hasMore } from '../model/raw-answer.ts';
import { noted } from '../model/state-machine.ts';
import { keptCodes } from './kept-codes.ts';

const KEY = 'codes';
const DAY_MS = 24 * 60 * 60_000;
const EVERY_MS = 60 * 60_000;

/**
 * One round, at most once an hour: purges the codes of orders that were delivered long enough ago, day by day. It
 * looks at the days since the last one done and at nothing older, so it costs the same in the tenth year.
 */
export async function purge(ctx: OrdersContext): Promise<void> {
  await unlessUnreadable(() => purgeDue(ctx), undefined);
}

async function purgeDue(ctx: OrdersContext): Promise<void> {
  const { clock, limits, memory, stopping } = ctx;
  const now = clock.now();
  if (now < memory.purgeDueAt) return;
  memory.purgeDueAt = now + EVERY_MS;
  // A day is purged once its last moment is old enough.
  const last = dayOf(now - limits.keepCodesMs - DAY_MS);
  let isWhole = true;
  for (let day = dayOn(await doneUpTo(ctx, last), 1); day <= last; day = dayOn(day, 1)) {
    isWhole = (await purgeDay(ctx, day)) && isWhole;
    if (stopping.signal.aborted) return;
    if (isWhole) await noteDone(ctx, day);
  }
}

/** Whether the whole day is done. One entry that cannot be read keeps no other from it. */
async function purgeDay(ctx: OrdersContext, day: string): Promise<boolean> {
  let isDone = true;
  let orders = 0;
  for await (const order of ctx.orders.walk(`delivered/${day}`)) {
    if (ctx.stopping.signal.aborted) return false;
    orders += 1;
    await purgeOrder(ctx, order).catch((err: unknown) => {
      if (!(err instanceof StoreError) || err.code !== 'broken') throw err;
      ctx.log.error({ order: order.id, err }, 'the codes of an order could not be purged');
      isDone = false;
    });
  }
  if (orders > 0) ctx.log.info({ day, orders }, 'codes were purged');
  return isDone;
}

/**
 * First the record says that the codes are gone, then they are: the other way round, a reveal would find none and
 * not know why. May be repeated after a crash at any point.
 */
async function purgeOrder(ctx: OrdersContext, delivered: Order): Promise<void> {
  if (delivered.purgedAt === undefined && !(await markPurged(ctx, delivered))) return;
  await ctx.vault.purge(delivered.id);
}

async function markPurged(ctx: OrdersContext, delivered: Order): Promise<boolean> {
  const { id } = delivered;
  const codes = await keptCodes(ctx, delivered);
  const sealed = await ctx.vault.open(id);
  const hasRest = sealed !== undefined && hasMore(sealed);
  const { order } = await ctx.orders.revise(id, (current) =>
    hasRest ? current : withoutCodes(current, codes, ctx.clock.now()),
  );
  if (order.purgedAt === undefined) {
    ctx.log.error({ order: id }, 'codes are kept: some of them were delivered to nobody');
  }
  return order.purgedAt !== undefined;
}

/** In a new store, nothing can have been delivered before the last day that is old enough now. */
async function doneUpTo(ctx: OrdersContext, last: string): Promise<string> {
  const known = await ctx.purging.get(KEY);
  if (!known) await noteDone(ctx, dayOn(last, -1));
  return known?.day ?? dayOn(last, -1);
}

/** Of several processes the one that is further wins. */
async function noteDone({ purging }: OrdersContext, day: string): Promise<void> {
  const known = await purging.get(KEY);
  if (known && known.day >= day) return;
  await purging.write(KEY, { day }, { seen: known?.version ?? 0, tags: [], holds: [] });
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
