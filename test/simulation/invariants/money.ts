import Big from 'big.js';
import type { Order, Status } from '../../../src/orders/model/order.ts';
import type { Facts, FinalInvariant, Invariant } from '../facts.ts';
import type { Charged, Post } from '../vendor/vendor.ts';
import { isInStock } from './records.ts';

/** The check is at most 30 seconds old as `buying` is written, and tries start within 10 more. */
const CHECK_HOLDS_MS = 41_000;

const centsOf = (amount: string): number => new Big(amount).times(100).toNumber();
const ordersOf = ({ orders }: Facts): Order[] => [...orders.values()].map(({ order }) => order);
const postsOf = ({ posts }: Facts, id: string): Post[] => posts.filter(({ order }) => order === id);
const mayBeTaken = ({ verdict }: Post): boolean => verdict !== 'refused';
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Rule 1: at most one POST that CardPlusPay may have acted on, and nothing after it. */
export const oneForAnOrder: Invariant = (facts) =>
  [...facts.orders.keys()].flatMap((id) => {
    const posts = postsOf(facts, id);
    return posts.slice(0, -1).some(mayBeTaken)
      ? [`${id} was sent ${posts.length} times, though an earlier one may have been taken`]
      : [];
  });

/** Rule 1: the right to send is the status `buying`. */
export const sentByRight: Invariant = ({ posts }) =>
  posts.flatMap(({ order, status, by }) =>
    status === 'buying' ? [] : [`process ${by} sent ${order ?? 'for no order'} while ${status}`],
  );

const TRIES_START_WITHIN_MS = 10_000;

/** A process that was frozen does not send: tries start within 10 seconds of the `buying` write. */
export const sentInTime: Invariant = ({ posts, orders }) =>
  posts.flatMap(({ order, at }) => {
    const { attempt } = (order && orders.get(order)?.order) || {};
    return attempt && at - attempt.startedAt > TRIES_START_WITHIN_MS
      ? [`${order} was sent ${at - attempt.startedAt} ms after its attempt began`]
      : [];
  });

/** Rule 3: a check, not old, that showed no more than the quote. */
export const quoteKept: Invariant = (facts) =>
  facts.posts.flatMap((post) => {
    const order = post.order && facts.orders.get(post.order)?.order;
    if (!order) return [];
    const quoted = centsOf(order.quote.charged.amount);
    const isFine = facts.checks.some(
      (check) =>
        check.by === post.by &&
        check.item === post.item &&
        check.quantity === post.quantity &&
        check.at >= (order.approvedAt ?? 0) &&
        check.at <= post.at &&
        post.at - check.at <= CHECK_HOLDS_MS &&
        check.unitCents * check.quantity <= quoted,
    );
    return isFine ? [] : [`${order.id} was sent without a fresh check within its quote`];
  });

const chargesNothing: readonly Status[] = [...(['failed', 'cancelled', 'expired', 'rejected', 'repriced'] as const)];

/** An order that ended as not charged was not. */
export const nothingChargedIsTrue: Invariant = (facts) =>
  ordersOf(facts).flatMap(({ id, status }) =>
    chargesNothing.includes(status) && postsOf(facts, id).some(mayBeTaken)
      ? [`${id} is ${status}, but a purchase of it may have been taken`]
      : [],
  );

/** Clocks of two houses differ, and the newest order is looked up some time before the attempt begins. */
const TELLS_APART_MS = 2 * 60_000 + CHECK_HOLDS_MS;

/**
 * Whether nobody could have told an order of somebody else from the one that was lost: the same card, quantity and amount,
 * not on the list when the newest order was looked up for the attempt, and, where times are shown, not placed long before.
 */
function isMistakable(charged: Charged, { quote, attempt }: Order, { listMode }: Facts): boolean {
  const { post, item, quantity, cents, at, listedFrom } = charged;
  const startedAt = attempt?.startedAt ?? 0;
  const isSame = item === quote.itemCode && quantity === quote.quantity;
  const hasAmount = cents === centsOf(quote.charged.amount);
  // A list that begins with the oldest does not show the newest.
  const wasHidden = listMode === 'oldest first' || listedFrom >= startedAt - CHECK_HOLDS_MS;
  const wasRecent = listMode === 'without times' || at >= startedAt - TELLS_APART_MS;
  return post === undefined && isSame && hasAmount && wasHidden && wasRecent;
}

/** What may have been taken for the order at the moment at which it was found: its own, or one just like it. */
function lookedLike(order: Order, facts: Facts): Charged[] {
  const foundAt = order.history.find(({ why }) => why === 'found')?.at ?? 0;
  return facts.charged.filter(
    (charged) =>
      // Who reads the list sees what was on it a little before.
      charged.listedFrom < foundAt - FOUND_AFTER_MS &&
      charged.orderId > (order.attempt?.watermark ?? 0) &&
      // One that was charged at another price is not recognised (docs/decisions, reconciling).
      charged.cents === centsOf(order.quote.charged.amount) &&
      (charged.post?.order === order.id || isMistakable(charged, order, facts)),
  );
}

/** From a look at the list to what follows from it, when nothing hangs. */
const FOUND_AFTER_MS = 1_000;

/** What is attached was bought for this order, or could not be told from it and was the only one. */
export const attachedRightly: Invariant = (facts) =>
  ordersOf(facts).flatMap((order) => {
    if (!order.remote) return [];
    const charged = facts.charged.find(({ orderId }) => orderId === order.remote?.orderId);
    if (charged?.post?.order === order.id) return [];
    const isExcused = charged && isMistakable(charged, order, facts);
    const isOnly = lookedLike(order, facts).every((other) => other === charged);
    return isExcused && isOnly
      ? []
      : [`${order.id} has the remote order ${order.remote.orderId}, which is not its own`];
  });

export const attachedOnce: Invariant = (facts) => {
  const ids = ordersOf(facts).flatMap(({ remote }) => remote?.orderId ?? []);
  return new Set(ids).size === ids.length ? [] : ['a remote order is attached to two orders'];
};

const knownTo: readonly Status[] = ['delivered', 'held', 'needs_review'];

/** Every order that was charged ends delivered, held or before people. */
export const chargedIsKnown: FinalInvariant = (facts) =>
  facts.charged.flatMap(({ post, cents, orderId }) => {
    const order = post?.order && facts.orders.get(post.order)?.order;
    if (!order || knownTo.includes(order.status) || isInStock(facts, order)) return [];
    // Not recognised by its amount; the comparison of the books shows it (docs/decisions, reconciling).
    const isForTheBooks = cents !== centsOf(order.quote.charged.amount);
    return order.status === 'closed' && isForTheBooks
      ? []
      : [`${orderId} was charged for ${order.id}, which is ${order.status}`];
  });

/** The operator's caps hold, for whatever may have been bought. */
export const capsKept: Invariant = (facts) => {
  const byDay = new Map<string, number>();
  const wrong: string[] = [];
  for (const order of ordersOf(facts)) {
    const isOut = postsOf(facts, order.id).some(mayBeTaken);
    if (!isOut || order.status === 'closed') continue;
    const quoted = centsOf(order.quote.charged.amount);
    const cents = order.remote ? Math.min(centsOf(order.remote.charged.amount), quoted) : quoted;
    if (quoted > centsOf(facts.caps.order)) wrong.push(`${order.id} is over the order's cap`);
    const day = dayOf(order.approvedAt ?? 0);
    byDay.set(day, (byDay.get(day) ?? 0) + cents);
  }
  for (const [day, cents] of byDay) {
    if (cents > centsOf(facts.caps.day)) wrong.push(`${day} is over its cap with ${cents} cents`);
  }
  return wrong;
};

/** What may be charged counts, from before the POST. */
export const outIsCounted: Invariant = (facts) =>
  ordersOf(facts).flatMap(({ id, status, approvedAt, quote }) => {
    if (status !== 'buying' && status !== 'unconfirmed') return [];
    const held = facts.budgets.get(dayOf(approvedAt ?? 0))?.held[id];
    return held === quote.charged.amount ? [] : [`${id} is ${status}, and ${held ?? 'nothing'} held`];
  });

const mayStillBeCharged: readonly Status[] = ['unconfirmed', 'not_found', 'needs_review'];

/** The day's total is what its orders say. */
export const budgetsAddUp: FinalInvariant = (facts) => {
  const days = Map.groupBy(
    ordersOf(facts).filter(({ approvedAt }) => approvedAt !== undefined),
    ({ approvedAt }) => dayOf(approvedAt ?? 0),
  );
  return [...days].flatMap(([day, orders]) => {
    const { settled, held } = facts.budgets.get(day) ?? { settled: '0', held: {} };
    const sum = orders.reduce((total, { remote }) => total.plus(remote?.charged.amount ?? 0), Big(0));
    const open = orders.filter(({ status, remote }) => !remote && mayStillBeCharged.includes(status));
    // What campaigns have set aside is looked at elsewhere (`overHoldsNothing`).
    const heldFor = Object.keys(held).filter((id) => !facts.campaigns.has(id));
    const isHeld =
      open
        .map(({ id }) => id)
        .sort()
        .join() === heldFor.sort().join();
    return [
      ...(sum.eq(settled) ? [] : [`${day} has settled ${settled} instead of ${sum.toFixed()}`]),
      ...(isHeld ? [] : [`${day} holds ${heldFor} instead of ${open.map(({ id }) => id)}`]),
    ];
  });
};
