import { CardPlusPayError, type PlacedOrder } from '../../cardpluspay/index.ts';
import { dayOf, isMoreThan } from '../../lib/index.ts';
import { dayKey, type Hold } from '../../policy/index.ts';
import type { OrdersContext } from '../context.ts';
import type { Order, Remote, Status } from '../model/order.ts';
import { isVendorCancelled, type PurchaseOutcome, remoteOf, whyBought } from '../model/outcome.ts';
import { assignCards } from '../model/parcels.ts';
import type { Reason } from '../model/reasons.ts';
import { transition } from '../model/state-machine.ts';
import { enqueueNotice } from '../notify/notice-outbox.ts';

/** Turns what is known of an attempt into the order's next status, and settles the day's total and the budgets by it. */
export async function applyOutcome(ctx: OrdersContext, id: string, outcome: PurchaseOutcome): Promise<Order> {
  if ('placed' in outcome) return applyPlaced(ctx, id, outcome.placed);
  const { error } = outcome;
  if (!(error instanceof CardPlusPayError)) return becomeUnconfirmed(ctx, id, 'no_answer');
  if (error.outcome === 'unknown') return becomeUnconfirmed(ctx, id, 'no_answer', error.code);
  const why = error.outcome === 'refused' ? 'vendor_refused' : 'never_sent';
  return endOrder(ctx, { id, status: 'buying' }, 'failed', why, error.code);
}

async function applyPlaced(ctx: OrdersContext, id: string, placed: PlacedOrder): Promise<Order> {
  // Taken or not, charged or not: an answer that contradicts itself is no purchase to tell of.
  const isNothing = isVendorCancelled(placed) && placed.codes.length === 0;
  if (isNothing) return becomeUnconfirmed(ctx, id, 'vendor_gave_up', placed.status);
  const revision = await ctx.orders.revise(id, (order) => {
    if (order.status !== 'buying' && order.status !== 'unconfirmed') return order;
    const remote = remoteOf(placed, order);
    const fingerprints = placed.codes.map(({ code }) => ctx.fingerprint(code));
    const cards = assignCards(order, fingerprints);
    const why = whyBought(order, remote, cards.length);
    const step = { at: ctx.clock.now(), by: 'cardigan', ...(why && { why }) };
    return transition(order, 'bought', step, { remote, cards });
  });
  if (!revision.ok) return becomeUnconfirmed(ctx, id, 'remote_taken', revision.hold);
  await settle(ctx, revision.order);
  await tellIfChargedMore(ctx, revision.order);
  return revision.order;
}

/** After a crash before this, the next comparison of the account tells it. */
async function tellIfChargedMore(ctx: OrdersContext, { id, remote, quote }: Order): Promise<void> {
  if (!remote || !isMoreThan(remote.charged, quote.charged)) return;
  const facts = { order: id, quoted: quote.charged, charged: remote.charged };
  ctx.log.warn(facts, 'CardPlusPay charged more than the quote');
  await enqueueNotice(ctx, `charged-more/${id}`, { kind: 'charged_more', order: id });
}

async function becomeUnconfirmed(ctx: OrdersContext, id: string, why: Reason, detail?: string) {
  const order = await move(ctx, { id, status: 'buying' }, 'unconfirmed', why, detail);
  const facts = { order: id, why, detail };
  ctx.log.warn(facts, 'the outcome of a purchase is unknown; it is not sent again');
  return order;
}

/** Attaches an order found at CardPlusPay to one whose outcome was unknown; nothing when another one here has it. */
export async function attachFound(ctx: OrdersContext, id: string, remote: Remote): Promise<Order> {
  const { order } = await ctx.orders.revise(id, (current) => {
    if (current.status !== 'unconfirmed') return current;
    const step = { at: ctx.clock.now(), by: 'cardigan', why: 'found' as const };
    return transition(current, 'bought', step, { remote });
  });
  await settle(ctx, order);
  return order;
}

/** An order as it stood when something was decided about it. */
type Seen = Pick<Order, 'id' | 'status'>;

/** Moves on an order of which nothing is known to be charged; one that was moved on since it was seen stays. */
export async function endOrder(
  ctx: OrdersContext,
  seen: Seen,
  to: Status,
  why: Reason,
  detail?: string,
): Promise<Order> {
  const order = await move(ctx, seen, to, why, detail);
  await settle(ctx, order);
  return order;
}

/** Only from the status seen: what was decided about an approved order must not end one whose POST is out. */
async function move(
  { orders, clock }: OrdersContext,
  { id, status }: Seen,
  to: Status,
  why: Reason,
  detail?: string,
): Promise<Order> {
  const { order } = await orders.revise(id, (current) => {
    if (current.status !== status) return current;
    const step = { at: clock.now(), by: 'cardigan', why, ...(detail && { detail }) };
    return transition(current, to, step);
  });
  return order;
}

/** Without an order at CardPlusPay. What may still be charged stays held (docs/decisions). */
const nothingCharged: readonly Status[] = ['cancelled', 'expired', 'rejected', 'repriced', 'failed', 'closed'];

/** Brings the day's total and the budgets in line with an order that may have been left half settled by a crash. */
export async function settle(ctx: Pick<OrdersContext, 'ledger'>, order: Order): Promise<void> {
  const day = order.approvedAt === undefined ? [] : [dayKey(dayOf(order.approvedAt))];
  for (const key of [...day, ...(order.reserved?.budgets ?? [])]) {
    await settleHold(ctx, { key, order: order.id }, order);
  }
}

/** Brings one of them in line, of which the order may not know itself: a crash came between the two. */
export async function settleHold({ ledger }: Pick<OrdersContext, 'ledger'>, hold: Hold, order: Order): Promise<void> {
  if (order.remote) await ledger.settle(hold, order.remote.charged.amount);
  else if (nothingCharged.includes(order.status)) await ledger.free(hold, order.campaign?.id);
}

/** Does `work`, which writes down how an attempt ended; when it throws, that is remembered for the next try. */
export async function recordOutcome<T>(
  { memory }: OrdersContext,
  attemptId: string,
  outcome: PurchaseOutcome,
  work: Promise<T>,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    // An answer was sealed before it was read: its codes do not belong here.
    memory.unrecorded.set(attemptId, 'placed' in outcome ? 'sealed' : outcome);
    throw error;
  }
}

/** How the order's attempt went, where its end was not recorded. Undefined: this process knows nothing of it. */
export function unrecordedOutcome({ memory }: OrdersContext, { attempt }: Order) {
  return attempt && memory.unrecorded.get(attempt.id);
}
