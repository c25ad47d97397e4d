import { CardPlusPayError, type PlacedOrder } from '../../cardpluspay/index.ts';
import { dayOf } from '../../lib/index.ts';
import { dayKey, type Hold, isFreeKey } from '../../policy/index.ts';
import { unlessUnreadable } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import { isPool, type Order, type Remote, type Status } from '../model/order.ts';
import { isVendorCancelled, type PurchaseOutcome, remoteOf, whyBought } from '../model/outcome.ts';
import { assignCards } from '../model/parcels.ts';
import type { Reason } from '../model/reasons.ts';
import { transition } from '../model/state-machine.ts';
import { tellOfAnswer } from '../notify/answer-notices.ts';
import { tellOfTwins } from '../notify/twins.ts';

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
  await tellOfAnswer(ctx, revision.order);
  // Nobody's parcel yet, with which the others are looked at.
  return isPool(revision.order) ? tellOfTwins(ctx, revision.order, revision.order.cards) : revision.order;
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
  await tellOfAnswer(ctx, order);
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
    // Codes do not wait for a budget that cannot be read: what is held in it is settled once it can.
    await unlessUnreadable(() => settleHold(ctx, { key, order: order.id }, order), undefined);
  }
}

/** Brings one of them in line, of which the order may not know itself: a crash came between the two. */
export async function settleHold({ ledger }: Pick<OrdersContext, 'ledger'>, hold: Hold, order: Order): Promise<void> {
  if (order.remote) await ledger.settle(hold, order.remote.charged.amount);
  // The server has paid for these cards before. What a member may have without an approval they count in all the same.
  else if (order.fromHand && isFreeKey(hold.key)) await ledger.settle(hold, order.quote.charged.amount);
  else if (order.fromHand) await ledger.free(hold, order.campaign?.id);
  else if (nothingCharged.includes(order.status)) await ledger.free(hold, order.campaign?.id);
}

/** More than any budget: what may have been charged already is counted, whether or not there is room for it. */
const NO_CAP = '1e15';

/**
 * Sets an order's amount aside once more, where it was given back: people have reason to think that it was charged.
 * Before it is bought, and at every start, so that no crash leaves it out; as long as it is held, nothing changes.
 */
export async function holdAgain(
  { ledger, orders }: Pick<OrdersContext, 'ledger' | 'orders'>,
  { id, approvedAt, reserved, quote, campaign }: Order,
): Promise<void> {
  const isWanted = async () => {
    const now = await orders.get(id);
    return now?.status === 'needs_review' && !now.remote;
  };
  const day = approvedAt === undefined ? [] : [dayKey(dayOf(approvedAt))];
  for (const key of [...day, ...(reserved?.budgets ?? [])]) {
    // People decide all the same: codes that are paid for do not wait for a budget that cannot be read.
    const held = () => ledger.reserve({ key, cap: NO_CAP }, id, quote.charged.amount, isWanted, campaign?.id);
    await unlessUnreadable(held, false);
  }
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
