import type { Facts, Invariant } from '../facts.ts';

/** Whoever gets a card of a campaign was asked about at most so long before it was sent for. */
const SEEN_WITHIN_MS = 90_000;

const wasSeen = ({ lookups }: Facts, user: string, from: number, to: number): boolean =>
  lookups.some((each) => each.user === user && each.at >= from && each.at <= to && typeof each.found !== 'string');

/** Nothing is bought for a server that was taken off the list. */
export const nothingBoughtUnserved: Invariant = ({ posts, unserving }) =>
  posts
    .filter(({ by }) => unserving.has(by))
    .map(({ by, order }) => `process ${by} bought ${order}, and serves nobody`);

/** Nobody is bought a card of a campaign who has left, and was still to get one as they did. */
export const leaversAreBoughtNothing: Invariant = (facts) =>
  facts.posts.flatMap(({ order: id }) => {
    const order = id === undefined ? undefined : facts.orders.get(id)?.order;
    if (!order?.campaign || !order.attempt || order.campaign.pool !== undefined) return [];
    const { startedAt } = order.attempt;
    return order.recipients
      .filter(({ user }) => !wasSeen(facts, user, startedAt - SEEN_WITHIN_MS, startedAt))
      .map(({ user }) => `${order.id} was sent for ${user}, whom nobody has seen there`);
  });
