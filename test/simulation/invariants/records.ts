import { isDeepStrictEqual } from 'node:util';
import type { Order, Status } from '../../../src/orders/order.ts';
import type { Invariant, Stored } from '../facts.ts';

/** Independent of `order-book.ts`, which is under test: the design's own words. */
const ended: readonly Status[] = [
  ...(['delivered', 'cancelled', 'expired', 'rejected', 'repriced', 'failed', 'closed'] as const),
];
const mayBeOut: readonly Status[] = ['buying', 'unconfirmed'];
const lookedAfter: readonly Status[] = ['quoted', 'approved', 'buying', 'unconfirmed', 'not_found'];

function holdsWanted({ reference, quote, status, remote, insteadOf }: Order): string[] {
  return [
    `reference/${reference}`,
    ...(mayBeOut.includes(status) ? [`lane/${quote.itemCode}/${quote.quantity}`] : []),
    ...(remote ? [`remote/${remote.orderId}`] : []),
    ...(insteadOf === undefined ? [] : [`offer/${insteadOf}`]),
  ];
}

/** Holds agree with the status. */
export const holdsAgree: Invariant = ({ orders }) =>
  [...orders.values()].flatMap(({ order, holds }) => {
    const wanted = holdsWanted(order).sort().join();
    const has = [...holds].sort().join();
    return wanted === has ? [] : [`${order.id}, ${order.status}, has the holds ${has}`];
  });

/** An order stands in the lists in which it is looked for. */
export const tagsAgree: Invariant = ({ orders }) =>
  [...orders.values()].flatMap(({ order, tags }) => {
    const { id, status, guild, requester, recipients } = order;
    const isOpen = !ended.includes(status);
    // An order that ended stays there until its requester has been told, where that is news to them.
    const mayWait = isOpen || order.told?.status !== status;
    const given = recipients.map(({ user }) => user).filter((user) => user !== requester);
    const listed = [...tags].flatMap((tag) => /^recipient\/guild\/(.+)$/.exec(tag)?.[1] ?? []);
    const isRight =
      tags.has(`member/${guild}/${requester}`) &&
      (order.cards.length === 0 || listed.join() === given.join()) &&
      (isOpen ? tags.has('open') : mayWait || !tags.has('open')) &&
      tags.has('awaiting') === (status === 'awaiting_approval') &&
      tags.has('review') === (status === 'needs_review') &&
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
    ...same('who gets its cards', before.recipients, after.recipients),
    ...same('the gift', before.gift, after.gift),
    ...same('the approval', before.approvedAt, after.approvedAt),
    ...same('the attempt', before.attempt, after.attempt),
    ...same('the remote order', before.remote, after.remote),
    ...same('a recipient', before.cards.map(fixed), kept.map(fixed)),
    ...same('the history', before.history, after.history.slice(0, before.history.length)),
    ...(before.status === after.status || after.history.length > before.history.length
      ? []
      : [`${after.id} became ${after.status} without a step on record`]),
    ...delivered(before)
      .filter((card) => !delivered(after).includes(card))
      .map(() => `${after.id}: what was delivered is not any more`),
  ];
}

const timesResent = ({ history }: Order) => history.filter(({ why }) => why === 'resent').length;

const delivered = ({ cards }: Order) =>
  cards
    .filter(({ deliveredAt }) => deliveredAt !== undefined)
    .map(({ fingerprint }) => fingerprint);

const rests: readonly Status[] = [...ended, 'held', 'needs_review'];

/** Once all faults are over and two days have gone, every order has ended, or waits for a person. */
export const nothingIsStuck: Invariant = ({ orders }) =>
  [...orders.values()].flatMap(({ order: { id, status } }: Stored) =>
    rests.includes(status) ? [] : [`${id} is still ${status}`],
  );

/** What was noticed as it happened: errors that no one expects, secrets where they don't belong. */
export const nothingNoticed: Invariant = ({ noticed }) => [...noticed];
