import { dayOf } from '../../lib/index.ts';
import type { DeliveryResult } from '../../outbox/index.ts';
import { type Card, isPool, missingCards, type Order, type Status } from './order.ts';
import { isFinal, noted, type StepTaken, transition } from './state-machine.ts';

/** How often a direct message that Discord does not take is tried: at the gaps of the looks, that is about an hour. */
const MOST_TRIES = 17;

const isToBeResent = ({ resendAt }: Card): boolean => resendAt !== undefined;

/** Somebody's: nothing is sent of a card that nobody has claimed. */
type GivenCard = Card & { readonly recipient: string };
export const isGiven = (card: Card): card is GivenCard => card.recipient !== undefined;

/** Nobody's yet, and in no other order either. */
export const isFree = (card: Card): boolean => !isGiven(card) && card.handedOn === undefined;

/** What is on hand of an order: bought, and claimed by nobody while there was time to. */
export function cardsOnHand({ cards, onHandSince, withheldSince, remote, fromHand }: Order): Card[] {
  const isBought = remote !== undefined || fromHand !== undefined;
  return onHandSince !== undefined && withheldSince === undefined && isBought ? cards.filter(isFree) : [];
}

/** No direct message with it to its recipient was tried to its end. */
export const isUntried = (card: Card): boolean =>
  isGiven(card) && card.deliveredAt === undefined && card.posted === undefined;

/** With codes whose direct message is under way, or was left so by a process that ended. */
export function isUndelivered({ status, cards }: Order): boolean {
  return cards.some(isToBeResent) || (status === 'bought' && cards.some(isUntried));
}

/**
 * Discord did not take it, and may yet. A closed inbox is its owner's wish, and is not written to again by itself; nor is
 * what was withheld, for more tries are what Discord does not want, nor what is there to be revealed.
 */
export function isToBeRetried({ deliveredAt, posted }: Card): boolean {
  return deliveredAt === undefined && posted?.how === 'failed' && posted.tries < MOST_TRIES;
}

/**
 * How hard codes are brought. `first`: nothing of them can be out. `again`: what may be out is looked for, and only
 * what was not tried to its end, or not taken by Discord, is sent. `anew`: what a closed inbox refused or was withheld
 * as well.
 */
export type Effort = 'first' | 'again' | 'anew';

/**
 * Who gets the codes that have no recipient yet: recipients are served in their order, each up to their
 * quantity. Each recipient's go into one parcel, with a number that no other has, fixed before the first direct message.
 * Those of a pool stay without, each with a number of its own, and so do spare ones.
 */
export function assignCards(order: Order, fingerprints: readonly string[]): Card[] {
  const known = new Set(order.cards.map((card) => card.fingerprint));
  const newest = newestParcel(order);
  const spare = order.spare ?? 0;
  // Also more than were ordered: whoever asked for cards of a campaign is nobody whom they are for.
  const isForNobody = isPool(order) || order.recipients.length === 0;
  const isSpare = (cards: readonly Card[]) =>
    isForNobody || (cards.filter((card) => !isGiven(card)).length < spare && nextInTurn(order, cards) === undefined);
  const parcels = new Map<string, number>();
  const cards = [...order.cards];
  for (const fingerprint of new Set(fingerprints.filter((each) => !known.has(each)))) {
    const recipient = isSpare(cards) ? undefined : nextRecipient(order, cards);
    const together = recipient ?? fingerprint;
    const parcel = parcels.get(together) ?? newest + parcels.size + 1;
    parcels.set(together, parcel);
    cards.push({ fingerprint, ...(recipient !== undefined && { recipient }), parcel });
  }
  return cards;
}

/** Who has fewer than are for them. */
const nextInTurn = ({ recipients }: Order, cards: readonly Card[]): string | undefined =>
  recipients.find(({ user, quantity }) => cards.filter((card) => card.recipient === user).length < quantity)?.user;

/** More codes than were ordered are paid for, so the last recipient has them. */
function nextRecipient(order: Order, cards: readonly Card[]): string {
  return nextInTurn(order, cards) ?? order.recipients.at(-1)?.user ?? order.requester;
}

/** The highest number that a parcel of the order has had; -1 for none. */
export function newestParcel({ cards }: Pick<Order, 'cards'>): number {
  return Math.max(-1, ...cards.map(({ parcel }) => parcel));
}

/** The UTC day in which the last of its cards was delivered; undefined while a card is missing or undelivered. */
export function deliveredDay(order: Order): string | undefined {
  if (order.status !== 'delivered' || missingCards(order) > 0) return undefined;
  const times = order.cards.flatMap(({ deliveredAt, handedOn }) => deliveredAt ?? handedOn?.at ?? []);
  return times.length < order.cards.length ? undefined : dayOf(Math.max(...times));
}

/** What the order becomes as its cards stand now. `allTried`: nothing is on its way to a recipient any more. */
function statusByCards(order: Order, allTried: boolean): Status {
  if (missingCards(order) > 0 || isFinal(order.status) || order.cards.some(isFree)) return order.status;
  if (order.cards.every((card) => card.deliveredAt !== undefined || card.handedOn !== undefined)) return 'delivered';
  return allTried && order.status === 'bought' ? 'held' : order.status;
}

/** The order after a step of its delivery: its status follows from its cards. */
export function stepped(order: Order, step: StepTaken, allTried: boolean): Order {
  const status = statusByCards(order, allTried);
  return status === order.status ? noted(order, step) : transition(order, status, step);
}

/** The order once `user` has the cards with these fingerprints; the same order where that is no news. */
export function withReceived(order: Order, user: string, at: number, received: ReadonlySet<string>): Order {
  const isNews = (card: Card) =>
    received.has(card.fingerprint) && card.recipient === user && card.deliveredAt === undefined;
  if (!order.cards.some(isNews)) return order;
  const cards = order.cards.map((card) => (isNews(card) ? { ...card, deliveredAt: at } : card));
  return { ...order, cards };
}

/** The order once these cards on hand are another order's; the same order where that is no news. */
export function withHandedOn(
  order: Order,
  fingerprints: readonly string[],
  to: Pick<Order, 'id' | 'reference'>,
  at: number,
): Order {
  const isNews = (card: Card) => isFree(card) && fingerprints.includes(card.fingerprint);
  if (!order.cards.some(isNews)) return order;
  const handedOn = { order: to.id, at };
  const cards = order.cards.map((card) => (isNews(card) ? { ...card, handedOn } : card));
  const step = { at, by: 'cardigan', why: 'handed_on' as const, detail: to.reference };
  return stepped({ ...order, cards }, step, !cards.some(isUntried));
}

/** The order with all its cards to be sent once more, each recipient's in one parcel that there was not before. */
export function withResend(order: Order, at: number): Order {
  const people = [...new Set(order.cards.filter(isGiven).map(({ recipient }) => recipient))];
  const next = newestParcel(order) + 1;
  const cards = order.cards.map((card): Card => {
    if (!isGiven(card)) return card;
    return { ...card, parcel: next + people.indexOf(card.recipient), resendAt: at };
  });
  return { ...order, cards };
}

interface PostedParcel {
  readonly number: number;
  readonly at: number;
  readonly how: DeliveryResult;
  /** Of the cards that were in it. */
  readonly fingerprints: ReadonlySet<string>;
}

/** The order once a parcel was posted. `isNews`: it says something of a card that nobody knew. */
export function withPosted(order: Order, { number, at, how, fingerprints }: PostedParcel) {
  let isNews = false;
  const cards = order.cards.map((card): Card => {
    if (!fingerprints.has(card.fingerprint)) return card;
    const { resendAt, ...rest } = card;
    const { posted: before, deliveredAt } = rest;
    const isResent = resendAt !== undefined && card.parcel === number;
    const isRepeated = before?.how === how;
    if (isResent || (deliveredAt === undefined && !isRepeated)) isNews = true;
    const posted = { how, at, tries: isRepeated ? before.tries + 1 : 1 };
    const isHere = deliveredAt === undefined && how === 'sent';
    return { ...(isResent ? rest : card), posted, ...(isHere && { deliveredAt: at }) };
  });
  return { order: { ...order, cards }, isNews };
}

/** Whether there may be something to bring: of a bought order the codes may still be without recipients. */
export function isToBeBrought(order: Order, effort: Effort): boolean {
  return order.status === 'bought' || waitingParcels(order, effort).length > 0;
}

/** Cards of one recipient that go together. */
export interface Waiting {
  readonly number: number;
  readonly recipient: string;
  readonly resendAt: number | undefined;
  readonly cards: readonly Card[];
}

/** The parcels that are to travel now. A parcel's number is its own: no two recipients share one. */
export function waitingParcels({ status, cards }: Order, effort: Effort): Waiting[] {
  const isBrought = status === 'bought' || status === 'held';
  const isWaiting = (card: Card) =>
    isToBeResent(card) ||
    (isBrought && (isUntried(card) || isToBeRetried(card) || (effort === 'anew' && card.deliveredAt === undefined)));
  return parcelsOf(cards.filter(isWaiting));
}

/** Those whose recipients have not had them shown yet. */
export const parcelsToReveal = ({ cards }: Order): Waiting[] =>
  parcelsOf(cards.filter(({ posted, deliveredAt }) => posted?.how === 'to_reveal' && deliveredAt === undefined));

function parcelsOf(cards: readonly Card[]): Waiting[] {
  const parcels = Map.groupBy(cards.filter(isGiven), (card) => card.parcel);
  return [...parcels].map(([number, cards]) => {
    const { recipient, resendAt } = cards[0] as GivenCard;
    return { number, recipient, resendAt, cards };
  });
}
