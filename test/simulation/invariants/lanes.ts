import type { Order, Status } from '../../../src/orders/model/order.ts';
import type { Facts, FinalInvariant, Invariant } from '../facts.ts';
import type { Charged } from '../vendor/vendor.ts';

const ordersOf = ({ orders }: Facts): Order[] => [...orders.values()].map(({ order }) => order);
const isLane = (one: Order, other: Order): boolean =>
  one.quote.itemCode === other.quote.itemCode && one.quote.quantity === other.quote.quantity;

/** When it came into that status for the first time, and when it left it. */
function stay({ history }: Order, status: Status): { from: number; until: number } | undefined {
  const at = history.findIndex((step) => step.status === status);
  const since = history[at];
  if (!since) return undefined;
  const left = history.slice(at).find((step) => step.status !== status);
  return { from: since.at, until: left?.at ?? Number.POSITIVE_INFINITY };
}

export const foundAt = ({ history }: Order): number | undefined =>
  history.find(({ why, by }) => by === 'cardigan' && why === 'found')?.at;

/** Orders of the same lane that were looked for as well at that time. */
export const lostBeside = (facts: Facts, order: Order, at: number): Order[] =>
  ordersOf(facts).filter((other) => {
    const lost = other.id !== order.id && isLane(other, order) ? stay(other, 'unconfirmed') : undefined;
    return lost !== undefined && lost.from <= at && at <= lost.until;
  });

/**
 * Bought for another order of the lane, whose answer was lost as well: the two may have each other's. It was lost by the
 * time at which this one was found, and what it has come to by then is not this one.
 */
export function isSwapped(facts: Facts, order: Order, charged: Charged): boolean {
  const at = foundAt(order);
  const own = charged.post?.order === undefined ? undefined : facts.orders.get(charged.post.order)?.order;
  if (!own || at === undefined || !isLane(own, order) || own.remote?.orderId === charged.orderId) return false;
  const lost = stay(own, 'unconfirmed');
  return lost !== undefined && lost.from <= at && (at <= lost.until || own.remote !== undefined);
}

/** From the look at the lane to the `buying` write: who is frozen in between may go by an old look so long. */
const SLIPS_IN_MS = 31_000;

/** As long as an answer of a lane is lost, nothing new of it is sent. */
export const closedLanesTakeNobody: Invariant = (facts) =>
  ordersOf(facts).flatMap((order) => {
    const { attempt } = order;
    if (!attempt) return [];
    const before = ordersOf(facts).some((other) => {
      const lost = other.id !== order.id && isLane(other, order) ? stay(other, 'unconfirmed') : undefined;
      return lost && attempt.startedAt > lost.from + SLIPS_IN_MS && attempt.startedAt < lost.until;
    });
    return before ? [`${order.id} was sent into a closed lane`] : [];
  });

/** Nothing is taken for a lost order while another one of its lane is out that may be what was found. */
export const nothingMatchedInFlight: Invariant = (facts) =>
  ordersOf(facts).flatMap((order) => {
    const at = foundAt(order);
    if (at === undefined) return [];
    const flying = ordersOf(facts).filter((other) => {
      const out = other.id !== order.id && isLane(other, order) ? stay(other, 'buying') : undefined;
      return out && out.from <= lostSince(order) + SLIPS_IN_MS && at < out.until;
    });
    return flying.map(({ id }) => `${order.id} was found while ${id} was out`);
  });

const lostSince = (order: Order): number => stay(order, 'unconfirmed')?.from ?? 0;

const MOST_OF_A_LANE = 6;

/** What one incident can leave unknown of a lane has an end. */
export const fewAreOut: Invariant = (facts) => {
  const out = ordersOf(facts).filter(({ status }) => status === 'buying' || status === 'unconfirmed');
  const lanes = Map.groupBy(out, ({ quote }) => `${quote.itemCode}/${quote.quantity}`);
  return [...lanes].flatMap(([lane, orders]) =>
    orders.length > MOST_OF_A_LANE ? [`${orders.length} orders of ${lane} are out at once`] : [],
  );
};

/** What came in an answer belongs to the order at CardPlusPay that its order has: else a card would have two owners. */
export const answersStayTogether: FinalInvariant = (facts) =>
  ordersOf(facts).flatMap(({ id, remote, history }) => {
    const { answer } = facts.vault.get(id) ?? {};
    if (!remote || !answer || !history.some(({ why, by }) => why === 'found' && by === 'cardigan')) return [];
    const came = [
      ...Buffer.from(answer.bodyBase64, 'base64')
        .toString()
        .matchAll(/(?:SECRET|PIN)-(\d+)-/g),
    ];
    const isOwn = came.length === 0 || came.some(([, orderId]) => Number(orderId) === remote.orderId);
    return isOwn ? [] : [`${id} has ${remote.orderId}, and its answer came with codes of another order`];
  });
