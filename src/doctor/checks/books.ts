import { CardPlusPayError } from '../../cardpluspay/index.ts';
import {
  comparedAt,
  createOrderRepository,
  isFinal,
  isFree,
  missingCards,
  type Order,
  orderSchema,
  type Status,
  seeBooks,
  stopInForce,
  stopSchema,
} from '../../orders/index.ts';
import { isUnreadable } from '../../store/index.ts';
import { type DoctorContext, storeOf, Untold, vendorWhy } from '../context.ts';
import { finding } from '../findings.ts';
import { note } from '../notes.ts';
import { type Outcome, well, wrong } from '../result.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A bot that serves compares every ten minutes. */
const COMPARED_WITHIN_MS = HOUR_MS;
/** How long an order stays as it is when all goes well: an attempt takes minutes, and codes may come late. */
const stuckAfterMs: Partial<Record<Status, number>> = {
  approved: HOUR_MS,
  buying: HOUR_MS,
  unconfirmed: HOUR_MS,
  bought: DAY_MS,
};
/** Who decides has been told so long ago. */
const PEOPLE_TAKE_MS = HOUR_MS;

export async function checkPurchases(ctx: DoctorContext): Promise<Outcome> {
  const { records } = await storeOf(ctx);
  try {
    const stop = await stopInForce(records('stops', stopSchema));
    if (!stop) return well();
    return wrong(finding('purchases_paused', { by: stop.by === 'cardigan' ? 'cardigan' : 'admin', at: stop.at }));
  } catch (error) {
    if (isUnreadable(error)) return wrong(finding('stop_unreadable', {}));
    throw error;
  }
}

export async function checkComparison(ctx: DoctorContext): Promise<Outcome> {
  const { records } = await storeOf(ctx);
  const at = await comparedAt(records);
  if (at === undefined) return wrong(finding('compared_never', {}));
  const isOld = ctx.clock.now() - at > COMPARED_WITHIN_MS;
  return isOld ? wrong(finding('compared_long_ago', { at })) : well(note('compared', { at }));
}

export async function checkBooks(ctx: DoctorContext): Promise<Outcome> {
  const { records } = await storeOf(ctx);
  try {
    const { unknown, differing } = await seeBooks({ records, vendor: ctx.vendor });
    const orders = [...unknown, ...differing].map(String).join(', ');
    return orders === '' ? well() : wrong(finding('books_differ', { orders }));
  } catch (error) {
    if (error instanceof CardPlusPayError) throw new Untold('CardPlusPay', vendorWhy(error));
    throw error;
  }
}

export async function checkOrders(ctx: DoctorContext): Promise<Outcome> {
  const { open, unread } = await openOrders(ctx);
  const now = ctx.clock.now();
  const moves = open.filter((order) => !isForNobody(order));
  const stuck = moves.filter(
    (order) => now - sinceOf(order) > (stuckAfterMs[order.status] ?? Number.POSITIVE_INFINITY),
  );
  const waiting = open.filter(({ status }) => status === 'needs_review');
  const [waits] = waiting.filter((order) => now - sinceOf(order) > PEOPLE_TAKE_MS);
  const [oldest] = open;
  return {
    findings: [
      ...stuck.slice(0, 1).map((order) => finding('order_stuck', placeOf(order))),
      ...(waits ? [finding('order_waits', { ...placeOf(waits), count: waiting.length })] : []),
      ...(unread > 0 ? [finding('records_unreadable', { count: unread })] : []),
    ],
    notes: [oldest ? note('oldest_order', placeOf(oldest)) : note('no_order', {})],
  };
}

/** All its cards are here, and some wait for whoever claims them, or are on hand: it may stay so for ever. */
const isForNobody = (order: Order): boolean =>
  order.status === 'bought' && missingCards(order) === 0 && order.cards.some(isFree);

/** Of the servers that are looked at, the oldest first. An admin of the first server looks after all of them. */
async function openOrders(ctx: DoctorContext): Promise<{ open: Order[]; unread: number }> {
  const { records } = await storeOf(ctx);
  const orders = createOrderRepository(records('orders', orderSchema));
  const open: Order[] = [];
  let unread = 0;
  const isSeen = (guild: string) => ctx.servers.includes(ctx.owner) || ctx.servers.includes(guild);
  for await (const order of orders.walk('open', () => unread++))
    if (!isFinal(order.status) && isSeen(order.guild)) open.push(order);
  return { open: open.toSorted((a, b) => sinceOf(a) - sinceOf(b)), unread };
}

const sinceOf = ({ history }: Order): number => history.at(-1)?.at ?? 0;
const placeOf = (order: Order) => ({ order: order.reference, status: order.status, at: sinceOf(order) });

/** One that is made every day may be late, and not by another day. */
export async function checkBackup(ctx: DoctorContext): Promise<Outcome> {
  const last = await ctx.store.backup();
  if (!last) return wrong(finding('backup_none', {}));
  const { at, everyMs } = last;
  const isOld = ctx.clock.now() - at > 2 * everyMs;
  return isOld ? wrong(finding('backup_old', { at })) : well(note('backup', { at }));
}
