import type { Order } from '../../../src/orders/order.ts';
import type { FinalInvariant, Invariant } from '../facts.ts';

/** Who has Manage Server in the simulation; the design's own words, independent of `actions.ts`. */
const managers = ['anna', 'ben', 'olga'];

/** Who said yes: somebody with the right, and never to their own money unless they need nobody else's. */
function isRightful({ requester, recipients, history }: Order): boolean {
  const at = history.findIndex(({ status }) => status === 'approved');
  const by = history[at]?.by;
  if (by === undefined || !managers.includes(by)) return false;
  const isAsked = history[at - 1]?.status === 'awaiting_approval';
  const isOwn = by === requester || recipients.some(({ user }) => user === by);
  return isAsked ? !isOwn : by === requester;
}

/** Nothing is sent for an order that nobody with the right said yes to. */
export const approvedRightly: Invariant = ({ posts, orders }) =>
  posts.flatMap((post) => {
    const order = post.order && orders.get(post.order)?.order;
    return !order || isRightful(order) ? [] : [`${order.id} was sent without an approval`];
  });

const mayReject = ({ requester }: Order, by: string) => managers.includes(by) && by !== requester;

/** Nobody without the right decides, nor anybody about their own money. */
export const rejectedRightly: Invariant = ({ orders }) =>
  [...orders.values()].flatMap(({ order }) =>
    order.history.some(({ status, by }) => status === 'rejected' && !mayReject(order, by))
      ? [`${order.id} was rejected by ${order.history.at(-1)?.by}, who may not`]
      : [],
  );

/** Who was asked sees what became of it: once it is over, its card is not open. */
export const cardsAreClosed: FinalInvariant = ({ orders, openCards }) =>
  [...orders.values()].flatMap(({ order: { id, status } }) =>
    status !== 'awaiting_approval' && openCards.has(id) ? [`the card of ${id} is still open`] : [],
  );
