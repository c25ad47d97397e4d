import type { Words } from '../i18n/words.ts';
import { isMoreThan } from '../money.ts';
import type { Action } from '../orders/actions.ts';
import type { Order, Status, Step } from '../orders/order.ts';
import { missingCards } from '../orders/order.ts';
import { faceFact, reasonFact, whatOf } from './order-facts.ts';
import { moment } from './text.ts';
import type { Row, Tone, View } from './view.ts';
import { buttonFor, buttonRow, message } from './view.ts';

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
  /** The page of the list to go back to; it also brings the timeline. */
  readonly back?: string;
}

/** How an order stands: receipt, bad news or waiting, always without codes. */
export function orderView(order: Order, { actions, back }: Options, words: Words): View {
  const what = whatOf(order, words);
  return message({
    tone: tones[order.status],
    title: words.order.titles[order.status](what),
    reference: order.reference,
    facts: [
      ...moneyFacts(order, words),
      reasonFact(order, words),
      ...(back === undefined
        ? []
        : ['', `**${words.orders.timeline}**`, ...timeline(order, words)]),
    ],
    next: nextText(order, words),
    rows: [actionRow(order, actions, back, words)],
  });
}

function moneyFacts(order: Order, words: Words): (string | undefined)[] {
  const { quote, remote } = order;
  const { charged, faceValue, quantity } = quote;
  if (!remote) {
    return [
      words.facts.youPay(charged, quantity, quote.each),
      faceFact(faceValue, quantity, charged, words),
    ];
  }
  const number = words.facts.vendorNumber(remote.orderNo ?? String(remote.orderId));
  return [
    `${words.facts.youPaid(remote.charged)} · ${number}`,
    faceFact(faceValue, quantity, remote.charged, words),
    isMoreThan(remote.charged, charged)
      ? words.order.chargedMore(charged, remote.charged)
      : undefined,
  ];
}

function nextText(order: Order, words: Words): string {
  const { status } = order;
  if (status === 'failed') return failureText(order, words);
  if (status === 'bought' || status === 'held' || status === 'delivered')
    return codesText(order, words);
  return words.order.next[status];
}

function failureText(order: Order, words: Words): string {
  const last = order.history.at(-1);
  const { failures, refusals } = words.order;
  const refusal = refusals[last?.detail as keyof typeof refusals];
  if (last?.why === 'vendor_refused' && refusal) return refusal;
  return failures[last?.why as keyof typeof failures] ?? failures.vendor_refused;
}

/** Where the codes are. What was tried last says why they may not be with their recipient. */
function codesText(order: Order, words: Words): string {
  const w = words.order;
  const missing = missingCards(order);
  const tried = order.history.findLast(({ why }) => why !== undefined && why in where)?.why;
  const here =
    order.cards.length === 0 ? undefined : w[where[tried as keyof typeof where] ?? 'onTheirWay'];
  return [here, missing > 0 ? w.missing(missing, order.quote.quantity) : undefined]
    .filter((sentence) => sentence !== undefined)
    .join('\n');
}

const where = {
  dm_sent: 'delivered',
  dm_closed: 'dmClosed',
  dm_failed: 'dmFailed',
  received: 'revealed',
} as const;

function timeline({ history }: Order, words: Words): string[] {
  const shown = history.length <= 20 ? history : [...history.slice(0, 5), ...history.slice(-15)];
  return shown.map((step) => stepText(step, words));
}

function stepText({ at, by, status, why }: Step, words: Words): string {
  const who = by === 'cardigan' ? 'Cardigan' : `<@${by}>`;
  const because = why ? ` (${words.orders.reasons[why]})` : '';
  return `${moment(at)} · ${words.orders.state[status]}${because} · ${who}`;
}

function actionRow(
  order: Order,
  actions: readonly Action[],
  back: string | undefined,
  words: Words,
): Row | undefined {
  const { buttons } = words;
  return buttonRow(
    actions.includes('reveal') ? buttonFor('order.reveal', order.id, buttons.reveal) : undefined,
    actions.includes('collect') ? buttonFor('order.collect', order.id, buttons.collect) : undefined,
    back === undefined ? undefined : buttonFor('orders.page', back, buttons.back),
  );
}
