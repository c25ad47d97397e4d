import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import type { Words } from '../i18n/words.ts';
import { approvalEndsAt, decisionOf } from '../orders/approval.ts';
import type { Order } from '../orders/order.ts';
import { faceFact, reasonFact, whatOf } from './order-facts.ts';
import { reasonModal } from './reason-modal.ts';
import { moment, plain, who } from './text.ts';
import type { View } from './view.ts';
import { buttonFor, buttonRow, message } from './view.ts';

/** The card of an order that waits for approval, or what was decided. Everybody in its channel reads it. */
export function approvalView(order: Order, words: Words): View {
  const { approval: w, buttons } = words;
  const { id, reference, quote, requester } = order;
  const { charged, quantity, each } = quote;
  const decided = decidedOf(order, words);
  const isLeft = decided !== undefined && decided.status !== 'approved';
  return message({
    tone: decided ? decided.tone : 'waiting',
    title: decided ? decided.title : w.title(whatOf(order, words)),
    reference,
    facts: [
      isLeft ? words.facts.wasOffered(charged) : w.toPay(charged, quantity, each),
      faceFact(quote.faceValue, quantity, charged, words),
      w.asks(who(requester)),
      reasonFact(order, words),
      ...(decided ? decided.facts : [w.why, w.ends(moment(approvalEndsAt(order), 'R'))]),
    ],
    next: decided ? undefined : w.next,
    rows: [
      decided
        ? undefined
        : buttonRow(
            buttonFor('approval.approve', id, buttons.approve(charged), { main: true }),
            buttonFor('approval.reject', id, buttons.reject),
            buttonFor('approval.cancel', id, buttons.cancel),
          ),
    ],
  });
}

/** Who decided what, and when; nothing while it waits. */
function decidedOf(order: Order, words: Words) {
  const { approval: w } = words;
  const step = decisionOf(order);
  if (!step || !isEnd(step.status)) return undefined;
  const { status, by, at, why, detail } = step;
  const when = moment(at);
  const hasLeft = why === 'requester_left';
  return {
    status,
    tone: status === 'approved' ? ('good' as const) : ('plain' as const),
    title: w.decidedTitles[status](whatOf(order, words)),
    facts: [
      hasLeft ? w.requesterLeft(when) : w.decided[status](who(by), when),
      detail ? w.because(plain(detail, 300)) : undefined,
    ],
  };
}

const isEnd = (status: string): status is keyof Words['approval']['decided'] =>
  ['approved', 'rejected', 'cancelled', 'expired'].includes(status);

/** What somebody has rejected, told to them. */
export function rejectedView(order: Order, words: Words): View {
  const decided = decidedOf(order, words);
  return message({
    title: decided?.title ?? whatOf(order, words),
    reference: order.reference,
    facts: decided?.facts ?? [],
    next: words.approval.rejectedNext,
  });
}

/** Asks why an order is rejected. Its submit rejects it. */
export function rejectModal(id: string, words: Words): APIModalInteractionResponseCallbackData {
  const { modalTitle, modalReason } = words.approval;
  return reasonModal('approval.reject', id, { title: modalTitle, label: modalReason });
}
