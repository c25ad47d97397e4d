import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import type { Words } from '../i18n/words.ts';
import type { Order, Remote, Step } from '../orders/order.ts';
import { packPage } from './button-id.ts';
import { whatOf } from './order-facts.ts';
import { reasonModal } from './reason-modal.ts';
import { numberOf } from './remote-facts.ts';
import { decisionText } from './review.ts';
import type { View } from './view.ts';
import { buttonFor, buttonRow, menuRow, message } from './view.ts';

/** Asks once more before a decision is taken. */
export function askView(
  order: Order,
  asked:
    | { kind: 'ours'; candidate: Pick<Remote, 'orderId' | 'orderNo'> }
    | { kind: 'none' | 'wait' },
  words: Words,
): View {
  const w = words.admin.review.ask;
  const { buttons } = words;
  const { id, reference } = order;
  const what = whatOf(order, words);
  if (asked.kind === 'ours') {
    const { candidate } = asked;
    const argument = packPage(id, candidate.orderId);
    return message({
      tone: 'waiting',
      title: w.ours(numberOf(candidate), what, reference),
      next: w.oursNext,
      rows: [buttonRow(buttonFor('review.ours.yes', argument, buttons.reviewOurs, { main: true }))],
    });
  }
  const isNone = asked.kind === 'none';
  const label = isNone ? buttons.reviewNotThere : buttons.reviewWait;
  return message({
    tone: 'waiting',
    title: isNone ? w.none(what, reference) : w.wait(what, reference),
    next: isNone ? w.noneNext : w.waitNext,
    rows: [buttonRow(buttonFor(`review.${asked.kind}.yes`, id, label, { main: true }))],
  });
}

/** What somebody decided, told to them. */
export function decidedView(order: Order, words: Words): View {
  return message({
    tone: 'good',
    title: words.admin.review.decidedTitle(whatOf(order, words)),
    reference: order.reference,
    facts: [decisionText(order, words)],
    next: words.admin.review.done,
  });
}

/** Asks why an order is closed. Its submit closes it. */
export function closeModal(id: string, words: Words): APIModalInteractionResponseCallbackData {
  const { modalTitle, modalReason } = words.admin.review;
  return reasonModal('review.close', id, { title: modalTitle, label: modalReason });
}

/** Everything that waits for people, with a menu to open one. */
export function reviewListView(orders: readonly Order[], hasMore: boolean, words: Words): View {
  const w = words.admin.review;
  if (orders.length === 0) return message({ title: w.empty, next: w.emptyNext });
  return message({
    tone: 'waiting',
    title: w.listTitle(orders.length),
    facts: orders.map((order) => {
      const amount = order.remote?.charged ?? order.quote.charged;
      const state = words.orders.reasons[lastWhy(order)];
      return words.orders.row(whatOf(order, words), amount, state, order.reference);
    }),
    next: hasMore ? w.listMore : undefined,
    rows: [
      menuRow(
        'review.open',
        w.pick,
        orders.map((order) => ({
          label: words.orders.option(
            `${order.quote.quantity} × ${order.quote.name}`,
            order.reference,
          ),
          value: order.id,
        })),
      ),
    ],
  });
}

function lastWhy({ history }: Order): NonNullable<Step['why']> {
  return history.findLast(({ status }) => status === 'needs_review')?.why ?? 'found_unclear';
}
