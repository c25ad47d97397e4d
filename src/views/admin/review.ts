import type { Words } from '../../i18n/index.ts';
import { type Order, openActions, type Remote, type Step } from '../../orders/index.ts';
import { packPage } from '../kit/custom-id.ts';
import { buttonFor, menuRow, message, type Selectable, type View } from '../kit/message.ts';
import { type Modal, reasonModal } from '../kit/modal.ts';
import { lines, moment, plain, who } from '../kit/text.ts';
import { numberOf, placedAt, reasonFact, whatOf } from '../orders/facts.ts';

/** Whether anybody in the owner guild may decide: somebody, nobody, or nobody knows. */
export type Quorum = 'somebody' | 'nobody' | 'unclear';

/** Candidates that fit a message beside everything else; who runs Cardigan sees all of them. */
const MOST_CANDIDATES = 8;

/** Draws what anybody may do who is not involved; each press is checked again for who pressed. */
const anyAdmin = { user: '', isManager: true, isAdmin: true };

/** An order that waits for people, or what they decided. */
export function reviewView(order: Order, quorum: Quorum, words: Words): View {
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
    next: isOpen && nextText(order, quorum, words),
    buttons: isOpen ? decisionButtons(order, words) : [],
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
function decisionText(order: Order, words: Words): string {
  const w = words.admin.review;
  const step = order.history.findLast(({ why }) => why !== undefined && why in w.decided);
  if (!step) return w.movedOn(words.orders.state[order.status]);
  const { by, at, detail = '' } = step;
  return w.decided[step.why as keyof typeof w.decided](who(by), moment(at), plain(detail, 300));
}

function candidateChoices(order: Order, words: Words): Selectable[] {
  return (order.candidates ?? []).slice(0, MOST_CANDIDATES).flatMap((candidate) => {
    const { orderId, charged, createdAt } = candidate;
    const text = words.admin.review.candidate(numberOf(candidate), charged, placedAt(createdAt));
    const argument = packPage(order.id, orderId);
    const button = buttonFor('review.ours', argument, words.buttons.reviewOurs);
    return button ? [{ text, button }] : [];
  });
}

function nextText(order: Order, quorum: Quorum, words: Words): string {
  const w = words.admin.review;
  const { reference, candidates = [], remote } = order;
  const left = candidates.length - MOST_CANDIDATES;
  return lines(
    left > 0 && w.more(left, reference),
    w.next,
    quorum === 'nobody' && w.nobody(reference),
    quorum === 'unclear' && w.unclear(reference),
    quorum === 'somebody' && !remote && w.byHand(reference),
  );
}

function decisionButtons(order: Order, { buttons }: Words) {
  const { id, candidates = [] } = order;
  const actions = openActions(order, anyAdmin, 0);
  const none = candidates.length > 0 ? buttons.reviewNone : buttons.reviewNotThere;
  return [
    actions.includes('none') && buttonFor('review.none', id, none),
    actions.includes('wait') && buttonFor('review.wait', id, buttons.reviewWait),
    actions.includes('close') && buttonFor('review.close', id, buttons.reviewClose),
  ];
}

/** Asks once more before a decision is taken. */
export function askView(
  order: Order,
  asked: { kind: 'ours'; candidate: Pick<Remote, 'orderId' | 'orderNo'> } | { kind: 'none' | 'wait' },
  words: Words,
): View {
  const w = words.admin.review.ask;
  const { reviewOurs, reviewNotThere, reviewWait } = words.buttons;
  const { kind } = asked;
  const { id, reference } = order;
  const what = whatOf(order, words);
  const labels = { ours: reviewOurs, none: reviewNotThere, wait: reviewWait };
  const argument = kind === 'ours' ? packPage(id, asked.candidate.orderId) : id;
  return message({
    tone: 'waiting',
    title: kind === 'ours' ? w.ours(numberOf(asked.candidate), what, reference) : w[kind](what, reference),
    next: w[`${kind}Next`],
    buttons: [buttonFor(`review.${kind}.yes`, argument, labels[kind], { main: true })],
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
export function closeModal(id: string, words: Words): Modal {
  const { modalTitle: title, modalReason: label } = words.admin.review;
  return reasonModal('review.close', id, { title, label });
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
    next: hasMore && w.listMore,
    rows: [
      menuRow(
        'review.open',
        w.pick,
        orders.map((order) => ({
          label: words.orders.option(`${order.quote.quantity} × ${order.quote.name}`, order.reference),
          value: order.id,
        })),
      ),
    ],
  });
}

function lastWhy({ history }: Order): NonNullable<Step['why']> {
  return history.findLast(({ status }) => status === 'needs_review')?.why ?? 'found_unclear';
}
