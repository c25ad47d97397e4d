import Big from 'big.js';
import type { Member } from '../../../src/lib/member.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import type { Facts, FinalInvariant, Invariant, Reservation } from '../facts.ts';
import type { Post } from '../vendor/vendor.ts';
import { foundAtCheck, policiesAtCheck } from './approvals.ts';
import { matterOf } from './matter.ts';
import { turnedUpLate } from './money.ts';
import { budgetsOf, countsAsFree, freeKey, inForce } from './policy-words.ts';

const isOfGuild = (key: string): boolean => key.startsWith('guild/');
const orderOf = ({ orders }: Facts, id: string): Order | undefined => orders.get(id)?.order;
const quotedAt = ({ history }: Order): number => history[0]?.at ?? 0;

/** For what something was set aside: an order, or a campaign as a whole. */
interface Spending {
  readonly requester: string;
  /** From when on policies count. */
  readonly since: number;
  /** Moments of the periods in which it may count. */
  readonly moments: readonly number[];
  /** How much it may be. */
  readonly amounts: readonly string[];
}

function spendingOf(facts: Facts, { order: id, at }: Reservation): Spending | undefined {
  const campaign = facts.campaigns.get(id);
  if (campaign) {
    const { requester, history } = campaign;
    const offers = history.flatMap(({ offered }) => offered?.charged.amount ?? []);
    const moments = [...history.map((step) => step.at), at];
    return { requester, since: moments[0] ?? at, moments, amounts: offers };
  }
  const order = orderOf(facts, id);
  if (!order) return undefined;
  const { requester, reserved, quote } = order;
  const since = quotedAt(order);
  const moments = reserved ? [reserved.at] : [since, at];
  return { requester, since, moments, amounts: [quote.charged.amount] };
}

/** Somebody with nothing but a name: which budgets hold for them is read off the key. */
function limitsFor(facts: Facts, { key, at }: Reservation, spending: Spending): number[] {
  const [, place, id = ''] = key.split('/');
  const user = spending.requester;
  const member = { user, guild: 'guild', isManager: false, roles: place === 'role' ? [id] : [] };
  return inForce(facts, spending.since, at).flatMap((policy) => {
    if (place === 'free') return Number(policy.free.perDay);
    const limit = spending.moments
      .map((moment) => budgetsOf(policy, member, moment).get(key))
      .find((each) => each !== undefined);
    return limit === undefined ? [] : Number(limit);
  });
}

/**
 * An order, or a campaign, is counted with all that it may cost, and at that moment all that counts against it stays within
 * its limit, as some policy said since it was quoted. (CardPlusPay may charge more than it said; then nothing more fits in.)
 * What an order draws from what its campaign has set aside needs no room.
 */
export const budgetsKept: Invariant = (facts) =>
  facts.reservations.flatMap((reservation) => {
    const { key, order: id, amount, sum, isMoved } = reservation;
    const spending = spendingOf(facts, reservation);
    if (!spending || !isOfGuild(key)) return [];
    if (!spending.amounts.includes(amount)) return [`${key} holds ${amount} for ${id}`];
    const order = orderOf(facts, id);
    // What may have been charged already is counted, whether or not there is room for it.
    if (isMoved || (order && turnedUpLate(order))) return [];
    const most = Math.max(...limitsFor(facts, reservation, spending));
    return sum <= most ? [] : [`${key} is over its limit of ${most} with ${sum}, by ${id}`];
  });

/** Where an order has to be counted, were this the policy, and this its requester. */
function placesOf(policy: Parameters<typeof budgetsOf>[0], member: Member, order: Order): string[] {
  const at = order.reserved?.at ?? 0;
  const free = countsAsFree(policy, member, order) ? [freeKey(member.user, at)] : [];
  return [...budgetsOf(policy, member, at).keys(), ...free];
}

function isCounted(facts: Facts, order: Order, post: Post): boolean {
  const keys = facts.reservations.flatMap((each) => (each.order === order.id ? each.key : []));
  const members = foundAtCheck(facts, order, post, order.requester);
  return policiesAtCheck(facts, order).some((policy) =>
    members.some((member) => placesOf(policy, member, order).every((key) => keys.includes(key))),
  );
}

/** What is sent counts in each budget that is set for it, and in what its requester may have without an approval. */
export const sentIsCounted: Invariant = (facts) =>
  facts.posts.flatMap((post) => {
    const order = post.order && orderOf(facts, post.order);
    return !order || isCounted(facts, order, post) ? [] : [`${order.id} counts in too few budgets`];
  });

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Confirmed by somebody who may do so only as long as it is little. */
function wasFree(facts: Facts, order: Order): boolean {
  const { approvedAt, approval, requester } = order;
  if (approvedAt === undefined || approval) return false;
  const { id: matter } = matterOf(facts, order);
  const members = facts.presses.filter(
    ({ press, order: id, member }) => press === 'confirm' && id === matter && member.user === requester,
  );
  return members.every(({ member, at }) =>
    inForce(facts, at, approvedAt).every((policy) => countsAsFree(policy, member, order)),
  );
}

/** However somebody splits it: what they bought without an approval in a day stays within what was free that day. */
export const freeTotalKept: Invariant = (facts) => {
  const sent = facts.posts
    .filter(({ verdict }) => verdict !== 'refused')
    .flatMap((post) => (post.order ? (orderOf(facts, post.order) ?? []) : []));
  const served = [...facts.orders.values()].flatMap(({ order }) => (order.fromHand ? order : []));
  const free = [...sent, ...served].filter((order) => wasFree(facts, order) && !turnedUpLate(order));
  const days = Map.groupBy(free, (order) => `${order.requester} ${dayOf(order.reserved?.at ?? 0)}`);
  return [...days].flatMap(([day, orders]) => {
    const sum = orders.reduce((total, order) => total.plus(leastChargedFor(order)), Big(0));
    const asked = orders.map((order) => quotedAt(matterOf(facts, order)));
    const [from, to] = [Math.min(...asked), Math.max(...orders.map(endOf))];
    const most = Math.max(...inForce(facts, from, to).map((policy) => Number(policy.free.perDay)));
    return sum.lte(most) ? [] : [`${day}: ${sum.toFixed()} without an approval, of ${most}`];
  });
};

const endOf = ({ approvedAt = 0 }: Order): number => approvedAt;
/** What it was counted with when others were: the quote, or less where less was charged by then. */
const leastChargedFor = ({ remote, quote }: Order): number =>
  Math.min(Number(remote?.charged.amount ?? quote.charged.amount), Number(quote.charged.amount));

/**
 * Once all has come to rest, each budget says what its orders do: what was charged, each once, and what still may be. What
 * campaigns may have set aside is looked at elsewhere (`drawnFromItsOwn`, `overHoldsNothing`).
 */
export const ledgerAddsUp: FinalInvariant = (facts) =>
  [...facts.budgets]
    .filter(([key]) => isOfGuild(key))
    .flatMap(([key, { settled, held }]) => {
      const ids = new Set(facts.reservations.flatMap((each) => (each.key === key ? each.order : [])));
      const orders = [...ids].flatMap((id) => orderOf(facts, id) ?? []);
      const sum = orders.reduce((total, order) => total.plus(countedIn(key, order)), Big(0));
      const campaigns = [...ids].filter((id) => facts.campaigns.has(id) && held[id] !== undefined);
      const open = [...orders.filter(mayStillBeCharged).map(({ id }) => id), ...campaigns];
      const isHeld = open.sort().join() === Object.keys(held).sort().join();
      return [
        ...(sum.eq(settled) ? [] : [`${key} has settled ${settled} instead of ${sum.toFixed()}`]),
        ...(isHeld ? [] : [`${key} holds ${Object.keys(held)} instead of ${open}`]),
      ];
    });

/** Cards on hand were paid for before: they count in what a member may have without an approval, and in nothing else. */
function countedIn(key: string, { remote, fromHand, quote }: Order): string {
  const isServed = fromHand !== undefined && key.startsWith('guild/free/');
  return remote?.charged.amount ?? (isServed ? quote.charged.amount : '0');
}

const mayStillBeCharged = ({ status, remote }: Order): boolean =>
  !remote && ['unconfirmed', 'not_found', 'needs_review'].includes(status);

/** What an order says of where it counts is so; of one of a campaign, where that has set aside what it would draw. */
export const reservedIsTrue: FinalInvariant = (facts) =>
  [...facts.orders.values()].flatMap(({ order: { id, reserved, campaign } }) =>
    (reserved?.budgets ?? [])
      .filter((key) => !facts.reservations.some((each) => [id, campaign?.id].includes(each.order) && each.key === key))
      .map((key) => `${id} says that it counts in ${key}, and does not`),
  );
