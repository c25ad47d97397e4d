import type { Words } from '../../i18n/index.ts';
import { isMoreThan, type Problem } from '../../lib/index.ts';
import { type Action, type Case, decisionOf, isCutOff, isFinal, type Order, type Status } from '../../orders/index.ts';
import { approvalEndsAt, sentTo } from '../../policy/index.ts';
import { caseLines } from '../admin/cases.ts';
import { message, type Tone, type View } from '../kit/message.ts';
import { type ListPage, pickListView } from '../kit/page.ts';
import { dotted, type Fact, lines, moment, plain, who } from '../kit/text.ts';
import { problemText } from '../problem.ts';
import { codesText } from './codes.ts';
import { approvedFact, faceFact, fromHandFact, giftFacts, reasonFact, vendorNumberOf, whatOf } from './facts.ts';
import { actionButtons } from './quote.ts';
import { deliveryFacts, doneBy, MOST_STEPS_BESIDE, timelineFacts } from './timeline.ts';

const tones: Record<Status, Tone> = {
  quoted: 'plain',
  awaiting_approval: 'waiting',
  approved: 'waiting',
  buying: 'waiting',
  unconfirmed: 'waiting',
  not_found: 'waiting',
  needs_review: 'waiting',
  bought: 'good',
  held: 'good',
  delivered: 'good',
  cancelled: 'plain',
  expired: 'plain',
  rejected: 'bad',
  repriced: 'bad',
  failed: 'bad',
  closed: 'plain',
};

interface Options {
  /** What the person looking may do; the buttons follow from it. */
  readonly actions: readonly Action[];
  /** The page of the list to go back to. */
  readonly back?: string;
  /** Why no new offer was made, after the price rose. */
  readonly problem?: Problem;
  /** What happened to it, step by step; it comes with the way back anyway. */
  readonly timeline?: boolean;
  /** Who has received how many cards, for an admin. */
  readonly delivery?: boolean;
  /** Its cards whose codes do not work, newest first. */
  readonly cases?: readonly Case[];
}

/** How an order stands: receipt, bad news or waiting, always without codes. */
export function orderView(order: Order, options: Options, words: Words): View {
  const { actions, back, problem, timeline = back !== undefined, delivery = false } = options;
  const { cases = [] } = options;
  return message({
    tone: tones[order.status],
    title: (isSent(order) ? words.gift.titles.delivered : words.order.titles[order.status])(titleWhat(order, words)),
    reference: order.reference,
    facts: [
      ...moneyFacts(order, words),
      reasonFact(order, words),
      ...giftFacts(order, words),
      approvedFact(order, words),
      ...caseLines(order, cases, words),
      ...(delivery ? deliveryFacts(order, words) : []),
      ...(timeline ? timelineFacts(order, words, delivery ? MOST_STEPS_BESIDE : undefined) : []),
    ],
    next: problem ? words.order.noNewOffer(problemText(problem, words)) : nextText(order, words),
    buttons: actionButtons(order, actions, words, back),
  });
}

/** What it is, with the money of what is or may be charged: of what was not bought there is none. */
function titleWhat(order: Order, words: Words): string {
  const what = whatOf(order, words);
  return hasMoney.includes(order.status) && !order.fromHand ? words.order.whatFor(what, chargedFor(order)) : what;
}

const hasMoney: readonly Status[] = ['awaiting_approval', 'approved', 'buying', 'bought', 'held', 'delivered'];

function moneyFacts(order: Order, words: Words): Fact[] {
  const { quote, remote, fromHand } = order;
  if (fromHand) return [fromHandFact(order, words), faceFact(quote, words)];
  if (!remote) return [amountFact(order, words), faceFact(quote, words)];
  const { charged } = remote;
  const number = words.facts.vendorNumber(vendorNumberOf(remote));
  return [
    dotted(words.facts.youPaid(charged), number),
    faceFact({ ...quote, charged }, words),
    isMoreThan(charged, quote.charged) && words.order.chargedMore(quote.charged, charged),
  ];
}

/** What the amount is, as long as CardPlusPay has not said that it has charged it. */
function amountFact({ status, quote }: Order, { facts }: Words): string {
  const { charged, quantity, each } = quote;
  if (toBePaid.includes(status)) return facts.youPay(charged, quantity, each);
  return isFinal(status) ? facts.wasOffered(charged) : facts.setAside(charged);
}

const toBePaid: readonly Status[] = ['quoted', 'awaiting_approval', 'approved', 'buying'];

const isSent = ({ gift, status }: Order) => gift !== undefined && status === 'delivered';

/** Commands have the same names in all languages: where a gift is to be asked for again, it is by another one. */
function nextText(order: Order, words: Words): string {
  const text = stateText(order, words);
  return order.gift ? text.replaceAll(/\/buy\b/g, '/reward send') : text;
}

const notBought: readonly Status[] = ['cancelled', 'expired', 'repriced', 'failed'];

function stateText(order: Order, words: Words): string {
  const { status } = order;
  if (order.campaign && notBought.includes(status)) return words.gift.partNotBought;
  if (status === 'failed') return failureText(order, words);
  if (status === 'bought' || status === 'held' || status === 'delivered') return codesText(order, words);
  if (status === 'needs_review' && order.remote) return codesText(order, words);
  if (status === 'awaiting_approval') return awaitingText(order, words);
  return endText(order, words) ?? words.order.next[status];
}

/** What was decided, or not, about an order that ended before anything was sent, or was closed. */
function endText(order: Order, words: Words): string | undefined {
  if (order.status === 'closed') return closedText(order, words);
  if (isCutOff(order)) return words.order.cutOff;
  const step = decisionOf(order);
  const { why, detail = '' } = step ?? {};
  const { order: w } = words;
  if (order.status === 'rejected' && why === 'requester_left') return w.requesterLeft;
  const to = sentTo(order);
  if (order.status === 'rejected' && why === 'recipient_left' && to !== undefined)
    return words.gift.recipientLeft(who(to));
  if (order.status === 'rejected' && why === 'policy_refuses') return w.policyRefuses;
  if (order.status === 'rejected' && step && detail) return w.rejectedBecause(doneBy(step, words), plain(detail, 300));
  const isOver = order.status === 'expired' && order.approvedAt === undefined;
  return isOver && why ? w.nobodyApproved : undefined;
}

function awaitingText(order: Order, { order: w }: Words): string {
  const { channel, approval } = order;
  const card = approval?.card;
  const ends = moment(approvalEndsAt(order), 'R');
  return lines(
    card ? w.askedIn(`<#${card.channel}>`, ends) : w.askedNowhere(ends),
    card && card.channel !== channel && w.askedElsewhere,
    w.next.awaiting_approval,
  );
}

function closedText({ history }: Order, { order: w }: Words): string | undefined {
  const { why, detail = '' } = history.at(-1) ?? {};
  if (why === 'not_listed') return w.notListed;
  if (why === 'review_none') return w.reviewedNone;
  return why === 'review_closed' ? w.reviewedClosed(plain(detail, 300)) : undefined;
}

function failureText({ history }: Order, { order: w }: Words): string {
  const { why, detail } = history.at(-1) ?? {};
  const said = saidBy[detail as keyof typeof saidBy];
  if (said && (why === 'vendor_refused' || why === 'vendor_unreachable')) return w.refusals[said];
  return w.failures[why as keyof typeof w.failures] ?? w.failures.vendor_refused;
}

/** What CardPlusPay said, by the code of its refusal or of the problem at the last check. */
const saidBy = {
  unauthorized: 'unauthorized',
  vendor_key_refused: 'unauthorized',
  signing_wanted: 'signing_wanted',
  vendor_signing_wanted: 'signing_wanted',
  out_of_stock: 'out_of_stock',
  insufficient_balance: 'insufficient_balance',
  rate_limited: 'rate_limited',
  vendor_rate_limited: 'rate_limited',
} as const satisfies Record<string, keyof Words['order']['refusals']>;

interface OrderList extends ListPage {
  readonly orders: readonly Order[];
  /** Of all servers, so that each says its own. */
  readonly everywhere?: boolean;
}

/** Somebody's own orders, or all that are open, newest first, with a menu to open one. */
export function orderListView(list: OrderList, words: Words): View {
  const { orders: w, buttons } = words;
  const option = (order: Order) => ({
    label: w.option(`${order.quote.quantity} × ${order.quote.name}`, order.reference),
    value: order.id,
    description: w.optionHint(w.state[order.status], chargedFor(order)),
  });
  const row = (order: Order) => rowText(order, list, words);
  const said = { ...w, pick: buttons.pickOrder };
  return pickListView({ verbs: 'orders', all: list.orders, row, option }, said, list, words);
}

/** What CardPlusPay charged, which for cards on hand is nothing; before that, what was quoted. */
const chargedFor = ({ remote, fromHand, quote }: Order) =>
  fromHand ? { ...quote.charged, amount: '0' } : (remote?.charged ?? quote.charged);

function rowText(order: Order, { everywhere }: OrderList, words: Words): string {
  const { orders: w, campaignList } = words;
  const { status, reference, history } = order;
  const row = w.row(whatOf(order, words), chargedFor(order), w.state[status], reference);
  return dotted(row, everywhere && campaignList.server(order.guild), moment(history[0]?.at ?? 0, 'R'));
}
