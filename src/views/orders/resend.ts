import type { Words } from '../../i18n/index.ts';
import type { Order, Resent } from '../../orders/index.ts';
import { packTurn } from '../kit/custom-id.ts';
import { buttonFor, message, type View } from '../kit/message.ts';
import { firstOf } from '../kit/text.ts';
import { whatOf } from './facts.ts';
import { deliveryFacts, MOST_RECIPIENTS_SHOWN } from './timeline.ts';

/** What came of "Send the codes again": a question, or how it went for each recipient. Never a code. */
export function resendView(resent: Resent, words: Words): View {
  return resent.kind === 'asks'
    ? questionView(resent.order, resent.turn, words)
    : doneView(resent, words);
}

function questionView(order: Order, turn: number, words: Words): View {
  const { resend: w, buttons } = words;
  return message({
    tone: 'waiting',
    title: w.asks(whatOf(order, words)),
    reference: order.reference,
    facts: deliveryFacts(order, words),
    next: w.asksNext,
    buttons: [
      buttonFor('order.resend_sure', packTurn(order.id, turn), buttons.resendSure),
      buttonFor('order.show', order.id, buttons.dontResend),
    ],
  });
}

function doneView({ order, outcomes }: Extract<Resent, { kind: 'done' }>, words: Words): View {
  const w = words.resend;
  const isWhole = outcomes.every(({ how }) => how === 'sent');
  // Those who have nothing come first: somebody has to talk to them.
  const sorted = outcomes.toSorted((a, b) => Number(a.how === 'sent') - Number(b.how === 'sent'));
  const line = ({ user, cards, how }: (typeof outcomes)[number]) =>
    w.outcome[how ?? 'failed'](`<@${user}>`, cards);
  return message({
    tone: isWhole ? 'good' : 'bad',
    title: (isWhole ? w.done : w.notDone)(whatOf(order, words)),
    reference: order.reference,
    facts: firstOf(sorted, MOST_RECIPIENTS_SHOWN, line, words.record.moreRecipients),
    next: isWhole ? w.doneNext : w.notDoneNext,
    buttons: [buttonFor('order.show', order.id, words.buttons.showOrder)],
  });
}
