import type { Words } from '../i18n/words.ts';
import type { Order } from '../orders/order.ts';
import type { Resent } from '../orders/resending.ts';
import { packTurn } from './button-id.ts';
import { whatOf } from './order-facts.ts';
import { deliveryFacts, MOST_RECIPIENTS } from './order-record.ts';
import type { View } from './view.ts';
import { buttonFor, buttonRow, message } from './view.ts';

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
    rows: [
      buttonRow(
        buttonFor('order.resend_sure', packTurn(order.id, turn), buttons.resendSure),
        buttonFor('order.show', order.id, buttons.dontResend),
      ),
    ],
  });
}

function doneView({ order, outcomes }: Extract<Resent, { kind: 'done' }>, words: Words): View {
  const w = words.resend;
  const isWhole = outcomes.every(({ how }) => how === 'sent');
  const more = outcomes.length - MOST_RECIPIENTS;
  return message({
    tone: isWhole ? 'good' : 'bad',
    title: (isWhole ? w.done : w.notDone)(whatOf(order, words)),
    reference: order.reference,
    facts: [
      // Those who have nothing come first: somebody has to talk to them.
      ...outcomes
        .toSorted((a, b) => Number(a.how === 'sent') - Number(b.how === 'sent'))
        .slice(0, MOST_RECIPIENTS)
        .map(({ user, cards, how }) => w.outcome[how ?? 'failed'](`<@${user}>`, cards)),
      more > 0 ? words.record.moreRecipients(more) : undefined,
    ],
    next: isWhole ? w.doneNext : w.notDoneNext,
    rows: [buttonRow(buttonFor('order.show', order.id, words.buttons.showOrder))],
  });
}
