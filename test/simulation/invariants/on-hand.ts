import type { Order } from '../../../src/orders/model/order.ts';
import type { Facts, FinalInvariant, Invariant } from '../facts.ts';
import { servedAt } from './approvals.ts';

const ordersOf = ({ orders }: Facts): Order[] => [...orders.values()].map(({ order }) => order);
const isFree = ({ recipient, handedOn }: Order['cards'][number]) => recipient === undefined && handedOn === undefined;

/** Each card that an order was served with, and where it was on hand. */
const servedCards = (facts: Facts) =>
  ordersOf(facts).flatMap(({ id, guild, quote, fromHand = [] }) =>
    fromHand.flatMap(({ order: from, cards }) =>
      cards.map((card) => ({ to: id, from, card, guild, item: quote.itemCode })),
    ),
  );

/** A card on hand goes to one order, and was on hand there: of that item and server, of a campaign that was over, nobody's. */
export const servedOnce: Invariant = (facts) => {
  const all = servedCards(facts);
  const names = all.map(({ from, card }) => `${from} ${card}`);
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  const wrong = all.filter(({ to, from, card, guild, item }) => {
    const source = facts.orders.get(from)?.order;
    const place = source?.cards.find(({ fingerprint }) => fingerprint === card);
    const isSame = source?.guild === guild && source.quote.itemCode === item && source.onHandSince !== undefined;
    return !isSame || !place || place.recipient !== undefined || (place.handedOn && place.handedOn.order !== to);
  });
  return [
    ...twice.map((name) => `the card on hand ${name} went to two orders`),
    ...wrong.map(({ to, from, card }) => `${to} was served with ${card} of ${from}, which was not on hand`),
  ];
};

/** What an order was served with is all that it has, and all that it asked for: nothing was sent for it. */
export const servedWhole: Invariant = (facts) =>
  ordersOf(facts).flatMap((order) => {
    const { id, fromHand, cards, quote } = order;
    if (!fromHand) return [];
    const served = fromHand.flatMap((each) => each.cards);
    const isSame = served.join() === cards.map(({ fingerprint }) => fingerprint).join();
    const isSent = facts.posts.some((post) => post.order === id);
    const isWhole = isSame && served.length === quote.quantity && servedAt(order) !== undefined;
    return isWhole && !isSent ? [] : [`${id} was served with something else than it has`];
  });

/**
 * A card that was bought before anybody claimed it is somebody's by their claim alone: never that of who asked for the
 * campaign, whatever they do with it.
 */
export const unclaimedIsNobodys: Invariant = (facts) =>
  ordersOf(facts).flatMap(({ id, campaign, cards, requester }) => {
    if (campaign?.pool === undefined) return [];
    return cards.flatMap(({ recipient }) => {
      const state = recipient && facts.places.get(`${campaign.id}.${recipient}`)?.state;
      const isClaimed = state === 'due' || state === 'ordered' || state === 'failed';
      const isRight = recipient === undefined || (isClaimed && recipient !== requester);
      return isRight ? [] : [`${recipient} has a card of ${id} that they did not claim`];
    });
  });

/** Of a campaign that is over. */
const isOver = ({ campaigns }: Facts, { campaign }: Order): boolean =>
  ['ended', 'cancelled', 'rejected', 'expired'].includes(`${campaign && campaigns.get(campaign.id)?.state}`);

/**
 * Nothing that was bought is lost: once all has come to rest, each card that nobody claimed of a campaign that is over is
 * on hand, unless one of its orders is not decided yet, and one that is not any more is in the order that it went to.
 */
export const nothingIsLost: FinalInvariant = (facts) =>
  [...facts.orders.values()].flatMap(({ order, tags }) => {
    const isUndecided = ordersOf(facts).some(
      ({ campaign, status }) => campaign?.id === order.campaign?.id && status === 'needs_review',
    );
    const isLost = isOver(facts, order) && order.cards.some(isFree) && !tags.has(`on-hand/${order.guild}`);
    const gone = order.cards.filter(({ fingerprint, handedOn }) => {
      const to = handedOn && facts.orders.get(handedOn.order)?.order;
      return handedOn && !to?.cards.some((card) => card.fingerprint === fingerprint);
    });
    return [
      ...(isLost && !isUndecided ? [`cards of ${order.id} that nobody claimed are not on hand`] : []),
      ...gone.map(({ fingerprint }) => `${fingerprint} of ${order.id} is in no order any more`),
    ];
  });

/** What went to another order does not look as if it were on hand still. */
export const handedOnIsKnown: FinalInvariant = (facts) =>
  servedCards(facts)
    .filter(({ from, card }) =>
      facts.orders.get(from)?.order.cards.some((each) => each.fingerprint === card && isFree(each)),
    )
    .map(({ from, card, to }) => `${card} of ${from} went to ${to}, and looks as if it were on hand`);
