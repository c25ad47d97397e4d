import { isPhysical } from '../../catalog/index.ts';
import type { Words } from '../../i18n/index.ts';
import { times } from '../../lib/index.ts';
import { type Order, type Remote, remotesOf } from '../../orders/index.ts';
import { type Because, type BudgetEffect, sentTo } from '../../policy/index.ts';
import { dotted, type Fact, moment, plain, saving, who } from '../kit/text.ts';

/** Of the message that goes with a card. */
const MOST_WORDS = 300;

/** "2 × Google Play 5 USD". */
export function whatOf({ quote }: Pick<Order, 'quote'>, words: Words): string {
  return words.order.what(quote.quantity, plain(quote.name));
}

/** That of one recipient, who knows nothing of the others'. */
export function whatFor(
  { quote, recipients }: Pick<Order, 'quote' | 'recipients'>,
  user: string,
  words: Words,
): string {
  const quantity = recipients.find((each) => each.user === user)?.quantity ?? quote.quantity;
  return whatOf({ quote: { ...quote, quantity } }, words);
}

/** By which CardPlusPay finds the order. */
export function vendorNumberOf({ orderNo, orderId }: Remote): string {
  return plain(orderNo ?? String(orderId));
}

/** By which CardPlusPay finds its cards: several, where it was served from cards on hand of several orders. */
export function vendorNumbersOf(order: Pick<Order, 'remote' | 'fromHand'>): string | undefined {
  const numbers = remotesOf(order).map(vendorNumberOf);
  return numbers.length > 0 ? numbers.join(', ') : undefined;
}

/** The same, for whoever may have to ask there. */
export function vendorFact(order: Pick<Order, 'remote' | 'fromHand'>, { facts: w }: Words): string | false {
  const number = vendorNumbersOf(order);
  return number !== undefined && w.vendorNumber(number);
}

/** Of an order that was served from cards on hand: that nothing was charged, and where CardPlusPay has them. */
export function fromHandFact(order: Order, { facts: w }: Words): Fact {
  const number = order.fromHand && vendorNumbersOf(order);
  return number !== undefined && dotted(w.fromHand, w.vendorNumber(number));
}

type Priced = Pick<Order['quote'], 'faceValue' | 'quantity' | 'charged'>;

/** What so many cards show together, beside what is charged for them. */
export function faceFact({ faceValue, quantity, charged }: Priced, words: Words) {
  if (!faceValue) return undefined;
  const face = times(faceValue, quantity);
  return words.facts.cardsShow(face, saving(charged, face));
}

/** Of a card that is shipped. */
export const physicalFact = (delivery: string | undefined, { physical }: Words): Fact =>
  isPhysical(delivery) && physical.fact;

export function reasonFact(order: Pick<Order, 'reason'>, words: Words): string | undefined {
  return order.reason ? words.facts.forReason(linkedText(order.reason)) : undefined;
}

/** The link of a message leads there; anything else that people write is words alone. */
const linkedText = (reason: string): string =>
  /^https:\/\/discord\.com\/channels\/\d+\/\d+\/\d+$/.test(reason) ? reason : plain(reason, 200);

/** Whom cards are sent to; undefined where their requester has them. */
function toWhom(order: Order, { gift }: Words): string | undefined {
  const to = sentTo(order);
  if (to !== undefined || !order.campaign) return to && who(to);
  const [first, ...others] = order.recipients;
  return first && others.length === 0 ? who(first.user) : gift.members(order.recipients.length);
}

/** Who asks for it and, of a card to be sent, for whom. */
export function asksFact(order: Order, words: Words): string {
  const requester = who(order.requester);
  const to = toWhom(order, words);
  return to === undefined ? words.approval.asks(requester) : words.gift.asks(requester, to);
}

/** Whom a card is sent to, and with what, for its sender. */
export function giftFacts(order: Order, words: Words): Fact[] {
  const { gift: w } = words;
  const to = toWhom(order, words);
  const message = order.gift?.message;
  return to === undefined ? [] : [w.to(to), message === undefined ? undefined : w.words(plain(message, MOST_WORDS))];
}

/** Who sends a card, and with which words, for this recipient. */
export function fromText(order: Order, user: string, { reward }: Words): string {
  const { requester, gift, recipients } = order;
  const message = recipients.find((each) => each.user === user)?.message ?? gift?.message;
  return message === undefined
    ? reward.from(who(requester))
    : reward.fromSaying(who(requester), plain(message, MOST_WORDS));
}

/** Who said yes and, of a delegate, in whose name. */
export function voter({ by, voice }: { by: string; voice: string }, { approval }: Words): string {
  return voice === by ? who(by) : approval.inTheNameOf(who(by), who(voice));
}

/** Everybody who has approved it. */
export function votersFact({ approval }: Pick<Order, 'approval'>, words: Words): string | undefined {
  const votes = approval?.votes ?? [];
  if (votes.length === 0) return undefined;
  return words.facts.approvedBy(votes.map((vote) => voter(vote, words)).join(', '));
}

/** Everybody by whose approval it came to be bought. */
export function approvedFact(order: Order, words: Words): string | undefined {
  return order.approvedAt === undefined ? undefined : votersFact(order, words);
}

/** How many approvals it has, of how many it takes. */
export function wantedFact({ approval }: Pick<Order, 'approval'>, { approval: w }: Words): string {
  const { wanted = 1, votes = [] } = approval ?? {};
  // A vote may count no more: then it waits, though it has as many as it takes.
  return w.wanted(Math.min(votes.length, Math.max(0, wanted - 1)), wanted);
}

/** Which rules send it to approvers, in one line. */
export function becauseText(because: readonly Because[], currency: string, { policy }: Words): string {
  return because.map((each) => policy.because(each, currency)).join('; ');
}

/** "Budget of @alice this month: $50.00 → $40.20 left". `user`: whose a budget is that everyone has for themselves. */
export function budgetText(
  { scope, period, before, after }: BudgetEffect,
  user: string,
  currency: string,
  { policy }: Words,
): string {
  const whose = scope.kind === 'everyone' ? who(user) : policy.budgetOf(scope);
  return policy.budget(whose, period, { amount: before, currency }, { amount: after, currency });
}

/** How CardPlusPay names an order. */
export function numberOf({ orderNo, orderId }: Pick<Remote, 'orderNo' | 'orderId'>): string {
  return plain(orderNo ?? String(orderId), 40);
}

/** When CardPlusPay says that an order was placed; its own words where they are no point in time. */
export function placedAt(createdAt: string | undefined): string | undefined {
  if (createdAt === undefined) return undefined;
  // `Date.parse` also makes something of "5 USD".
  const at = /^\d{4}-\d\d-\d\dT/.test(createdAt) ? Date.parse(createdAt) : Number.NaN;
  return Number.isNaN(at) ? plain(createdAt, 40) : moment(at);
}
