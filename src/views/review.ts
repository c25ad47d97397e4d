import type { Words } from '../i18n/words.ts';
import { openActions } from '../orders/actions.ts';
import type { Order } from '../orders/order.ts';
import { packPage } from './button-id.ts';
import { reasonFact, whatOf } from './order-facts.ts';
import { numberOf, placedAt } from './remote-facts.ts';
import { moment, plain, who } from './text.ts';
import type { Choice, View } from './view.ts';
import { buttonFor, buttonRow, message } from './view.ts';

/** Whether anybody in the owner guild may decide: somebody, nobody, or nobody knows. */
export type Deciders = 'somebody' | 'nobody' | 'unclear';

/** Candidates that fit a message beside everything else; who runs Cardigan sees all of them. */
const MOST_CANDIDATES = 8;

/** Draws what anybody may do who is not involved; each press is checked again for who pressed. */
const anyAdmin = { user: '', isManager: true, isAdmin: true };

/** An order that waits for people, or what they decided. */
export function reviewView(order: Order, deciders: Deciders, words: Words): View {
  const w = words.admin.review;
  const isOpen = order.status === 'needs_review';
  const what = whatOf(order, words);
  return message({
    tone: isOpen ? 'waiting' : 'plain',
    title: isOpen ? w.title(what) : w.decidedTitle(what),
    reference: order.reference,
    facts: [
      moneyFact(order, words),
      w.asked(who(order.requester)),
      reasonFact(order, words),
      order.attempt && w.sent(moment(order.attempt.startedAt)),
      isOpen ? whyText(order, words) : decisionText(order, words),
    ],
    choices: isOpen ? candidateChoices(order, words) : [],
    next: isOpen ? nextText(order, deciders, words) : undefined,
    rows: [isOpen ? decisionRow(order, words) : undefined],
  });
}

function moneyFact({ status, remote, quote }: Order, { facts, admin }: Words): string {
  if (remote) return admin.chargedMore.charged(remote.charged);
  const isOpen = status === 'needs_review';
  return isOpen ? facts.setAside(quote.charged) : facts.wasOffered(quote.charged);
}

function whyText({ history }: Order, words: Words): string | undefined {
  const { why } = words.admin.review;
  const last = history.findLast((step) => step.status === 'needs_review' && step.why);
  return why[last?.why as keyof typeof why];
}

/** Who decided what, and when. */
export function decisionText(order: Order, words: Words): string {
  const w = words.admin.review;
  const step = order.history.findLast(({ why }) => why !== undefined && why in w.decided);
  if (!step) return w.movedOn(words.orders.state[order.status]);
  const { by, at, detail = '' } = step;
  return w.decided[step.why as keyof typeof w.decided](who(by), moment(at), plain(detail, 300));
}

function candidateChoices(order: Order, words: Words): Choice[] {
  return (order.candidates ?? []).slice(0, MOST_CANDIDATES).flatMap((candidate) => {
    const { orderId, charged, createdAt } = candidate;
    const text = words.admin.review.candidate(numberOf(candidate), charged, placedAt(createdAt));
    const argument = packPage(order.id, orderId);
    const button = buttonFor('review.ours', argument, words.buttons.reviewOurs);
    return button ? [{ text, button }] : [];
  });
}

function nextText(order: Order, deciders: Deciders, words: Words): string {
  const w = words.admin.review;
  const { reference, candidates = [], remote } = order;
  const left = candidates.length - MOST_CANDIDATES;
  return [
    left > 0 ? w.more(left, reference) : undefined,
    w.next,
    deciders === 'nobody' ? w.nobody(reference) : undefined,
    deciders === 'unclear' ? w.unclear(reference) : undefined,
    deciders === 'somebody' && !remote ? w.byHand(reference) : undefined,
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

function decisionRow(order: Order, { buttons }: Words) {
  const { id, candidates = [] } = order;
  const actions = openActions(order, anyAdmin, 0);
  const none = candidates.length > 0 ? buttons.reviewNone : buttons.reviewNotThere;
  return buttonRow(
    actions.includes('none') ? buttonFor('review.none', id, none) : undefined,
    actions.includes('wait') ? buttonFor('review.wait', id, buttons.reviewWait) : undefined,
    actions.includes('close') ? buttonFor('review.close', id, buttons.reviewClose) : undefined,
  );
}
