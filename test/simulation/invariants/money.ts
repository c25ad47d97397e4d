import Big from 'big.js';
import type { Order, Status } from '../../../src/orders/model/order.ts';
import type { Facts, FinalInvariant, Invariant } from '../facts.ts';
import type { Charged, Post } from '../vendor/vendor.ts';
import { foundAt, isSwapped, lostBeside } from './lanes.ts';
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

/** What was quoted or, where it had changed by then, checked right before the purchase. */
const centsFitting = ({ quote, attempt }: Order): number[] =>
  [quote.charged, attempt?.checked].flatMap((each) => (each ? centsOf(each.amount) : []));

/** Clocks of two houses differ, and the newest order is looked up some time before the attempt begins. */
const TELLS_APART_MS = 2 * 60_000 + CHECK_HOLDS_MS;

/**
 * Whether nobody could have told an order of somebody else from the one that was lost: the same card, quantity and amount,
 * not on the list when the newest order was looked up for the attempt, and, where times are shown, not placed long before.
 */
function isMistakable(charged: Charged, order: Order, facts: Facts): boolean {
  return centsFitting(order).includes(charged.cents) && isSameCard(charged, order, facts);
}

/** The same, whatever it cost: where there is another, nobody can tell them apart. */
function isSameCard(charged: Charged, { quote, attempt }: Order, { listMode }: Facts): boolean {
  const { post, item, quantity, at, listedFrom, orderId } = charged;
  const { startedAt = 0, watermark = 0 } = attempt ?? {};
  const isSame = item === quote.itemCode && quantity === quote.quantity;
  // A list that begins with the oldest does not show the newest, and where ids jump, they do not tell it.
  const isInOrder = listMode !== 'oldest first' && !listMode.startsWith('ids jump');
  const wasHidden = !isInOrder || (listedFrom >= startedAt - CHECK_HOLDS_MS && orderId > watermark);
  const wasRecent = listMode.endsWith('without times') || at >= startedAt - TELLS_APART_MS;
  return post === undefined && isSame && wasHidden && wasRecent;
}

/** What may have been taken for the order at the moment at which it was found: its own, or one of the same card. */
function lookedLike(order: Order, facts: Facts): Charged[] {
  const foundAt = order.history.find(({ why }) => why === 'found')?.at ?? 0;
  const ofOthers = new Set(ordersOf(facts).flatMap(({ id, remote }) => (id === order.id ? [] : remote?.orderId)));
  return facts.charged.filter(
    (charged) =>
      // Who reads the list sees what was on it a little before.
      charged.listedFrom < foundAt - FOUND_AFTER_MS &&
      !ofOthers.has(charged.orderId) &&
      (charged.post?.order === order.id || isSameCard(charged, order, facts)),
  );
}

/** From a look at the list to what follows from it, when nothing hangs. */
const FOUND_AFTER_MS = 1_000;

/** People say whose it is: one where it is the same card, number and amount, and else two, or whoever runs Cardigan. */
function isSaidByPeople(order: Order, charged: Charged | undefined): boolean {
  const said = order.history.find(({ why }) => why === 'review_ours');
  if (!said || !charged) return false;
  const { item, quantity, cents } = charged;
  const isSame = item === order.quote.itemCode && quantity === order.quote.quantity;
  if (said.by === 'operator' || (isSame && centsFitting(order).includes(cents))) return true;
  return order.history.some(
    ({ why, by, detail }) => why === 'review_named' && by !== said.by && detail === said.detail,
  );
}

/** Bought for another one of its lane that was lost as well, after this one's newest order was looked up, for no more than it was to cost. */
function isOfItsLane(charged: Charged, order: Order, facts: Facts): boolean {
  const isNew = facts.listMode.startsWith('ids jump') || charged.orderId > (order.attempt?.watermark ?? 0);
  return isNew && centsFitting(order).includes(charged.cents) && isSwapped(facts, order, charged);
}

/** No more looked like it than there were lost orders for: else one of them is somebody else's, and nobody knows which. */
function isEnough(charged: Charged, order: Order, facts: Facts): boolean {
  const others = lookedLike(order, facts).filter((other) => other !== charged);
  return others.length <= lostBeside(facts, order, foundAt(order) ?? 0).length;
}

/** What is attached was bought for this order, or could not be told from it and was the only one, or people said so. */
export const attachedRightly: Invariant = (facts) =>
  ordersOf(facts).flatMap((order) => {
    if (!order.remote) return [];
    const charged = facts.charged.find(({ orderId }) => orderId === order.remote?.orderId);
    const isByHand = order.history.some(({ why }) => why === 'review_ours');
    if (isByHand && !isSaidByPeople(order, charged)) return [`${order.id} was attached by too few people`];
    if (isByHand || charged?.post?.order === order.id) return [];
    const isExcused = charged && (isMistakable(charged, order, facts) || isOfItsLane(charged, order, facts));
    return isExcused && isEnough(charged, order, facts)
      ? []
      : [`${order.id} has the remote order ${order.remote.orderId}, which is not its own`];
  });

export const attachedOnce: Invariant = (facts) => {
  const ids = ordersOf(facts).flatMap(({ remote }) => remote?.orderId ?? []);
  return new Set(ids).size === ids.length ? [] : ['a remote order is attached to two orders'];
};

const knownTo: readonly Status[] = ['delivered', 'held', 'needs_review'];

/** Every order that was charged ends delivered, held or before people, whatever was charged, if it was listed in a day. */
export const chargedIsKnown: FinalInvariant = (facts) =>
  facts.charged.flatMap(({ post, listedFrom, orderId }) => {
    const order = post?.order && facts.orders.get(post.order)?.order;
    if (!order || knownTo.includes(order.status) || isInStock(facts, order)) return [];
    // Another one of its lane, whose answer was lost as well, has it.
    if (ordersOf(facts).some(({ id, remote }) => id !== order.id && remote?.orderId === orderId)) return [];
    const closedAt = order.history.find(({ status }) => status === 'closed')?.at ?? Number.POSITIVE_INFINITY;
    return order.status === 'closed' && listedFrom > closedAt - FOUND_AFTER_MS
      ? []
      : [`${orderId} was charged for ${order.id}, which is ${order.status}`];
  });

/** Once it is said to be lost, nothing of it may be on its way that a look does not wait for. */
export const takenOnceOver: Invariant = (facts) =>
  ordersOf(facts).flatMap(({ id, attempt, history }) => {
    const taken = history.find(({ why, by }) => by === 'cardigan' && why === 'found');
    const over = Math.max(0, ...postsOf(facts, id).map(({ landsBy }) => landsBy));
    return taken && attempt && taken.at < over ? [`${id} was taken as found while it was on its way`] : [];
  });

export const turnedUpLate = ({ history }: Order): boolean =>
  history.some(({ status }) => status === 'closed') && history.some(({ why }) => why === 'review_reopened');

/** The operator's caps hold, for whatever may have been bought. */
export const capsKept: Invariant = (facts) => {
  const byDay = new Map<string, number>();
  const wrong: string[] = [];
  for (const order of ordersOf(facts)) {
    const isOut = postsOf(facts, order.id).some(mayBeTaken);
    // One that turned up after a day counts against the budget of its own day, which others have used by then.
    if (!isOut || order.status === 'closed' || turnedUpLate(order)) continue;
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
