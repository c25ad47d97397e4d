import { CardPlusPayError } from '../../cardpluspay/index.ts';
import type { OrdersContext } from '../context.ts';
import { sealedAnswer } from '../delivery/kept-codes.ts';
import type { Candidate, Order } from '../model/order.ts';
import { isVendorCancelled, outcomeOfSealed, remoteOf } from '../model/outcome.ts';
import { hasCodes, rawAnswer } from '../model/raw-answer.ts';
import type { Reason } from '../model/reasons.ts';
import { attemptOverAt, awaitsCardPlusPay, decidesAt, enteredAt, WATCH_MS } from '../model/retry-schedule.ts';
import { transition } from '../model/state-machine.ts';
import { applyOutcome, attachFound, endOrder } from '../purchase/outcome.ts';
import { candidateIn, remoteIn } from './candidate.ts';
import { readLane } from './lane.ts';
import { type Found, search } from './search.ts';

/**
 * One look for an order of which nobody knows whether CardPlusPay took it, and the step that follows from it. It
 * reads, and never sends a purchase. Gives the order as it is afterwards.
 */
export async function reconcile(ctx: OrdersContext, order: Order): Promise<Order> {
  const known = await applySealed(ctx, order);
  if (known) return known;
  const lookedAt = ctx.clock.now();
  let found: Found;
  try {
    found = await search(ctx, order);
  } catch (error) {
    return whenUnreadable(ctx, order, error);
  }
  const judge = order.status === 'unconfirmed' ? whenUnconfirmed : whenNotFound;
  return judge(ctx, order, found, lookedAt);
}

/** Goes on from an answer that was sealed but not recorded; undefined when there is none to go on from. */
async function applySealed(ctx: OrdersContext, order: Order): Promise<Order | undefined> {
  const sealed = await sealedAnswer(ctx, order);
  const outcome = outcomeOfSealed(sealed && rawAnswer(sealed));
  if (order.status !== 'unconfirmed' || !('placed' in outcome)) return undefined;
  const applied = await applyOutcome(ctx, order.id, outcome);
  if (applied.status !== 'unconfirmed') return applied;
  // Otherwise the answer names an order that belongs to another one here: nobody can say whose is whose.
  const why = isVendorCancelled(outcome.placed) ? 'vendor_gave_up' : 'remote_taken';
  if (why === 'vendor_gave_up' && (await hasUnanswered(ctx, order))) return order;
  return escalate(ctx, order, why, [remoteOf(outcome.placed, order)]);
}

/**
 * Whether others of its lane may still be looked for. As long as it is lost itself, the row that its answer names is none of
 * theirs; before people, nothing says so any more. They come to an end, for nothing new is sent in a lane with a lost one.
 */
async function hasUnanswered(ctx: OrdersContext, order: Order): Promise<boolean> {
  const { flying, lost } = await readLane(ctx, order);
  const others = [...flying, ...lost].filter(({ id }) => id !== order.id);
  const answers = await Promise.all(others.map((each) => sealedAnswer(ctx, each)));
  return answers.some((sealed) => !('placed' in outcomeOfSealed(sealed && rawAnswer(sealed))));
}

async function whenUnconfirmed(ctx: OrdersContext, order: Order, found: Found, lookedAt: number) {
  // Not earlier: until then more may show, ours among it, and the lane of an order in review is open.
  const isOver = lookedAt >= attemptOverAt(order, ctx.limits);
  if (found.kind === 'ours' && isOver) return attachFound(ctx, order.id, remoteIn(order, found.candidate));
  if (found.kind === 'unsure' && isOver) {
    return escalate(
      ctx,
      order,
      found.why,
      found.candidates.map((each) => candidateIn(order, each)),
    );
  }
  if (found.kind === 'nothing' && lookedAt >= decidesAt(order, lookedAt, ctx.limits)) {
    // Whoever was sent codes has bought something: that is not given up, and had once more, for want of a row.
    const sealed = await sealedAnswer(ctx, order);
    if (sealed && hasCodes(sealed)) return escalate(ctx, order, 'codes_unlisted');
    return endOrder(ctx, order, 'not_found', 'not_listed');
  }
  return noteSeen(ctx, order, lookedAt);
}

async function noteSeen({ orders }: OrdersContext, { id, status }: Order, at: number) {
  const { order } = await orders.revise(id, (current) => {
    const { looking } = current;
    if (current.status !== status || !looking || looking.seenSince !== undefined) return current;
    return { ...current, looking: { ...looking, seenSince: at } };
  });
  return order;
}

async function whenNotFound(ctx: OrdersContext, order: Order, found: Found, lookedAt: number) {
  if (found.kind === 'later') return order;
  if (found.kind === 'nothing') {
    const isOver = lookedAt >= decidesAt(order, lookedAt, ctx.limits);
    return isOver ? endOrder(ctx, order, 'closed', 'not_listed') : order;
  }
  const candidates = found.kind === 'ours' ? [found.candidate] : found.candidates;
  return escalate(
    ctx,
    order,
    'found_late',
    candidates.map((each) => candidateIn(order, each)),
  );
}

/** A look that failed is not a look: it only counts against patience, which a day ends. */
async function whenUnreadable(ctx: OrdersContext, order: Order, error: unknown): Promise<Order> {
  if (!(error instanceof CardPlusPayError)) throw error;
  ctx.log.warn({ order: order.id, err: error }, 'a look for a lost order failed; it is repeated');
  // Not found is closed after a day by a look that succeeds, so it gets a day more for one.
  const patience = order.status === 'unconfirmed' ? WATCH_MS : 2 * WATCH_MS;
  const isPatient = ctx.clock.now() < enteredAt(order) + patience;
  return isPatient ? order : escalate(ctx, order, 'list_unreadable');
}

/** Leaves an order to people, unless it was moved on since it was seen. What may be charged for it stays set aside. */
export async function escalate(
  { orders, clock, log }: OrdersContext,
  { id, status }: Pick<Order, 'id' | 'status'>,
  why: Reason,
  candidates?: Candidate[],
): Promise<Order> {
  let isEscalated = false;
  const { order } = await orders.revise(id, (current) => {
    isEscalated = current.status === status && awaitsCardPlusPay(current);
    if (!isEscalated) return current;
    const step = { at: clock.now(), by: 'cardigan', why };
    return transition(current, 'needs_review', step, { ...(candidates && { candidates }) });
  });
  if (isEscalated) {
    const found = order.candidates?.map(({ orderId }) => orderId);
    log.warn({ order: id, why, found }, 'an order waits for people to decide about it');
  }
  return order;
}
