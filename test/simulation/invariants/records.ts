import { isDeepStrictEqual } from 'node:util';
import type { Order, Status, Step } from '../../../src/orders/model/order.ts';
import type { Facts, Invariant, Stored } from '../facts.ts';

/** Independent of `repository.ts`, which is under test: the design's own words. */
const ended: readonly Status[] = [
  ...(['delivered', 'cancelled', 'expired', 'rejected', 'repriced', 'failed', 'closed'] as const),
];
const mayBeOut: readonly Status[] = ['buying', 'unconfirmed'];
const lookedAfter: readonly Status[] = ['quoted', 'approved', 'buying', 'unconfirmed', 'not_found'];

const givesNothing: readonly Status[] = [...(['cancelled', 'expired', 'rejected', 'repriced', 'failed'] as const)];

const isClosedAs = ({ status, remote, history }: Order, why: Step['why']): boolean =>
  status === 'closed' && !remote && history[history.findLastIndex((step) => step.status !== 'closed') + 1]?.why === why;

/**
 * Each recipient's card out of the campaign, and its pool, is this order's. Whoever had a card of one that people say
 * was never bought is given another, from a pool bought anew. One that a day of looking did not show may be given anew
 * where somebody says so; without that no pool is bought again.
 */
function holdsInCampaign(order: Order): string[] {
  const { campaign, status, recipients } = order;
  if (!campaign || givesNothing.includes(status) || isClosedAs(order, 'review_none')) return [];
  const { id, pool } = campaign;
  if (pool === undefined && isClosedAs(order, 'not_listed')) return [];
  const given = recipients.map(({ user }) => `given/${id}/${user}`);
  return pool === undefined ? given : [...given, `pool/${id}/${pool}`];
}

function holdsWanted(order: Order): string[] {
  const { reference, quote, status, remote, insteadOf, attempt, fromHand = [] } = order;
  return [
    `reference/${reference}`,
    ...(mayBeOut.includes(status) ? [`flight/${attempt?.slot}/${quote.itemCode}/${quote.quantity}`] : []),
    ...(remote ? [`remote/${remote.orderId}`] : []),
    ...(insteadOf === undefined ? [] : [`offer/${insteadOf}`]),
    ...fromHand.flatMap(({ order: from, cards }) => cards.map((card) => `on-hand/${from}/${card}`)),
    ...holdsInCampaign(order),
  ];
}

/** Holds agree with the status. */
export const holdsAgree: Invariant = ({ orders }) =>
  [...orders.values()].flatMap(({ order, holds }) => {
    const wanted = holdsWanted(order).sort().join();
    const has = [...holds].sort().join();
    return wanted === has ? [] : [`${order.id}, ${order.status}, has the holds ${has}`];
  });

/** Of an order of a campaign, whoever has a card of it by now. */
const receiversOf = ({ campaign, recipients, cards }: Order): string[] => [
  ...new Set(campaign ? cards.flatMap(({ recipient }) => recipient ?? []) : recipients.map(({ user }) => user)),
];

/** Bought, and nobody's, of a campaign that is over. */
const isOnHand = ({ cards, onHandSince, remote, fromHand }: Order): boolean =>
  onHandSince !== undefined &&
  (remote !== undefined || fromHand !== undefined) &&
  cards.some(({ recipient, handedOn }) => recipient === undefined && handedOn === undefined);

/** An order stands in the lists in which it is looked for. */
export const tagsAgree: Invariant = ({ orders }) =>
  [...orders.values()].flatMap(({ order, tags }) => {
    const { id, status, guild, requester, campaign } = order;
    const isOpen = !ended.includes(status);
    // An order that ended stays there until its requester has been told, where that is news to them.
    const mayWait = isOpen || order.told?.status !== status;
    const given = receiversOf(order).filter((user) => user !== requester);
    const listed = [...tags].flatMap((tag) => /^recipient\/guild\/(.+)$/.exec(tag)?.[1] ?? []);
    const isRight =
      tags.has(`member/${guild}/${requester}`) &&
      (order.cards.length === 0 || listed.sort().join() === given.sort().join()) &&
      tags.has(`campaign/${campaign?.id}`) === (campaign !== undefined) &&
      tags.has(`campaign/${campaign?.id}/open`) === (campaign !== undefined && isOpen) &&
      (isOpen ? tags.has('open') : mayWait || !tags.has('open')) &&
      tags.has(`on-hand/${guild}`) === isOnHand(order) &&
      tags.has(`on-hand/${guild}/${order.quote.itemCode}`) === isOnHand(order) &&
      tags.has('awaiting') === (status === 'awaiting_approval') &&
      tags.has('review') === (status === 'needs_review') &&
      tags.has('missing') === (status === 'not_found' || isClosedAs(order, 'not_listed')) &&
      (!lookedAfter.includes(status) || tags.has('passing'));
    return isRight ? [] : [`${id}, ${status}, is listed under ${[...tags]}`];
  });

/** Lists, holds and codes that are unique are checked elsewhere; this is what a step may never change. */
export function changedWrongly(before: Order | undefined, after: Order): string[] {
  if (!before) return [];
  const same = (name: string, a: unknown, b: unknown): string[] =>
    a === undefined || isDeepStrictEqual(a, b) ? [] : [`${after.id}: ${name} changed`];
  // Whoever has codes sent again has them sent in parcels of their own.
  const isSentAgain = timesResent(after) > timesResent(before);
  const fixed = ({ fingerprint, recipient, parcel }: Order['cards'][number]) => ({
    ...{ fingerprint, recipient, ...(!isSentAgain && { parcel }) },
  });
  const kept = after.cards.slice(0, before.cards.length);
  return [
    ...same('the quote', before.quote, after.quote),
    ...same('the requester', before.requester, after.requester),
    ...same('who gets its cards', before.recipients, recipientsKept(before, after)),
    ...same('the gift', before.gift, after.gift),
    ...same('the approval', before.approvedAt, after.approvedAt),
    ...same('the attempt', before.attempt, after.attempt),
    ...same('the remote order', before.remote, after.remote),
    ...same('what it was served from', before.fromHand, after.fromHand),
    ...same('since when it is on hand', before.onHandSince, after.onHandSince),
    ...before.cards.flatMap(({ handedOn }, at) => same('where a card went', handedOn, after.cards[at]?.handedOn)),
    ...same('a recipient', before.cards.map(fixed), kept.map(fixed).map(unlessFree(before))),
    ...same('the history', before.history, after.history.slice(0, before.history.length)),
    ...(before.status === after.status || after.history.length > before.history.length
      ? []
      : [`${after.id} became ${after.status} without a step on record`]),
    ...delivered(before)
      .filter((card) => !delivered(after).includes(card))
      .map(() => `${after.id}: what was delivered is not any more`),
  ];
}

/** A pool has more recipients as they claim. */
function recipientsKept(before: Order, { recipients, spare }: Order): Order['recipients'] {
  // Whoever has got a card otherwise, before the order turned up, gets none of it.
  if (spare !== undefined && before.spare === undefined && before.status === 'closed') return before.recipients;
  if (before.campaign?.pool === undefined) return recipients;
  return before.recipients.flatMap(({ user, quantity }, at) => {
    const now = recipients[at];
    const isSame = now?.user === user && now.quantity >= quantity;
    return isSame ? { ...now, quantity } : (now ?? []);
  });
}

type Fixed = Pick<Order['cards'][number], 'fingerprint'>;

/** A card of a pool that was nobody's may become somebody's. */
const unlessFree =
  ({ cards, campaign }: Order) =>
  (card: Fixed, at: number): Fixed => {
    const was = cards[at];
    const isFree = campaign?.pool !== undefined && was?.recipient === undefined;
    return isFree && was ? ({ ...card, recipient: undefined, parcel: was.parcel } as Fixed) : card;
  };

const timesResent = ({ history }: Order) => history.filter(({ why }) => why === 'resent').length;

const delivered = ({ cards }: Order) =>
  cards.filter(({ deliveredAt }) => deliveredAt !== undefined).map(({ fingerprint }) => fingerprint);

const rests: readonly Status[] = [...ended, 'held', 'needs_review'];

/** Bought beforehand, for people who may claim once whoever runs the campaign goes on with it, or ends it; or on hand. */
export function isInStock({ campaigns }: Pick<Facts, 'campaigns'>, order: Order): boolean {
  const { status, cards, campaign } = order;
  const state = campaign && campaigns.get(campaign.id)?.state;
  const isFree = cards.some(({ recipient, handedOn }) => recipient === undefined && handedOn === undefined);
  return status === 'bought' && isFree && (state === 'paused' || state === 'halted' || isOnHand(order));
}

/** Once all faults are over and two days have gone, every order has ended, or waits for a person. */
export const nothingIsStuck: Invariant = (facts) =>
  [...facts.orders.values()].flatMap(({ order }: Stored) =>
    rests.includes(order.status) || isInStock(facts, order) ? [] : [`${order.id} is still ${order.status}`],
  );

/** What was noticed as it happened: errors that no one expects, secrets where they don't belong. */
export const nothingNoticed: Invariant = ({ noticed }) => [...noticed];
