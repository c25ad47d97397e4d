import type { Order } from '../../../src/orders/model/order.ts';
import { enteredAt } from '../../../src/orders/model/retry-schedule.ts';
import type { FinalInvariant, Invariant } from '../facts.ts';
import type { Charged } from '../vendor/vendor.ts';

/** A check may be so old when its order is sent: within that, a stop may come too late. */
const STOPS_WITHIN_MS = 40_000;

/** While purchases are stopped, nothing is sent. */
export const nothingSentWhileStopped: Invariant = ({ posts, stops }) =>
  posts.flatMap(({ order, at }) =>
    [...stops.values()].some(
      (stop) => at > stop.at + STOPS_WITHIN_MS && at < (stop.resumed?.at ?? Number.POSITIVE_INFINITY),
    )
      ? [`${order} was sent while purchases were stopped`]
      : [],
  );

/** The list may show an order so much later than it was placed, and the books still see it. */
const LISTED_WITHIN_MS = 30 * 60_000;
const COMPARED_WITHIN_MS = 11 * 60_000;

const isBeforePeople = ({ status, remote }: Order): boolean => !remote && status === 'needs_review';
const orderIdOf = ({ orderId }: { orderId: number }): number => orderId;

/** An order at CardPlusPay that no record knows is told to the admins. */
export const strangersAreTold: FinalInvariant = (facts) => {
  const { now, orders, charged, notices, booksBegin, booksBeganAt, listMode } = facts;
  const all = [...orders.values()].map(({ order }) => order);
  const attached = new Set(all.flatMap(({ remote }) => remote?.orderId ?? []));
  // People are asked about it; beside that one lost order explains one row, and at rest there is none.
  const asked = new Set(all.filter(isBeforePeople).flatMap(({ candidates = [] }) => candidates.map(orderIdOf)));
  const isForTheBooks = ({ orderId, at, listedFrom }: Charged) =>
    booksBegin !== undefined &&
    (listMode.startsWith('ids jump') ? at > booksBeganAt : orderId > booksBegin) &&
    !attached.has(orderId) &&
    listedFrom - at <= LISTED_WITHIN_MS &&
    listedFrom <= now - COMPARED_WITHIN_MS;
  return charged
    .filter(isForTheBooks)
    .filter(({ orderId }) => !asked.has(orderId) && !notices.has(`stranger/${orderId}`))
    .map(({ orderId }) => `${orderId} is known to nobody, and no admin was told`);
};

/** What waits for people is before them. */
export const reviewsAreTold: FinalInvariant = ({ orders, notices }) =>
  [...orders.values()].flatMap(({ order }) =>
    order.status === 'needs_review' && !notices.has(`review/${order.id}/${enteredAt(order)}`)
      ? [`${order.id} waits for people, and nobody was told`]
      : [],
  );
