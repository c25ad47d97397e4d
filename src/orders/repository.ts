import { auditTags, dayOf } from '../lib/index.ts';
import { type Page, type Records, walk } from '../store/index.ts';
import { isUntold } from './model/news.ts';
import { isPool, laneOf, type Order, type Status } from './model/order.ts';
import { deliveredDay, isUndelivered } from './model/parcels.ts';
import { wantsRetries } from './model/retry-schedule.ts';
import { isFinal } from './model/state-machine.ts';

/**
 * `open`: what a start takes up. `passing`: what a running process looks after; nothing stays there for much more than a
 * day. `awaiting`: what waits for approval, up to three days; `awaiting/<guild>`: of one guild. `review`: what waits for people. `unknown/<day>`: whose outcome became unknown on that UTC day.
 * `delivered/<day>`: whose last card was delivered then. `campaign/<id>`: of one campaign; with `/open`, those of them that have not ended.
 */
export type Listing =
  | 'open'
  | 'passing'
  | 'awaiting'
  | `awaiting/${string}`
  | 'review'
  | `unknown/${string}`
  | `delivered/${string}`
  | `campaign/${string}`;

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
    ...(order.status === 'needs_review' ? ['review'] : []),
    ...unknownSince(order).map((at) => `unknown/${dayOf(at)}`),
    ...(day === undefined ? [] : [`delivered/${day}`]),
    ...campaignTags(order),
    ...auditTags(order, order.history.length),
  ];
}

function campaignTags({ campaign, status }: Order): string[] {
  if (!campaign) return [];
  const tag = `campaign/${campaign.id}`;
  return isFinal(status) ? [tag] : [tag, `${tag}/open`];
}

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

export function createOrderRepository(records: Records<Order>) {
  const write = (order: NewOrder, seen: number) =>
    records.write(order.id, order, { seen, tags: tagsOf(order as Order), holds: holdsOf(order as Order) });

  async function byReference(reference: string): Promise<Order | undefined> {
    const id = await records.holder(`reference/${reference}`);
    return id === undefined ? undefined : records.get(id);
  }

  /** That order, of which an earlier step knows that it is there. */
  async function require(id: string): Promise<Order> {
    const order = await records.get(id);
    if (!order) throw new Error(`no order has the id ${id}`);
    return order;
  }

  /**
   * Writes a new order; `rename` gives it another reference when the one it has is taken. One that has what only one
   * order may have (the place of an order whose price rose, a member's card out of a campaign) is given back instead.
   */
  async function create(order: NewOrder, rename: () => string): Promise<Order> {
    const written = await write(order, 0);
    if (written.ok) return { ...order, version: written.version };
    if (written.reason === 'changed') throw new Error(`the order id ${order.id} is taken`);
    const owner = await records.get(written.owner);
    if (owner && written.hold !== `reference/${order.reference}`) return owner;
    return create({ ...order, reference: rename() }, rename);
  }

  /**
   * Writes what `decide` makes of the order as it is now; when somebody else was faster, decides again
   * on what they left. The same object back means: nothing to write. Throws what `decide` throws.
   */
  async function revise(id: string, decide: (order: Order) => Order): Promise<Revision> {
    const order = await require(id);
    const decided = decide(order);
    if (decided === order) return { ok: true, order };
    const { version, ...next } = decided;
    const written = await write(next, version);
    if (written.ok) return { ok: true, order: { ...next, version: written.version } };
    if (written.reason === 'changed') return revise(id, decide);
    return { ok: false, hold: written.hold, owner: written.owner, order };
  }

  async function paged(tag: string, page: Page): Promise<OrderPage> {
    const { records: orders, ...rest } = await records.tagged(tag, page);
    return { orders, ...rest };
  }

  return {
    get: (id: string) => records.get(id),
    require,
    byReference,
    holder: (hold: string) => records.holder(hold),
    create,
    revise,
    ofMember: (guild: string, user: string, page: Page) => paged(`member/${guild}/${user}`, page),
    /** Orders of others with cards for this member. */
    receivedBy: (guild: string, user: string, page: Page) => paged(`recipient/${guild}/${user}`, page),
    listed: (listing: Listing, page: Page) => paged(listing, page),
    /** All orders of a list, newest first, read page by page. What joins it meanwhile may be left out. */
    walk: (listing: Listing) => walk(records, listing),
    count: (listing: Listing) => records.count(listing),
  };
}

/** The names that only this order may have now. */
export function holdsOf(order: Order): string[] {
  const mayBeOut = order.status === 'buying' || order.status === 'unconfirmed';
  return [
    `reference/${order.reference}`,
    ...(mayBeOut ? [laneHold(order)] : []),
    ...(order.insteadOf === undefined ? [] : [offerHold(order.insteadOf)]),
    ...(order.remote ? [`remote/${order.remote.orderId}`] : []),
    ...givenHolds(order),
  ];
}

const givesNothing: readonly Status[] = ['cancelled', 'expired', 'rejected', 'repriced', 'failed'];
const whyClosed = ({ status, history }: Pick<Order, 'status' | 'history'>) =>
  status === 'closed' ? history.find((step) => step.status === 'closed')?.why : undefined;

/** A day of looking did not show it, and it may yet turn up: whether it is bought once more is up to a person. */
export const isNotListed = (order: Pick<Order, 'status' | 'history'>): boolean => whyClosed(order) === 'not_listed';

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
function givenHold(campaign: string, user: string): string {
  return `given/${campaign}/${user}`;
}

export function laneHold(order: Pick<Order, 'quote'>): string {
  return `lane/${laneOf(order)}`;
}

/** Taken by the one offer that is made in the place of an order whose price rose. */
export function offerHold(id: string): string {
  return `offer/${id}`;
}
