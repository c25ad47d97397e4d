import { auditTags, dayOf, Problem } from '../lib/index.ts';
import { type Page, type Records, walk } from '../store/index.ts';
import { isUntold } from './model/news.ts';
import { isPool, laneOf, leavesNothing, type Order, type Status } from './model/order.ts';
import { cardsOnHand, deliveredDay, isUndelivered } from './model/parcels.ts';
import { flightHold, laneHold, laneList, lostList } from './model/records.ts';
import { wantsRetries } from './model/retry-schedule.ts';
import { isFinal, isMissing, isNotListed, whyClosed } from './model/state-machine.ts';
import { measured, type StepMetrics } from './notify/measure.ts';

/**
 * `open`: what a start takes up. `passing`: what a running process looks after; nothing stays there for much more than a
 * day. `awaiting`: what waits for approval, up to three days; `awaiting/<guild>`: of one guild. `review`: what waits for people.
 * `offers/<guild>/<user>`, `requests/<guild>/<user>`: what a member was offered and has not taken, and what waits for approval for them.
 * `missing`: what CardPlusPay has not shown. `unknown/<day>`: whose outcome became unknown on that UTC day.
 * `delivered/<day>`: whose last card was delivered then. `card/<fingerprint>`: with that code. `campaign/<id>`: of one campaign; with `/open`, those of them that have not ended.
 * `lane/<lane>`: of a lane, what is out or looked for; `lost/<lane>`: those of them whose outcome is unknown.
 * `on-hand/<guild>`: with cards on hand for a guild; `on-hand/<guild>/<item>`: of that item.
 */
export type Listing =
  | 'open'
  | 'passing'
  | 'awaiting'
  | `awaiting/${string}`
  | 'review'
  | 'missing'
  | `offers/${string}`
  | `requests/${string}`
  | `unknown/${string}`
  | `delivered/${string}`
  | `card/${string}`
  | `campaign/${string}`
  | `lane/${string}`
  | `lost/${string}`
  | `on-hand/${string}`;

export const offersOf = (guild: string, user: string) => `offers/${guild}/${user}` as const;
export const requestsOf = (guild: string, user: string) => `requests/${guild}/${user}` as const;

function isPassing(order: Order): boolean {
  const isEarly = ['quoted', 'approved', 'buying'].includes(order.status);
  return isEarly || wantsRetries(order) || isUndelivered(order);
}

/** The lists an order stands in. They follow from the order alone, so they cannot disagree with it. */
export function tagsOf(order: Order): string[] {
  const day = deliveredDay(order);
  return [
    `member/${order.guild}/${order.requester}`,
    ...receivers(order).map((user) => `recipient/${order.guild}/${user}`),
    ...(isFinal(order.status) && !isUntold(order) ? [] : ['open']),
    ...(isPassing(order) ? ['passing'] : []),
    ...(order.status === 'awaiting_approval' ? ['awaiting', `awaiting/${order.guild}`] : []),
    ...(leavesNothing(order) ? [offersOf(order.guild, order.requester)] : []),
    ...(order.status === 'awaiting_approval' ? [requestsOf(order.guild, order.requester)] : []),
    ...(order.status === 'needs_review' ? ['review'] : []),
    ...(isMissing(order) ? ['missing'] : []),
    ...unknownSince(order).map((at) => `unknown/${dayOf(at)}`),
    ...(day === undefined ? [] : [`delivered/${day}`]),
    ...laneTags(order),
    ...cardTags(order),
    ...campaignTags(order),
    ...onHandTags(order),
    ...(leavesNothing(order) ? [] : auditTags(order, order.history.length)),
  ];
}

function laneTags(order: Order): string[] {
  const lane = laneOf(order);
  if (order.status === 'buying') return [laneList(lane)];
  return order.status === 'unconfirmed' ? [laneList(lane), lostList(lane)] : [];
}

/** A card on hand that has gone into another order stands in that one. */
const cardTags = ({ cards }: Order): string[] => [
  ...new Set(cards.filter(({ handedOn }) => !handedOn).map(({ fingerprint }) => cardTag(fingerprint))),
];

/** Lists the orders that one code came with: at most one, unless CardPlusPay sold it twice. */
export const cardTag = (fingerprint: string) => `card/${fingerprint}` as const;

function campaignTags({ campaign, status }: Order): string[] {
  if (!campaign) return [];
  const tag = `campaign/${campaign.id}`;
  return isFinal(status) ? [tag] : [tag, `${tag}/open`];
}

function onHandTags(order: Order): string[] {
  if (cardsOnHand(order).length === 0) return [];
  return [onHandIn(order.guild), onHandOf(order)];
}

/** The lists of orders with cards on hand: of a guild, and of one item of it. */
export const onHandIn = (guild: string): Listing => `on-hand/${guild}`;
export const onHandOf = ({ guild, quote }: { guild: string; quote: Pick<Order['quote'], 'itemCode'> }): Listing =>
  `on-hand/${guild}/${quote.itemCode}`;

/** Who has cards of it that somebody else asked for: until there are any, it is no news of theirs. */
function receivers({ cards, requester }: Order): string[] {
  const users = new Set(cards.flatMap(({ recipient }) => recipient ?? []));
  return [...users].filter((user) => user !== requester);
}

/** When the outcome of the order's purchase became unknown; at most once in its life. */
export function unknownSince({ history }: Order): number[] {
  return history
    .filter(({ status, why }) => status === 'unconfirmed' && why)
    .slice(0, 1)
    .map(({ at }) => at);
}

type Revision = { ok: true; order: Order } | { ok: false; hold: string; owner: string; order: Order };

export type NewOrder = Omit<Order, 'version'>;
export interface OrderPage {
  orders: Order[];
  next?: string;
}

export type OrderRepository = ReturnType<typeof createOrderRepository>;

export function createOrderRepository(records: Records<Order>, metrics?: StepMetrics) {
  const write = (order: NewOrder, before?: Order) => {
    const guard = { seen: before?.version ?? 0, tags: tagsOf(order as Order), holds: holdsOf(order as Order) };
    return measured(metrics, records.write(order.id, order, guard), order, before);
  };

  async function byReference(reference: string): Promise<Order | undefined> {
    const id = await records.holder(`reference/${reference}`);
    return id === undefined ? undefined : records.get(id);
  }

  /** That order, of which an earlier step knows that it is there. Throws `order_unknown` for an offer that is gone by now. */
  async function require(id: string): Promise<Order> {
    const order = await records.get(id);
    if (!order) throw new Problem('order_unknown', {});
    return order;
  }

  /**
   * Writes a new order; `rename` gives it another reference when the one it has is taken. One that has what only one
   * order may have (the place of an order whose price rose, a member's card out of a campaign) is given back instead.
   */
  async function create(order: NewOrder, rename: () => string): Promise<Order> {
    const written = await write(order);
    if (written.ok) return { ...order, version: written.version };
    if (written.reason === 'changed') throw new Error(`the order id ${order.id} is taken`);
    const owner = await records.get(written.owner);
    if (owner && written.hold !== `reference/${order.reference}`) return owner;
    return create({ ...order, reference: rename() }, rename);
  }

  /**
   * Writes what `decide` makes of the order as it is now; when somebody else was faster, decides again
   * on what they left. The same object back means: nothing to write. Throws what `decide` throws. An order that was just
   * read is given itself: the write finds out whether it still stands so, and who has nothing to write reads it again.
   */
  async function revise(seen: string | Order, decide: (order: Order) => Order): Promise<Revision> {
    const id = typeof seen === 'string' ? seen : seen.id;
    const order = typeof seen === 'string' ? await require(id) : seen;
    const decided = decide(order);
    if (decided === order) return typeof seen === 'string' ? { ok: true, order } : revise(id, decide);
    const { version: _, ...next } = decided;
    const written = await write(next, order);
    if (written.ok) return { ok: true, order: { ...next, version: written.version } };
    if (written.reason === 'changed') return revise(id, decide);
    return { ok: false, hold: written.hold, owner: written.owner, order };
  }

  async function paged(tag: string, page: Page): Promise<OrderPage> {
    const { records: orders, unreadable: _, ...rest } = await records.tagged(tag, page);
    return { orders, ...rest };
  }

  return {
    get: (id: string) => records.get(id),
    require,
    byReference,
    holder: (hold: string) => records.holder(hold),
    create,
    revise,
    /** Takes it away for good as it was seen, and says whether it did: somebody may have moved it on. */
    remove: ({ id, version }: Order) => records.remove(id, version),
    ofMember: (guild: string, user: string, page: Page) => paged(`member/${guild}/${user}`, page),
    /** Orders of others with cards for this member. */
    receivedBy: (guild: string, user: string, page: Page) => paged(`recipient/${guild}/${user}`, page),
    listed: (listing: Listing, page: Page) => paged(listing, page),
    /** All orders of a list that can be read, newest first, page by page. What joins it meanwhile may be left out. */
    walk: (listing: Listing, unreadable?: (id: string) => void) => walk(records, listing, unreadable),
    count: (listing: Listing) => records.count(listing),
  };
}

/** The names that only this order may have now. */
export function holdsOf(order: Order): string[] {
  const mayBeOut = order.status === 'buying' || order.status === 'unconfirmed';
  return [
    `reference/${order.reference}`,
    ...(mayBeOut ? [flightOf(order)] : []),
    ...(order.insteadOf === undefined ? [] : [offerHold(order.insteadOf)]),
    ...(order.remote ? [`remote/${order.remote.orderId}`] : []),
    ...servedHolds(order),
    ...givenHolds(order),
  ];
}

/** A card on hand goes to one order, for ever. */
function servedHolds({ fromHand = [] }: Order): string[] {
  return fromHand.flatMap(({ order, cards }) => cards.map((card) => `on-hand/${order}/${card}`));
}

const givesNothing: readonly Status[] = ['cancelled', 'expired', 'rejected', 'repriced', 'failed'];

/** An order that has given nobody anything, and never will. Of one that was closed otherwise nobody may know that. */
export function endedWithNothing(order: Pick<Order, 'status' | 'remote' | 'history'>): boolean {
  const { status, remote } = order;
  if (status !== 'closed') return givesNothing.includes(status);
  return !remote && (isNotListed(order) || whyClosed(order) === 'review_none');
}

/** Nobody gets two cards out of one campaign: not by two orders, not by two processes, not after a crash. Of each of its pools there is one. */
function givenHolds(order: Order): string[] {
  const { campaign, recipients } = order;
  if (!campaign || (endedWithNothing(order) && !isPoolKept(order))) return [];
  const { id, pool } = campaign;
  return [
    ...recipients.filter(({ rest }) => !rest).map(({ user }) => givenHold(id, user)),
    ...(pool === undefined ? [] : [`pool/${id}/${pool}`]),
  ];
}

/** Cards that are for nobody yet would be bought anew by whoever finds that their pool is free, and asks no person. */
const isPoolKept = (order: Order): boolean => isPool(order) && isNotListed(order);

/** Taken by the order by which somebody gets their card out of a campaign. */
const givenHold = (campaign: string, user: string): string => `given/${campaign}/${user}`;

/** Whose card out of a campaign that hold is for, if it is for one. */
export const givenTo = (hold: string): string | undefined => /^given\/[^/]+\/(.+)$/.exec(hold)?.[1];

/** As long as a purchase may be out: one of the few of its lane. */
function flightOf(order: Order): string {
  const slot = order.attempt?.slot;
  return slot === undefined ? laneHold(laneOf(order)) : flightHold(laneOf(order), slot);
}

/** Taken by the one offer that is made in the place of an order whose price rose. */
export const offerHold = (id: string): string => `offer/${id}`;
