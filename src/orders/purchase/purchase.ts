import type { Money } from '../../lib/index.ts';
import { unlessUnreadable } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import { newOrderId } from '../model/ids.ts';
import { laneOf, type Order } from '../model/order.ts';
import { NEVER_SENT, type PurchaseOutcome } from '../model/outcome.ts';
import { transition } from '../model/state-machine.ts';
import { progress } from '../notify/requester.ts';
import { checkBreaker } from './circuit-breaker.ts';
import { flightsFrom, isOpen, isWaitedFor, waitForLane } from './lane.ts';
import { serveFromHand } from './on-hand.ts';
import { applyOutcome, endOrder, recordOutcome, settle } from './outcome.ts';
import { mayBeHad, preflight } from './preflight.ts';
import { reserveDay } from './reserve-day.ts';
import { sealAnswer } from './seal-answer.ts';

/** How long an approval may be carried out. */
export const PURCHASE_WITHIN_MS = 15 * 60_000;
/** Tries of the POST start within this of the `buying` write. */
const TRIES_START_WITHIN_MS = 10_000;
/** The `buying` write comes within this of the checks' beginning, which may be slow but not stale. */
const CHECKS_LAST_MS = 30_000;

/**
 * Buys an approved order: checks, the `buying` write that one process wins, and the one POST. Gives the order
 * as it stands when nothing more can be done now: bought, ended, unconfirmed, or taken up by somebody else.
 */
export async function purchase(ctx: OrdersContext, id: string): Promise<Order> {
  for (let hasWaited = false; ; ) {
    const order = await ctx.orders.require(id);
    if (order.status !== 'approved') {
      // Somebody may have ended it just before its amount was reserved.
      await settle(ctx, order);
      return order;
    }
    if (ctx.stopping.signal.aborted) return order;
    if (isTooLate(order, ctx.clock.now())) return endOrder(ctx, order, 'expired', 'too_late');
    const result = await inTurn(ctx, order, hasWaited);
    if (typeof result === 'object') return result;
    hasWaited = result === 'lane_taken';
    if (!hasWaited) continue;
    progress(ctx, order, 'waiting');
    await waitForLane(ctx, order, () => ctx.stopping.signal.aborted || isTooLate(order, ctx.clock.now()));
  }
}

type Tried = Order | 'lane_taken' | 'stale';

/** A try once it is its turn. Until then it may have been cancelled, or become too old. */
async function inTurn(ctx: OrdersContext, order: Order, hasWaited: boolean): Promise<Tried> {
  const since = ctx.clock.now();
  const place = await ctx.turns.enter(laneOf(order));
  try {
    const isSame = ctx.clock.now() === since || mayBegin(ctx, await ctx.orders.require(order.id));
    return isSame ? await attempt(ctx, order, hasWaited) : 'stale';
  } finally {
    place.leave();
  }
}

/** One try to get from `approved` to `buying` and on: the order where it ended, or why to look again. */
async function attempt(ctx: OrdersContext, order: Order, hasWaited: boolean): Promise<Tried> {
  progress(ctx, order, 'checking');
  const checkedAt = ctx.clock.now();
  const isWanted = async () => (await ctx.orders.get(order.id))?.status === 'approved';

  const served = await serveFromHand(ctx, order, {
    check: () => mayBeHad(ctx, order, isWanted),
    mayServe: (current) => mayBegin(ctx, current, checkedAt),
  });
  if (served) return served;
  // Whoever waits for the lane already comes first.
  if (!hasWaited && isWaitedFor(ctx, laneOf(order))) return 'lane_taken';
  const checked = await preflight(ctx, order, isWanted);
  if (!checked.ok) return endOrder(ctx, order, checked.to, checked.why, checked.detail);
  const spending = { id: order.id, charged: order.quote.charged, campaign: order.campaign?.id };
  const isReserved = await unlessUnreadable(
    () => reserveDay(ctx, spending, order.approvedAt ?? checkedAt, isWanted),
    'unreadable' as const,
  );
  if (isReserved === 'unreadable') return endOrder(ctx, order, 'failed', 'record_unreadable', 'budgets');
  if (!isReserved) return endOrder(ctx, order, 'failed', 'over_day_cap');
  const stop = await checkBreaker(ctx);
  if (stop) return endOrder(ctx, order, 'failed', 'stopped', stop.why);
  const place = await ctx.flights.enter(laneOf(order));
  try {
    return await fly(ctx, order, { ...checked, checkedAt, first: place.number });
  } finally {
    place.leave();
  }
}

/** What was found out before an order is sent, and the first of its lane's flights to try. */
interface Ready {
  readonly watermark: number;
  readonly charged: Money;
  readonly checkedAt: number;
  readonly first: number;
}

async function fly(ctx: OrdersContext, order: Order, ready: Ready): Promise<Tried> {
  const buying = await writeBuying(ctx, order, ready);
  if (typeof buying === 'string') return buying;

  progress(ctx, order, 'buying');
  const outcome = await post(ctx, buying.order, buying.attempt.startedAt);
  const applied = applyOutcome(ctx, order.id, outcome);
  return recordOutcome(ctx, buying.attempt.id, outcome, applied);
}

type Buying = { order: Order; attempt: NonNullable<Order['attempt']> };

/** The right to send: nobody else can have it for this order, and few for one that could be mistaken for it. */
async function writeBuying(ctx: OrdersContext, order: Order, ready: Ready): Promise<Buying | 'lane_taken' | 'stale'> {
  if (!(await isOpen(ctx, laneOf(order)))) return 'lane_taken';
  for (const slot of flightsFrom(ready.first)) {
    const written = await writeFlight(ctx, order, ready, slot);
    if (written) return written;
  }
  return 'lane_taken';
}

/** Undefined where another process has that flight. */
async function writeFlight(
  ctx: OrdersContext,
  { id }: Order,
  { watermark, charged: checked, checkedAt }: Ready,
  slot: number,
): Promise<Buying | 'stale' | undefined> {
  const attemptId = newOrderId(ctx.clock.now(), ctx.random);
  const writing = ctx.orders.revise(id, (order) => {
    const now = ctx.clock.now();
    if (!mayBegin(ctx, order, checkedAt)) return order;
    const attempt = { id: attemptId, startedAt: now, watermark, lane: laneOf(order), slot, checked };
    return transition(order, 'buying', { at: now, by: 'cardigan' }, { attempt });
  });
  const written = await recordOutcome(ctx, attemptId, NEVER_SENT, writing);
  if (!written.ok) return undefined;
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
        seal: (answer) => sealAnswer(ctx, order, answer),
      },
    );
    return { placed };
  } catch (error) {
    return { error };
  }
}

/** Its checks, which began then, hold still, and nobody has ended it. */
function mayBegin({ clock, stopping }: OrdersContext, order: Order, checkedAt = clock.now()): boolean {
  const now = clock.now();
  const isStale = isTooLate(order, now) || now - checkedAt > CHECKS_LAST_MS;
  return order.status === 'approved' && !isStale && !stopping.signal.aborted;
}

function isTooLate(order: Order, now: number): boolean {
  return now >= (order.approvedAt ?? 0) + PURCHASE_WITHIN_MS;
}
