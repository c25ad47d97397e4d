import type { Words } from '../../i18n/index.ts';
import { isMoreThan, type Money, subtract } from '../../lib/index.ts';
import type { Action, Order } from '../../orders/index.ts';
import { type Because, sentTo } from '../../policy/index.ts';
import { reportButton } from '../admin/cases.ts';
import { type Button, buttonFor, message, type View } from '../kit/message.ts';
import { type Modal, modal } from '../kit/modal.ts';
import { moment, plain, who } from '../kit/text.ts';
import { becauseText, faceFact, giftFacts, giftMessageFact, physicalFact, reasonFact } from './facts.ts';

interface Options {
  /** What the person looking may do; the buttons follow from it. */
  readonly actions: readonly Action[];
  /** Why it needs approvals, where that is known. */
  readonly because?: readonly Because[];
  /** What was quoted before, when the price rose. */
  readonly before?: Money;
}

/** What somebody is asked to confirm, money first. */
export function quoteView(order: Order, options: Options, words: Words): View {
  const { actions, because = [], before } = options;
  const { quote } = order;
  const { charged, balance, quantity } = quote;
  // Another currency is a rise too: nobody agreed to it.
  const rose = before && (before.currency !== charged.currency || isMoreThan(charged, before));
  return message({
    tone: rose ? 'waiting' : 'plain',
    title: titleOf(order, words),
    reference: order.reference,
    picture: quote.brand,
    facts: [
      rose && before && words.quote.roseTitle(before, charged),
      words.facts.youPay(charged, quantity, quote.each),
      faceFact(quote, words),
      physicalFact(quote.delivery, words),
      balance && words.facts.balanceAfter(balance, subtract(balance, charged)),
      reasonFact(order, words),
      // Its title says to whom.
      ...(sentTo(order) === undefined ? giftFacts(order, words) : [giftMessageFact(order, words)]),
      order.gift && receiptFact(order, order.gift.receipt, words),
      words.facts.ends(moment(quote.expiresAt, 'R')),
    ],
    next: nextText(actions, rose === true, becauseText(because, charged.currency, words), words),
    buttons: [yesButton(order, actions, words), actions.includes('cancel') && cancelButton(order, words)],
  });
}

/** Who reads of it. */
function receiptFact(order: Order, receipt: 'private' | 'public', { gift: { receipt: w } }: Words): string {
  return receipt === 'public' ? w.public(`<#${order.channel}>`) : w.private(who(sentTo(order) ?? ''));
}

function titleOf(order: Order, { quote: w, gift }: Words): string {
  const { quantity, name, charged } = order.quote;
  const to = sentTo(order);
  return to === undefined ? w.title(quantity, plain(name), charged) : gift.quoteTitle(quantity, plain(name), who(to));
}

function nextText(actions: readonly Action[], rose: boolean, why: string, { quote }: Words) {
  if (actions.includes('confirm')) return rose ? quote.roseNext : undefined;
  if (!actions.includes('ask')) return undefined;
  if (rose) return quote.roseAsk;
  return why ? quote.needsBecause(why) : quote.needsApproval;
}

/** Who may confirm need not ask. */
function yesButton({ id, quote }: Order, actions: readonly Action[], { buttons }: Words): Button | undefined {
  const yes = (['confirm', 'ask'] as const).find((each) => actions.includes(each));
  return yes && buttonFor(`quote.${yes}`, id, buttons[yes](quote.charged), { main: true });
}

function cancelButton({ id }: Order, { buttons }: Words): Button | undefined {
  return buttonFor('quote.cancel', id, buttons.cancel);
}

/** Shown while it works, in place of the quote. Only what waits for its turn can still be cancelled. */
export function progressView(order: Order, stage: keyof Words['progress'], words: Words): View {
  const w = words.progress[stage];
  const { quantity, name, charged, each } = order.quote;
  const to = sentTo(order);
  return message({
    tone: stage === 'delivering' ? 'good' : 'waiting',
    title: w.title(quantity, plain(name)),
    reference: order.reference,
    // Once it is bought, only the receipt knows what was charged.
    facts: [stage !== 'delivering' && words.facts.youPay(charged, quantity, each)],
    next: stage === 'delivering' && to !== undefined ? words.gift.delivering(who(to)) : w.next,
    buttons: [stage === 'waiting' && cancelButton(order, words)],
  });
}

/** Asks how many of a card, and what for. Its submit makes the quote. */
export function buyModal(itemCode: string, words: Words): Modal {
  const { howMany, quantity, reason } = words.product;
  return modal('product.buy', itemCode, howMany(itemCode), [
    { kind: 'text', id: 'quantity', label: quantity, value: '1', maxLength: 3 },
    { kind: 'text', id: 'reason', label: reason, required: false, maxLength: 200 },
  ]);
}

/** NaN for what is no whole number: whoever quotes says what is allowed. */
export function parseQuantity(text: string): number {
  return /^\s*\d{1,3}\s*$/.test(text) ? Number(text) : Number.NaN;
}

/** The buttons of an order, drawn from what may be done with it; `back` is the page of the list to go back to. */
export function actionButtons(order: Order, actions: readonly Action[], words: Words, back?: string) {
  const { id, status, quote } = order;
  const { buttons, again } = words;
  // What admins decide about an order in review has a message of its own.
  const buttonOf: Partial<Record<Action, () => Button | undefined>> = {
    approve: () => buttonFor('order.approve', id, buttons.approve(quote.charged), { main: true }),
    reject: () => buttonFor('order.reject', id, buttons.reject),
    cancel: () => cancelButton(order, words),
    reveal: () => buttonFor('order.reveal', id, buttons.reveal, { main: status === 'held' }),
    collect: () => buttonFor('order.collect', id, buttons.collect),
    report: () => reportButton(id, words),
    again: () => buttonFor('order.again', id, status === 'failed' ? again.tryAgain : again.buyAgain),
    resend: () => buttonFor('order.resend', id, buttons.resend),
  };
  return [
    yesButton(order, actions, words),
    ...actions.map((action) => buttonOf[action]?.()),
    back !== undefined && buttonFor('orders.page', back, buttons.back),
  ];
}
