import { dayOf } from '../../lib/index.ts';
import { dayKey } from '../../policy/index.ts';
import type { OrdersContext } from '../context.ts';
import { newOrderId } from '../model/ids.ts';
import { laneOf, type Order } from '../model/order.ts';
import { NEVER_SENT, type PurchaseOutcome } from '../model/outcome.ts';
import { transition } from '../model/state-machine.ts';
import { laneHold } from '../repository.ts';
import { checkBreaker } from './circuit-breaker.ts';
import { applyOutcome, endOrder, recordOutcome, settle } from './outcome.ts';
import { preflight } from './preflight.ts';
import { sealAnswer } from './seal-answer.ts';

/** How long an approval may be carried out. */
export const PURCHASE_WITHIN_MS = 15 * 60_000;
/** Tries of the POST start within this of the `buying` write. */
const TRIES_START_WITHIN_MS = 10_000;
/** The `buying` write comes within this of the checks' beginning, which may be slow but not stale. */
const CHECKS_LAST_MS = 30_000;
const LANE_POLL_MS = 500;

/**
 * Buys an approved order: checks, the `buying` write that one process wins, and the one POST. Gives the order
 * as it stands when nothing more can be done now: bought, ended, unconfirmed, or taken up by somebody else.
 */
export async function purchase(ctx: OrdersContext, id: string): Promise<Order> {
  for (;;) {
    const order = await ctx.orders.require(id);
    if (order.status !== 'approved') {
      // Somebody may have ended it just before its amount was reserved.
      await settle(ctx, order);
      return order;
    }
    if (ctx.stopping.signal.aborted) return order;
    if (isTooLate(order, ctx.clock.now())) return endOrder(ctx, order, 'expired', 'too_late');
    const result = await attempt(ctx, order);
    if (typeof result === 'object') return result;
    if (result === 'lane_taken') await waitForLane(ctx, order);
  }
}

/** One try to get from `approved` to `buying` and on: the order where it ended, or why to look again. */
async function attempt(ctx: OrdersContext, order: Order): Promise<Order | 'lane_taken' | 'stale'> {
  ctx.mailbox.progress(order, 'checking');
  const checkedAt = ctx.clock.now();
  const isWanted = async () => (await ctx.orders.get(order.id))?.status === 'approved';

  const checked = await preflight(ctx, order, isWanted);
  if (!checked.ok) return endOrder(ctx, order, checked.to, checked.why, checked.detail);
  const isReserved = await reserve(ctx, order, checkedAt, isWanted);
  if (!isReserved) return endOrder(ctx, order, 'failed', 'over_day_cap');
  const stop = await checkBreaker(ctx);
  if (stop) return endOrder(ctx, order, 'failed', 'stopped', stop.why);
  const buying = await writeBuying(ctx, order, checked.watermark, checkedAt);
  if (typeof buying === 'string') return buying;

  ctx.mailbox.progress(order, 'buying');
  const outcome = await post(ctx, buying.order, buying.attempt.startedAt);
  const applied = applyOutcome(ctx, order.id, outcome);
  return recordOutcome(ctx, buying.attempt.id, outcome, applied);
}

/** Sets the order's amount aside in the day's total; false where `MAX_DAY_TOTAL` leaves no room for it. */
function reserve(
  { ledger, caps }: OrdersContext,
  order: Order,
  checkedAt: number,
  isWanted: () => Promise<boolean>,
): Promise<boolean> {
  const day = { key: dayKey(dayOf(order.approvedAt ?? checkedAt)), cap: caps.day };
  return ledger.reserve(day, order.id, order.quote.charged.amount, isWanted, order.campaign?.id);
}

type Buying = { order: Order; attempt: NonNullable<Order['attempt']> };

/** The right to send: nobody else can have it for this order, or for one that could be mistaken for it. */
async function writeBuying(
  ctx: OrdersContext,
  { id }: Order,
  watermark: number,
  checkedAt: number,
): Promise<Buying | 'lane_taken' | 'stale'> {
  const attemptId = newOrderId(ctx.clock.now(), ctx.random);
  const writing = ctx.orders.revise(id, (order) => {
    const now = ctx.clock.now();
    const isStale = isTooLate(order, now) || now - checkedAt > CHECKS_LAST_MS;
    if (order.status !== 'approved' || isStale || ctx.stopping.signal.aborted) return order;
    const attempt = { id: attemptId, startedAt: now, watermark, lane: laneOf(order) };
    return transition(order, 'buying', { at: now, by: 'cardigan' }, { attempt });
  });
  const written = await recordOutcome(ctx, attemptId, NEVER_SENT, writing);
  if (!written.ok) return 'lane_taken';
  const { order } = written;
  return order.attempt?.id === attemptId ? { order, attempt: order.attempt } : 'stale';
}

/** The one POST, whose answer goes into the vault before anybody reads it. */
async function post(ctx: OrdersContext, order: Order, startedAt: number): Promise<PurchaseOutcome> {
  const { itemCode, quantity } = order.quote;
  try {
    const placed = await ctx.vendor.createOrder(
      { itemCode, quantity },
      {
        tryUntil: startedAt + TRIES_START_WITHIN_MS,
        deadline: startedAt + ctx.limits.purchaseTimeoutMs,
        seal: (answer) => sealAnswer(ctx, order.id, answer),
      },
    );
    return { placed };
  } catch (error) {
    return { error };
  }
}

/** Waits until no order that could be mistaken for this one is under way, or this one is no longer to be bought. */
async function waitForLane(ctx: OrdersContext, order: Order): Promise<void> {
  ctx.mailbox.progress(order, 'waiting');
  while (!ctx.stopping.signal.aborted && !isTooLate(order, ctx.clock.now())) {
    if ((await ctx.orders.holder(laneHold(order))) === undefined) return;
    if ((await ctx.orders.get(order.id))?.status !== 'approved') return; // cancelled meanwhile
    await ctx.clock.sleep(LANE_POLL_MS);
  }
}

function isTooLate(order: Order, now: number): boolean {
  return now >= (order.approvedAt ?? 0) + PURCHASE_WITHIN_MS;
}
