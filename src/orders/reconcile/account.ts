import { CardPlusPayError, type RemoteOrder } from '../../cardpluspay/index.ts';
import { compare, money } from '../../lib/index.ts';
import { isUnreadable, unlessUnreadable } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import type { Order, Remote } from '../model/order.ts';
import { type Comparison, type ListRow, markFor, marksWith } from '../model/records.ts';
import { tellOfAnswer } from '../notify/answer-notices.ts';
import { enqueueNotice, isNoticed } from '../notify/notice-outbox.ts';
import { explainedBy, mayBe } from './explain.ts';
import { BOOKS, freshRows, idsOf, seenOf, strangerKey } from './restored/fresh-rows.ts';
import { readOrderList } from './search.ts';

const COMPARE_EVERY_MS = 10 * 60_000;

/** Compares when it is time to. A list that CardPlusPay does not give is left for the next time. */
export async function compareIfDue(ctx: OrdersContext): Promise<void> {
  const { comparedAt } = ctx.memory;
  if (comparedAt !== undefined && ctx.clock.now() < comparedAt + COMPARE_EVERY_MS) return;
  try {
    await compareAccount(ctx);
    // Whoever watches it has it from there: a purchase reads it before, and nothing does afterwards.
    await ctx.vendor.balance();
  } catch (err) {
    if (!(err instanceof CardPlusPayError || isUnreadable(err))) throw err;
    ctx.log.warn({ err }, "CardPlusPay's order list could not be compared; it is tried again");
  }
}

/** Sees that this process has compared once, before it buys anything. */
export async function requireCompared(ctx: OrdersContext): Promise<void> {
  if (ctx.memory.comparedAt === undefined) await compareAccount(ctx);
}

/**
 * Compares what CardPlusPay has with what is on record, since the last comparison. The first of this process stops all
 * purchases when there is an order that nobody here knows: the store may be an old copy, or another bot has the key.
 * Rejects with CardPlusPayError when the list could not be read whole.
 */
export function compareAccount(ctx: OrdersContext): Promise<void> {
  return ctx.memory.comparing.join(BOOKS, () => compareOnce(ctx));
}

async function compareOnce(ctx: OrdersContext): Promise<void> {
  const at = ctx.clock.now();
  const known = await ctx.comparisons.get(BOOKS);
  const since = known && markFor(known.marks, at);
  const rows = await readOrderList(ctx.vendor, since?.upTo ?? Number.POSITIVE_INFINITY);
  let waiting: Comparison['waiting'] = [];
  let strangers: readonly UnknownRow[] = [];
  // Without a mark, this is where the books begin: what was there before is nobody's business here.
  if (known && since) {
    const fresh = freshRows(rows, since, known.seen);
    const all = new Map([...known.waiting, ...fresh].map((row) => [row.orderId, row]));
    const compared = await compareRows(ctx, [...all.values()], rows);
    ({ strangers, waiting } = compared);
    await meetStrangers(ctx, strangers);
  }
  const upTo = Math.max(known?.marks.at(-1)?.upTo ?? 0, ...idsOf(rows));
  const next = { marks: marksWith(known?.marks ?? [], { at, upTo }), waiting, seen: seenOf(rows) };
  // Where another process was faster, what it wrote holds as well.
  await ctx.comparisons.write(BOOKS, next, { seen: known?.version ?? 0, tags: [], holds: [] });
  ctx.memory.comparedAt = at;
  ctx.metrics.accountCompared(at, strangers.length);
}

/** A row that nobody here knew of. */
interface UnknownRow {
  readonly row: ListRow;
  readonly charged: Remote['charged'] | undefined;
  /** References of lost orders here that it may be. */
  readonly perhaps: string[];
}

/** Stopped first: who dies in between finds them unknown once more. */
async function meetStrangers(ctx: OrdersContext, strangers: readonly UnknownRow[]): Promise<void> {
  if (strangers.length === 0) return;
  const orders = idsOf(strangers.map(({ row }) => row));
  ctx.log.warn({ orders }, 'CardPlusPay has orders that no record here knows');
  if (ctx.memory.comparedAt === undefined) {
    const { isNew } = await ctx.killSwitch.stop('cardigan', 'books_ahead');
    if (isNew) ctx.log.error({ orders }, 'purchases are stopped until an admin resumes them');
  }
  const isAsked = (await ctx.killSwitch.current())?.why === 'restored';
  for (const { row, charged, perhaps } of strangers) {
    const { charged: _, ...rest } = row;
    const stranger = { ...rest, ...(charged && { charged }) };
    await enqueueNotice(ctx, strangerKey(row), {
      kind: 'stranger',
      stranger,
      perhaps,
      ...(isAsked && { isAsked }),
    });
  }
}

/**
 * Compares rows of CardPlusPay's list with what is on record here, and tells admins where amounts are wrong. `waiting`:
 * rows that an order here explains whose outcome is still open, or that people are asked about. An order that was not
 * found, or is before people, explains none by itself: it may be a record from before a backup was restored.
 */
async function compareRows(
  ctx: OrdersContext,
  rows: readonly ListRow[],
  listed: readonly RemoteOrder[],
): Promise<{ waiting: ListRow[]; strangers: UnknownRow[] }> {
  const lost = rows.length > 0 ? await lostOrders(ctx) : [];
  const unattached: ListRow[] = [];
  for (const row of rows) {
    const owner = await ctx.orders.holder(`remote/${row.orderId}`);
    const known = async () => (owner === undefined ? undefined : ctx.orders.get(owner));
    const order = await unlessUnreadable(known, 'unreadable' as const);
    // Somebody's, who is told of when their order can be read.
    if (order === 'unreadable') continue;
    if (order) await compareAmounts(ctx, order, row);
    else unattached.push(row);
  }
  const known = new Set([...explainedBy(unattached, { orders: lost, listed }), ...askedAbout(lost)]);
  const strangers: UnknownRow[] = [];
  for (const row of unattached) {
    if (known.has(row.orderId) || (await isNoticed(ctx, strangerKey(row)))) continue;
    const perhaps = lost.filter((order) => mayBe(row, order, listed)).map(({ reference }) => reference);
    strangers.push({ row, charged: await chargedFor(ctx, row), perhaps });
  }
  return { waiting: unattached.filter(({ orderId }) => known.has(orderId)), strangers };
}

/** What people were shown, by its id, and have not decided about yet. */
const askedAbout = (lost: readonly Order[]): number[] =>
  lost.flatMap(({ status, candidates = [] }) => (status === 'needs_review' ? idsOf(candidates) : []));

async function lostOrders({ orders }: OrdersContext): Promise<Order[]> {
  const lost: Order[] = [];
  for await (const order of orders.walk('open')) if (mayBeOut(order)) lost.push(order);
  return lost;
}

async function compareAmounts(ctx: OrdersContext, order: Order, row: ListRow): Promise<void> {
  const { id, remote } = order;
  if (!remote) return;
  await tellOfAnswer(ctx, order);
  if (row.charged === undefined) return;
  const listed: Remote = { ...remote, charged: money(row.charged, remote.charged.currency) };
  if (compare(listed.charged, remote.charged) === 0) return;
  // They were told already that it says so little.
  if (remote.stated && compare(listed.charged, remote.stated) === 0) return;
  await enqueueNotice(ctx, `amount/${row.orderId}`, { kind: 'amount_differs', order: id, listed });
}

async function chargedFor({ vendor }: OrdersContext, { charged }: ListRow) {
  return charged === undefined ? undefined : money(charged, (await vendor.balance()).currency);
}

/** Its POST may be out, or may have come to an order at CardPlusPay that nobody has told it of. */
function mayBeOut({ status, remote }: Order): boolean {
  const isLost = status === 'unconfirmed' || status === 'not_found' || status === 'needs_review';
  return status === 'buying' || (isLost && !remote);
}
