import type { Order, Status } from '../../../src/orders/model/order.ts';
import { enteredAt } from '../../../src/orders/model/retry-schedule.ts';
import type { Facts, FinalInvariant, Invariant } from '../facts.ts';
import { silences } from '../gone.ts';
import type { Charged } from '../vendor/vendor.ts';
import { isInStock } from './records.ts';

const HOUR = 3600_000;
/**
 * A lost order is looked for as long as a day where the list cannot be read, watched for one or two more where it does
 * not show it, and somebody looks once an hour.
 */
export const WITHIN_MS = 75 * HOUR;
/** People are told in the round after; where Discord does not take it, a quarter of an hour later. */
const TOLD_WITHIN_MS = 2 * HOUR;

const withSomebody: readonly Status[] = ['delivered', 'held', 'needs_review'];

/** From when on nothing but the part that is gone is in the way. */
const countsFrom = ({ gone }: Facts, at: number): number => Math.max(at, gone?.since ?? 0);

/** People are told, or there is a record of what they are to be told, where nobody can be. */
function isTold({ gone, notices, recorded }: Facts, order: Order): boolean {
  const told = gone && silences.includes(gone.part) ? recorded : notices;
  return told.has(`review/${order.id}/${enteredAt(order)}`);
}

/** A day's looking did not show it before it was closed: that it is there is told by the comparison of the books. */
const turnedUpTooLate = ({ status, history }: Order, { listedFrom }: Charged): boolean =>
  status === 'closed' && listedFrom > (history.find((step) => step.status === 'closed')?.at ?? 0) - 1_000;

function isWithSomebody(facts: Facts, order: Order, charged: Charged): boolean {
  if (order.status === 'needs_review') return isTold(facts, order) || facts.now - enteredAt(order) < TOLD_WITHIN_MS;
  return withSomebody.includes(order.status) || isInStock(facts, order) || turnedUpTooLate(order, charged);
}

/** Every paid cent reaches its owner, or a person, in time, even if a part never comes back. */
export const chargedReachesSomebody: Invariant = (facts) =>
  facts.charged.flatMap((charged) => {
    const { post, orderId, at } = charged;
    const all = [...facts.orders.values()].map(({ order }) => order);
    const attached = all.find(({ remote }) => remote?.orderId === orderId);
    const order = attached ?? all.find(({ id }) => id === post?.order);
    if (!order || facts.now - countsFrom(facts, at) < WITHIN_MS) return [];
    return isWithSomebody(facts, order, charged)
      ? []
      : [`${orderId} was charged for ${order.id}, which is ${order.status} after ${(facts.now - at) / HOUR} hours`];
  });

const mayBeCharged = ({ status, remote }: Order): boolean =>
  remote !== undefined || withSomebody.includes(status) || status === 'not_found';

/** What is set aside, in which budget, for an order that was not charged. */
const heldForNothing = ({ budgets, orders }: Facts): { key: string; order: Order }[] =>
  [...budgets].flatMap(([key, { held }]) =>
    Object.keys(held).flatMap((id) => {
      const order = orders.get(id)?.order;
      return !order || mayBeCharged(order) ? [] : { key, order };
    }),
  );

const stillHeld = ({ key, order }: { key: string; order: Order }) =>
  `${key} still holds something for ${order.id}, which is ${order.status}`;

/** What is set aside and was not charged is free again in time. */
export const unchargedIsFreed: Invariant = (facts) =>
  heldForNothing(facts)
    .filter(({ order }) => facts.now - countsFrom(facts, order.history[0]?.at ?? 0) >= WITHIN_MS)
    .map(stillHeld);

/** And once nothing more happens. */
export const freedAtRest: FinalInvariant = (facts) => heldForNothing(facts).map(stillHeld);

/** What waits for people is before them. */
export const reviewsReachPeople: FinalInvariant = (facts) =>
  [...facts.orders.values()].flatMap(({ order }) =>
    order.status === 'needs_review' && !isTold(facts, order)
      ? [`${order.id} waits for people, and nobody was told`]
      : [],
  );

/** Whoever asks for a card that could not be sent has it before their eyes. */
export const heldIsRevealed: FinalInvariant = ({ gone, orders }) =>
  [...orders.values()].flatMap(({ order: { id, status, campaign } }) =>
    status === 'held' && !campaign && gone?.part !== 'Discord' ? [`${id} is held, also from whoever asks for it`] : [],
  );
