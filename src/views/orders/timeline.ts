import type { Words } from '../../i18n/index.ts';
import {
  type Action,
  type Case,
  deliveryRecord,
  isGiven,
  isPool,
  type Order,
  type RecipientRecord,
  type Resent,
  remotesOf,
  type Step,
} from '../../orders/index.ts';
import { caseLines } from '../admin/cases.ts';
import { packTurn } from '../kit/custom-id.ts';
import { buttonFor, message, type View } from '../kit/message.ts';
import { dotted, firstOf, moment, who } from '../kit/text.ts';
import { fromHandFact, reasonFact, vendorNumberOf, whatOf } from './facts.ts';
import { actionButtons } from './quote.ts';

/** More recipients than this are counted only, and a long timeline is shorter beside them: a message has 4,000 characters. */
const MOST_RECIPIENTS_SHOWN = 6;
export const MOST_STEPS_BESIDE = 12;

/** Somebody else's order, for an admin: how it stands, what happened, and who has received what. Never a code. */
export function orderRecordView(
  order: Order,
  { actions, cases = [], back }: { actions: readonly Action[]; cases?: readonly Case[]; back?: string },
  words: Words,
): View {
  const w = words.record;
  return message({
    title: w.title(whatOf(order, words)),
    reference: order.reference,
    facts: [
      w.state(words.orders.state[order.status], who(order.requester)),
      fromHandFact(order, words) || amountFact(order, words),
      reasonFact(order, words),
      ...caseLines(order, cases, words),
      ...deliveryFacts(order, words),
      ...timelineFacts(order, words, MOST_STEPS_BESIDE),
    ],
    next: remotesOf(order).length > 0 ? w.next : undefined,
    buttons: actionButtons(order, actions, words, back),
  });
}

function amountFact(order: Order, { facts, record }: Words): string {
  const { remote, quote, status } = order;
  if (!remote) {
    const mayBeCharged = ['buying', 'unconfirmed', 'not_found', 'needs_review'].includes(status);
    return mayBeCharged ? facts.setAside(quote.charged) : facts.wasOffered(quote.charged);
  }
  const number = facts.vendorNumber(vendorNumberOf(remote));
  return dotted(record.charged(remote.charged), number);
}

/** Who has received how many cards, and when; nothing as long as nothing is bought. */
export function deliveryFacts(order: Order, words: Words): string[] {
  if (remotesOf(order).length === 0) return [];
  const { record: w } = words;
  const line = (each: RecipientRecord) => recipientText(each, words);
  return [
    `**${w.delivery}**`,
    ...firstOf(deliveryRecord(order), MOST_RECIPIENTS_SHOWN, line, w.moreRecipients),
    ...poolFacts(order, words),
    ...(order.purgedAt === undefined ? [] : [w.purged]),
  ];
}

/** What is for nobody so far: of a pool what was not claimed, and what turned up once whom it was for had got another. */
function poolFacts(order: Order, { record: w }: Words): string[] {
  const { cards, quote, onHandSince, withheldSince, spare = 0 } = order;
  const gone = cards.filter(({ handedOn }) => handedOn !== undefined).length;
  const forNobody = isPool(order) ? quote.quantity - cards.filter(isGiven).length : spare;
  const left = forNobody - gone;
  const place = withheldSince !== undefined ? w.withheld : onHandSince === undefined ? w.pool : w.onHand;
  return [...(left > 0 ? [place(left)] : []), ...(gone > 0 ? [w.handedOn(gone)] : [])];
}

function recipientText(each: RecipientRecord, { record: w }: Words): string {
  const { received, lastMessage, shownAt } = each;
  return dotted(
    w.recipient(who(each.user), each.cards),
    received && w.received(received.count, moment(received.at)),
    each.waiting > 0 && w.waiting(each.waiting),
    each.toCome > 0 && w.toCome(each.toCome),
    lastMessage && w.lastMessage[lastMessage.how](moment(lastMessage.at)),
    shownAt !== undefined && w.shown(moment(shownAt)),
  );
}

/** What happened to an order, one step a line, under its heading; of a long story the middle is left out. */
export function timelineFacts({ history }: Order, words: Words, most = 20): string[] {
  const steps = history.map((step) => stepText(step, words));
  const first = most / 4;
  const shown = steps.length <= most ? steps : [...steps.slice(0, first), '…', ...steps.slice(first - most)];
  return [`**${words.orders.timeline}**`, ...shown];
}

function stepText(step: Step, words: Words): string {
  const { at, status, why } = step;
  return dotted(moment(at), words.orders.step(status, why), doneBy(step, words));
}

/** Who did it, and in whose name. */
export function doneBy({ by, for: voice }: Pick<Step, 'by' | 'for'>, { approval }: Words): string {
  return voice === undefined ? who(by) : approval.inTheNameOf(who(by), who(voice));
}

/** What came of "Send the codes again": a question, or how it went for each recipient. Never a code. */
export function resendView(resent: Resent, words: Words): View {
  if (resent.kind === 'done') return doneView(resent, words);
  const { order, turn } = resent;
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
  const line = ({ user, cards, how }: (typeof outcomes)[number]) => w.outcome[how ?? 'failed'](who(user), cards);
  return message({
    tone: isWhole ? 'good' : 'bad',
    title: (isWhole ? w.done : w.notDone)(whatOf(order, words)),
    reference: order.reference,
    facts: firstOf(sorted, MOST_RECIPIENTS_SHOWN, line, words.record.moreRecipients),
    next: isWhole ? w.doneNext : w.notDoneNext,
    buttons: [buttonFor('order.show', order.id, words.buttons.showOrder)],
  });
}
