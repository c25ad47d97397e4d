import { type CardPlusPay, CardPlusPayError, type RemoteOrder, type VendorPage } from '../../cardpluspay/index.ts';
import type { OrdersContext } from '../context.ts';
import { laneOf, type Order } from '../model/order.ts';
import { attemptOverAt } from '../model/retry-schedule.ts';
import type { Listing } from '../repository.ts';
import { judgeLost, type Seen } from './group.ts';
import { isUnchanged, type Lane, lowestWatermark, readLane, withPin } from './lane.ts';
import {
  candidatesIn,
  claimsOf,
  createdAtOf,
  descends,
  hasAmount,
  isSame,
  judgeCandidates,
  type LookedUp,
  type Match,
  newSince,
  type Sought,
  soughtOf,
} from './match.ts';

/** What one look at CardPlusPay says of a lost order. `later`: it may belong to another order here, wait for that one. */
export type Found = Match | { kind: 'later' };

/** What a look has read. */
interface Look {
  rows: readonly RemoteOrder[];
  candidates: LookedUp[];
}

/** Looks for an order at CardPlusPay. Throws CardPlusPayError when a part of the look failed: then it was none. */
export function search(ctx: OrdersContext, order: Order): Promise<Found> {
  return order.status === 'unconfirmed' ? searchInLane(ctx, order) : searchAlone(ctx, order);
}

/** How often a look is made again at once because its lane has changed meanwhile. */
const LOOKS_AGAIN = 3;

/**
 * Looks for an order whose lane is closed as long as it is looked for. The list is read before the lane: of what was sent
 * before, each is in the lane by then, or has taken its row by its hold.
 */
async function searchInLane(ctx: OrdersContext, order: Order): Promise<Found> {
  const lookedAt = ctx.clock.now();
  for (let again = 0; again < LOOKS_AGAIN; again++) {
    const watermark = lowestWatermark(await readLane(ctx, order));
    const rows = await readOrderList(ctx.vendor, watermark);
    const lane = await readLane(ctx, order);
    const nobodys = await unattached(ctx, rows, lane);
    const isSteady = isUnchanged(lane, await readLane(ctx, order)) && lowestWatermark(lane) >= watermark;
    if (!lane.lost.some(({ id }) => id === order.id)) return { kind: 'later' };
    if (isSteady) return judgeInLane(ctx, order, { rows, nobodys, lane, lookedAt });
  }
  return { kind: 'later' };
}

/** What is new on the list, to any of the lost ones, and belongs to no order here. */
async function unattached(
  ctx: OrdersContext,
  rows: readonly RemoteOrder[],
  { lost }: Pick<Lane, 'lost'>,
): Promise<RemoteOrder[]> {
  const likely = new Map<number, { row: RemoteOrder; doubt: number }>();
  for (const sought of lost.map(soughtOf)) {
    for (const candidate of candidatesIn(rows, sought)) {
      const { row } = candidate;
      const doubt = Math.min(unlikelihood(candidate, sought), likely.get(row.orderId)?.doubt ?? 3);
      likely.set(row.orderId, { row, doubt });
    }
  }
  const sorted = [...likely.values()].sort((a, b) => a.doubt - b.doubt).map(({ row }) => row);
  const isTaken = await Promise.all(sorted.map(({ orderId }) => isAttached(ctx, orderId)));
  return sorted.filter((_, at) => !isTaken[at]);
}

interface LaneLook {
  readonly rows: readonly RemoteOrder[];
  readonly nobodys: readonly RemoteOrder[];
  readonly lane: Lane;
  readonly lookedAt: number;
}

async function judgeInLane(ctx: OrdersContext, order: Order, look: LaneLook): Promise<Found> {
  const { rows, lane } = look;
  const found: Seen['found'] = await lookUpAll(ctx, look.nobodys, lane.lost.map(soughtOf));
  const lost = await Promise.all(lane.lost.map((each) => withPin(ctx, each, { found })));
  const verdict = judgeLost(order.id, lost, { rows, found });
  if (verdict.kind === 'nothing') return verdict;
  // Its own answer has named it: nobody else is asked.
  const isNamed = typeof lost.find((each) => each.order.id === order.id)?.pin === 'number';
  if (verdict.kind === 'ours' && isNamed) return verdict;
  const isOver = lane.lost.every((each) => look.lookedAt >= attemptOverAt(each, ctx.limits));
  if (lane.flying.length > 0 || !isOver) return { kind: 'later' };
  if (verdict.kind === 'unsure') return beforePeople(ctx, order, { rows, candidates: verdict.candidates }, verdict);
  const { candidate } = verdict;
  if (lane.isWhole && !(await mayBeEarlier(ctx, order, candidate))) return verdict;
  return { kind: 'unsure', why: 'found_unclear', candidates: [candidate] };
}

async function searchAlone(ctx: OrdersContext, order: Order): Promise<Found> {
  const sought = soughtOf(order);
  const rows = await readOrderList(ctx.vendor, sought.watermark);
  const nobodys = await unattached(ctx, rows, { lost: [order] });
  const isNewOf = newSince(rows, sought);
  const found = await lookUpAll(ctx, nobodys, [sought]);
  const candidates = found.flatMap((each) => {
    const isNew = isNewOf(each.row);
    return isNew === 'no' ? [] : [{ ...each, isNew }];
  });
  const verdict = judgeCandidates(candidates, sought);
  return verdict.kind === 'nothing' ? verdict : beforePeople(ctx, order, { rows, candidates }, verdict);
}

/** What people are to decide about, unless it may be another's whose answer is still on its way. */
async function beforePeople(ctx: OrdersContext, order: Order, look: Look, verdict: Match): Promise<Found> {
  if (verdict.kind === 'nothing') return verdict;
  const candidates = verdict.kind === 'ours' ? [verdict.candidate] : verdict.candidates;
  const expected = await isExpected(ctx, order, { rows: look.rows, candidates });
  if (expected === 'yes') return { kind: 'later' };
  // Somebody's answer may have come between the list and now: what is theirs is no candidate of ours.
  const attached = await Promise.all(candidates.map(({ row }) => isAttached(ctx, row.orderId)));
  if (attached.includes(true)) return { kind: 'later' };
  return expected === 'unclear' ? { kind: 'unsure', why: 'found_unclear', candidates } : verdict;
}

async function isAttached({ orders }: Pick<OrdersContext, 'orders'>, orderId: number): Promise<boolean> {
  return (await orders.holder(`remote/${orderId}`)) !== undefined;
}

/** More than people can look through. They are asked with these, so the others need not be looked up. */
const MOST_CANDIDATES = 20;

/** Those of the rows, likeliest first, that may be what one of these is. */
async function lookUpAll(ctx: OrdersContext, rows: readonly RemoteOrder[], sought: readonly Sought[]) {
  const found: Pick<LookedUp, 'row' | 'placed'>[] = [];
  for (const row of rows) {
    const looked = { row, placed: await lookUp(ctx, row.orderId) };
    if (sought.some((each) => isSame(claimsOf(looked), each) !== 'no')) found.push(looked);
    if (found.length >= MOST_CANDIDATES) break;
  }
  return found;
}

function unlikelihood({ row, isNew }: ReturnType<typeof candidatesIn>[number], sought: Sought): number {
  return (hasAmount(row.charged, sought) === 'no' ? 2 : 0) + (isNew === 'yes' ? 0 : 1);
}

async function lookUp({ vendor }: OrdersContext, orderId: number) {
  const placed = await vendor.order(orderId);
  if (placed.orderId === orderId) return placed;
  throw new CardPlusPayError('unreadable', 'unknown', 'another order than the one asked for');
}

async function isAnyListed(
  { orders }: OrdersContext,
  listing: Listing,
  wanted: (order: Order) => boolean,
): Promise<'yes' | 'no' | 'unclear'> {
  let otherwise: 'no' | 'unclear' = 'no';
  // One that cannot be read may be it.
  const unreadable = () => {
    otherwise = 'unclear';
  };
  for await (const order of orders.walk(listing, unreadable)) if (wanted(order)) return 'yes';
  return otherwise;
}

/**
 * Another order here whose answer is still on its way, or that is looked for as well, may be what was found. Whoever was
 * sent after it showed cannot, so nobody waits for ever where there is always one on its way.
 */
function isExpected(ctx: OrdersContext, { id, status }: Order, { rows, candidates }: Look) {
  const expecting = status === 'not_found' ? ['buying', 'unconfirmed'] : ['buying'];
  return isAnyListed(ctx, 'passing', (other) => {
    if (other.id === id || !other.attempt || !expecting.includes(other.status)) return false;
    const sought = soughtOf(other);
    const isNewOf = newSince(rows, sought);
    return candidates.some((each) => isNewOf(each.row) !== 'no' && isSame(claimsOf(each), sought) !== 'no');
  });
}

/** It may also be a like order's that was given up or is before people: one from before, or one that was out as well. */
async function mayBeEarlier(ctx: OrdersContext, order: Order, { row, placed }: LookedUp) {
  const isTimeless = createdAtOf(row) === undefined && createdAtOf(placed) === undefined;
  const startedAt = order.attempt?.startedAt ?? 0;
  const found = await isAnyListed(ctx, 'open', (other) => {
    const isGone = other.status === 'not_found' || other.status === 'needs_review';
    const wasSent = other.attempt !== undefined && other.remote === undefined;
    if (other.id === order.id || !isGone || !wasSent || laneOf(other) !== laneOf(order)) return false;
    if (other.candidates?.some(({ orderId }) => orderId === row.orderId)) return true;
    return isTimeless || (!isNamedByAnswer(other) && startedAt < attemptOverAt(other, ctx.limits));
  });
  return found !== 'no';
}

/** It is before people with the one order that its own answer has named: no other is its own. */
const isNamedByAnswer = ({ history }: Order): boolean =>
  history.some(({ status, why }) => status === 'needs_review' && (why === 'vendor_gave_up' || why === 'remote_taken'));

const PER_PAGE = 100; // CardPlusPay's most
/** Whoever says that there are more, or never comes to an end, keeps nobody reading. */
const MOST_PAGES = 1000;

/**
 * The account's orders from the newest down to the watermark; all of them where the list is not in descending order.
 * Throws CardPlusPayError when a page failed, could not be read whole, or was not the one asked for: a look that
 * failed is not a look.
 */
export async function readOrderList(vendor: Pick<CardPlusPay, 'orders'>, watermark: number): Promise<RemoteOrder[]> {
  const rows = new Map<number, RemoteOrder>();
  const query = { perPage: PER_PAGE, sortBy: 'created_at', order: 'desc' } as const;
  for (let number = 1; ; number++) {
    const page = await vendor.orders({ ...query, page: number });
    if (page.skipped > 0) throw unreadable('an unreadable row');
    if (number > MOST_PAGES) throw unreadable('pages without end');
    if (page.page !== number) throw unreadable('another page than the one asked for');
    for (const row of page.items) rows.set(row.orderId, row);
    const all = [...rows.values()];
    if (isShort(page, all.length)) throw unreadable('fewer rows than it has');
    if (descends(all) && (all.at(-1)?.orderId ?? Number.POSITIVE_INFINITY) <= watermark) return all;
    if (number >= page.lastPage) return all;
  }
}

/** A row that is silently missing may be the one sought. A page before the last is full, so no shorter than the average one. */
function isShort({ page, lastPage, total, items }: VendorPage<RemoteOrder>, soFar: number): boolean {
  return page >= lastPage ? soFar < total : items.length < total / lastPage;
}

const unreadable = (what: string) => new CardPlusPayError('unreadable', 'unknown', `the order list came with ${what}`);
