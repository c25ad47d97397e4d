import type { Words } from '../../i18n/index.ts';
import {
  type Candidate,
  differencesOf,
  isCutOff,
  isMissing,
  type Order,
  openActions,
  type Status,
  type Step,
  statedOf,
} from '../../orders/index.ts';
import { packPage } from '../kit/custom-id.ts';
import { buttonFor, menuRow, message, type Selectable, type View } from '../kit/message.ts';
import { type Modal, modal, reasonModal } from '../kit/modal.ts';
import { dotted, lines, moment, plain, who } from '../kit/text.ts';
import { numberOf, placedAt, reasonFact, vendorFact, whatOf } from '../orders/facts.ts';

/** Whether anybody in the owner guild may decide: somebody, nobody, or nobody knows. */
export type Quorum = 'somebody' | 'nobody' | 'unclear';

/** Candidates that fit a message beside everything else; who runs Cardigan sees all of them. */
const MOST_CANDIDATES = 8;

/** Draws what anybody may do who is not involved; each press is checked again for who pressed. */
const anyAdmin = { user: '', isManager: true, isAdmin: true };

/** An order that people decide about, or what they decided. */
export function reviewView(order: Order, quorum: Quorum, words: Words): View {
  const w = words.admin.review;
  const isOpen = order.status === 'needs_review' || isMissing(order);
  return message({
    tone: isOpen ? 'waiting' : 'plain',
    title: titleOf(order, words),
    reference: order.reference,
    facts: [
      moneyFact(order, words),
      w.asked(who(order.requester)),
      reasonFact(order, words),
      order.attempt && w.sent(moment(order.attempt.startedAt)),
      isOpen ? whyText(order, words) : decisionText(order, words),
      isOpen && namedText(order, words),
    ],
    choices: isOpen ? candidateChoices(order, words) : [],
    next: isOpen && nextText(order, quorum, words),
    buttons: isOpen ? decisionButtons(order, words) : [],
  });
}

function titleOf(order: Order, words: Words): string {
  const w = words.admin.review;
  const what = whatOf(order, words);
  if (order.status === 'needs_review') return w.title(what);
  return isMissing(order) ? w.missingTitle(what) : w.decidedTitle(what);
}

const setsAside: readonly Status[] = ['needs_review', 'not_found'];

function moneyFact(order: Order, words: Words): string {
  const { status, remote, quote } = order;
  const { facts, admin } = words;
  if (remote) return dotted(admin.chargedMore.charged(remote.charged), vendorFact(order, words));
  return setsAside.includes(status) ? facts.setAside(quote.charged) : facts.wasOffered(quote.charged);
}

function whyText(order: Order, words: Words): string | undefined {
  const { why, cutOff } = words.admin.review;
  if (isCutOff(order)) return cutOff;
  return why[(isMissing(order) ? 'not_listed' : lastWhy(order)) as keyof typeof why];
}

/** One that somebody says is it, and that does not fit. */
function namedText({ named }: Order, words: Words): string | undefined {
  return named && words.admin.review.named(who(named.by), numberOf(named));
}

/** What of an order at CardPlusPay does not fit; nothing where all that it says does. */
export function differsText(
  order: Order,
  candidate: Candidate,
  words: Pick<Words, 'admin'>,
  shown = (text: string) => plain(text, 60),
): string {
  const { differs, difference: w } = words.admin.review;
  const { itemCode = '', quantity = 0 } = candidate;
  const texts = {
    item: () => w.item(shown(itemCode), shown(order.quote.itemCode)),
    quantity: () => w.quantity(quantity, order.quote.quantity),
    amount: () => w.amount(statedOf(candidate) ?? candidate.charged, order.quote.charged),
    older: w.older,
  };
  const differences = differencesOf(order, candidate);
  return differences.length > 0 ? differs(differences.map((each) => texts[each]()).join('; ')) : '';
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
  return shownOf(order).flatMap((candidate) => {
    const { orderId, createdAt } = candidate;
    const differs = differsText(order, candidate, words);
    const text = words.admin.review.candidate(numberOf(candidate), statedOf(candidate), placedAt(createdAt), differs);
    const argument = packPage(order.id, orderId);
    const button = buttonFor('review.ours', argument, words.buttons.reviewOurs);
    return button ? [{ text, button }] : [];
  });
}

/** What was found, and before it what somebody names, for a second one to say so. */
function shownOf({ candidates = [], named }: Order): Candidate[] {
  const others = candidates.filter(({ orderId }) => orderId !== named?.orderId);
  return (named ? [named, ...others] : others).slice(0, MOST_CANDIDATES);
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
    quorum === 'somebody' && !remote && w.byHand,
  );
}

function decisionButtons(order: Order, { buttons }: Words) {
  const { id, candidates = [] } = order;
  const actions = openActions(order, anyAdmin, 0);
  const none = candidates.length > 0 ? buttons.reviewNone : buttons.reviewNotThere;
  return [
    actions.includes('ours') && buttonFor('review.number', id, buttons.reviewNumber),
    actions.includes('none') && buttonFor('review.none', id, none),
    actions.includes('wait') && buttonFor('review.wait', id, buttons.reviewWait),
    actions.includes('close') && buttonFor('review.close', id, buttons.reviewClose),
  ];
}

/** Asks once more before a decision is taken. */
export function askView(
  order: Order,
  asked: { kind: 'ours'; candidate: Candidate } | { kind: 'none' | 'wait' },
  words: Words,
): View {
  const w = words.admin.review.ask;
  const { reviewOurs, reviewNotThere, reviewWait } = words.buttons;
  const { kind } = asked;
  const { id, reference } = order;
  const what = whatOf(order, words);
  const labels = { ours: reviewOurs, none: reviewNotThere, wait: reviewWait };
  const argument = kind === 'ours' ? packPage(id, asked.candidate.orderId) : id;
  const differs = kind === 'ours' && differsText(order, asked.candidate, words);
  const isSecond = kind === 'ours' && order.named?.orderId === asked.candidate.orderId;
  return message({
    tone: 'waiting',
    title: kind === 'ours' ? w.ours(numberOf(asked.candidate), what, reference) : w[kind](what, reference),
    facts: [differs, isSecond && namedText(order, words)],
    next: differs && !isSecond ? w.oursSecond : w[`${kind}Next`],
    buttons: [buttonFor(`review.${kind}.yes`, argument, labels[kind], { main: true })],
  });
}

/** What somebody decided, told to them. */
export function decidedView(order: Order, words: Words): View {
  const { named_done: next, namedTitle } = words.admin.review;
  if (order.status === 'needs_review') {
    const facts = [namedText(order, words)];
    return message({
      tone: 'waiting',
      title: namedTitle(whatOf(order, words)),
      reference: order.reference,
      facts,
      next,
    });
  }
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

/** Asks which one it is. Its submit asks once more. */
export function numberModal(id: string, words: Words): Modal {
  const { numberTitle, numberLabel: label } = words.admin.review;
  return modal('review.number', id, numberTitle, [{ kind: 'text', id: 'number', label, maxLength: 20 }]);
}

interface Reviews {
  readonly waiting: readonly Order[];
  /** What CardPlusPay has not shown. */
  readonly missing: readonly Order[];
  readonly hasMore: boolean;
}

/** Everything that people may decide about, with a menu to open one. */
export function reviewListView({ waiting, missing, hasMore }: Reviews, words: Words): View {
  const w = words.admin.review;
  const orders = [...waiting, ...missing];
  if (orders.length === 0) return message({ title: w.empty, next: w.emptyNext });
  const rowOf = (order: Order) => {
    const amount = order.remote?.charged ?? order.quote.charged;
    const state = isMissing(order) ? words.orders.state[order.status] : words.orders.reasons[lastWhy(order)];
    return words.orders.row(whatOf(order, words), amount, state, order.reference);
  };
  return message({
    tone: 'waiting',
    title: waiting.length > 0 ? w.listTitle(waiting.length) : w.empty,
    facts: [...waiting.map(rowOf), missing.length > 0 && w.missing, ...missing.map(rowOf)],
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
  const steps = history.filter(({ status, why }) => status === 'needs_review' && why !== 'review_named');
  return steps.at(-1)?.why ?? 'found_unclear';
}
