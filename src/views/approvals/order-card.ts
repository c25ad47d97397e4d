import type { Words } from '../../i18n/index.ts';
import { decisionOf, type Order } from '../../orders/index.ts';
import { approvalEndsAt } from '../../policy/index.ts';
import { buttonFor, message, type View } from '../kit/message.ts';
import { type Modal, reasonModal } from '../kit/modal.ts';
import { moment, plain } from '../kit/text.ts';
import { asksFact, becauseText, faceFact, physicalFact, reasonFact, wantedFact, whatOf } from '../orders/facts.ts';
import { doneBy } from '../orders/timeline.ts';
import { type Asked, budgetFacts, cardView, changeText, voteFacts } from './card.ts';
import { outcomeOf } from './outcome.ts';

interface Beside {
  readonly asked?: Asked | undefined;
  /** The offer in the place of one whose price rose. */
  readonly sequel?: Order | undefined;
}

/**
 * The card of an order that waits for approval, or what was decided and what became of it. Everybody in its channel reads it.
 */
export function approvalView(order: Order, words: Words, { asked, sequel }: Beside = {}): View {
  const { approval: w, buttons } = words;
  const { id, reference, quote } = order;
  const { charged, quantity, each } = quote;
  const decided = decidedOf(order, words);
  const outcome = outcomeOf(order, sequel, words);
  const isLeft = decided !== undefined && (decided.status !== 'approved' || outcome?.tone === 'bad');
  return cardView(
    {
      title: outcome?.title ?? decided?.title ?? w.title(words.order.whatFor(whatOf(order, words), charged)),
      reference,
      facts: [
        ...(outcome?.facts ?? []),
        // What was charged says more.
        order.remote || order.fromHand
          ? undefined
          : isLeft
            ? words.facts.wasOffered(charged)
            : w.toPay(charged, quantity, each),
        faceFact(quote, words),
        physicalFact(quote.delivery, words),
        asksFact(order, words),
        reasonFact(order, words),
        ...(decided ? decided.facts : waitingFacts(order, words)),
      ],
      decided: outcome?.tone ?? decided?.tone,
      next: w.next,
      buttons: [
        buttonFor('approval.approve', id, buttons.approve(charged), { main: true }),
        buttonFor('approval.reject', id, buttons.reject),
        buttonFor('approval.details', id, words.requesterHistory.button),
        buttonFor('approval.cancel', id, buttons.cancel),
      ],
      asked,
    },
    words,
  );
}

/** Which rule sent it here, what it does to budgets, and how many approvals it still takes. */
function waitingFacts(order: Order, words: Words): string[] {
  return [
    whyFact(order, words),
    ...budgetFacts({ ...order, charged: order.quote.charged }, words),
    ...voteFacts(order, words),
    wantedFact(order, words),
    words.approval.ends(moment(approvalEndsAt(order), 'R')),
  ];
}

/** Which rules sent it here. */
export function whyFact({ approval, quote }: Order, words: Words): string {
  return words.approval.why(becauseText(approval?.because ?? [], quote.charged.currency, words));
}

/** Who decided what, and when; nothing while it waits. */
export function decidedOf(order: Order, words: Words) {
  const step = decisionOf(order);
  if (!step) return undefined;
  const { status, why, detail } = step;
  if (!isEnd(status)) return undefined;
  const votes = voteFacts(order, words);
  const when = moment(step.at);
  /** How it ended, by whom and when. */
  const end = changeText(why, when, words) ?? words.approval.decided[status](doneBy(step, words), when);
  // The last vote is what approved it.
  const isVote = status === 'approved' && votes.length > 0;
  return {
    status,
    end,
    tone: status === 'approved' ? ('good' as const) : ('plain' as const),
    title: words.approval.decidedTitles[status](whatOf(order, words)),
    facts: [...votes, !isVote && end, why !== 'policy_refuses' && detail && words.approval.because(plain(detail, 300))],
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

/** Asks why an order is rejected. Its submit, by that verb, rejects it. */
export function rejectModal(id: string, words: Words, verb = 'approval.reject'): Modal {
  const { modalTitle, modalReason } = words.approval;
  return reasonModal(verb, id, { title: modalTitle, label: modalReason });
}
