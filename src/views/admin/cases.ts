import type { Words } from '../../i18n/index.ts';
import {
  type Case,
  type CaseAtHand,
  type CasePage,
  cardNumber,
  caseName,
  newestStep,
  type Order,
  remoteOfCard,
} from '../../orders/index.ts';
import { packPage } from '../kit/custom-id.ts';
import { type Button, buttonFor, type ListItem, message, type View } from '../kit/message.ts';
import { type Field, longField, type Modal, modal } from '../kit/modal.ts';
import { besides, pageFact, turnButtons } from '../kit/page.ts';
import { dotted, type Fact, firstOf, moment, plain, who } from '../kit/text.ts';
import { vendorNumberOf, vendorNumbersOf, whatFor } from '../orders/facts.ts';

/** Characters of it, in a message about one case. */
const SHOWN = 300;
/** More cases of an order are counted only: a message has 4,000 characters. */
const MOST_LINES = 2;
const SHORT = 80;

/** The button below codes that opens the form. */
export const reportButton = (order: string, words: Words): Button | undefined =>
  buttonFor('case.report', order, words.buttons.report);

/** What came of a report, for whoever made it; `isNew`: false where the card had a case already. */
export function reportedView({ record, order, isNew }: CaseAtHand & { isNew: boolean }, words: Words): View {
  const { cases: w } = words;
  const name = caseName(record);
  return message({
    tone: 'waiting',
    title: (isNew ? w.reportedTitle : w.knownTitle)(name),
    facts: [aboutFact(record, order, words), stateFact(record, words), w.youSaid(plain(record.said, SHOWN))],
    next: `${w.reportedNext}\n${w.keepCode}`,
  });
}

/** How far a case has come, for whoever reported it, by direct message. */
export function caseNotificationView(record: Case, order: Order, words: Words): View {
  const { cases: w } = words;
  const { state } = record;
  const { detail } = newestStep(record);
  return message({
    tone: state === 'solved' ? 'good' : 'waiting',
    title: w.wordTitle[state](caseName(record)),
    facts: [aboutFact(record, order, words), stateFact(record, words), detail && w.how(plain(detail, SHOWN))],
    next: w.wordNext[state],
  });
}

/** A case as the admins see it, with what can be done about it. Never a code. */
export function caseView(record: Case, order: Order, words: Words): View {
  const { cases: w, buttons } = words;
  const { id, state } = record;
  return message({
    tone: state === 'solved' ? 'good' : 'bad',
    title: w.title(caseName(record)),
    facts: caseFacts({ record, order }, SHOWN, words),
    next: state !== 'solved' && w.next(vendorNumbersOf(order) ?? order.reference),
    buttons: [
      state === 'open' && buttonFor('case.sent', id, buttons.caseSent),
      state !== 'solved' && buttonFor('case.solve', id, buttons.caseSolved),
    ],
  });
}

/** All that CardPlusPay may ask about it, but the code. */
function caseFacts({ record, order }: CaseAtHand, most: number, words: Words): Fact[] {
  const { cases: w, record: r } = words;
  const { history, reference } = order;
  const { reporter, said } = record;
  const bought = history.find(({ status }) => status === 'bought');
  const card = order.cards[record.card];
  const remote = card && remoteOfCard(order, card.fingerprint);
  const shown = history.findLast(({ why, by }) => why === 'revealed' && by === reporter);
  const { detail } = newestStep(record);
  return [
    stateFact(record, words),
    detail && w.how(plain(detail, most)),
    aboutFact(record, order, words),
    remote && w.order(reference, vendorNumberOf(remote)),
    order.remote && w.charged(order.remote.charged),
    order.fromHand && words.facts.fromHand,
    bought && w.bought(moment(bought.at)),
    dotted(
      card?.deliveredAt !== undefined && w.delivered(moment(card.deliveredAt)),
      card?.posted && r.lastMessage[card.posted.how](moment(card.posted.at)),
      shown && r.shown(moment(shown.at)),
    ),
    w.reported(who(reporter), moment(record.history[0]?.at ?? 0)),
    w.says(plain(said, most)),
  ];
}

/** Lines of an order about its cases, newest first. */
export function caseLines(order: Order, cases: readonly Case[], { cases: w }: Words): string[] {
  const lineOf = (record: Case) => {
    const { at, detail } = newestStep(record);
    const number = cardNumber(record, order);
    const line = w.line(caseName(record), number, w.state[record.state], moment(at));
    return detail ? w.lineSolved(line, plain(detail, SHORT)) : line;
  };
  return firstOf(cases, MOST_LINES, lineOf, w.more);
}

const aboutFact = (record: Case, order: Order, words: Words) =>
  words.cases.about(cardNumber(record, order), whatFor(order, record.reporter, words));

function stateFact(record: Case, { cases: w }: Words): string {
  const { by, at } = newestStep(record);
  if (record.state === 'open') return w.isOpen;
  const say = record.state === 'sent' ? w.isSent : w.isSolved;
  return say(who(by), moment(at));
}

/** The text of more may not fit a message, and what people said is cut shorter than in a notice. */
export const CASES_A_PAGE = 3;
const SHOWN_OF_MANY = 100;

/** The cases that are not solved, each with its buttons. `moved`: what was said just now of one of them. */
export function caseListView(list: CasePage, words: Words, moved?: Case): View {
  const { cases: w } = words;
  const { page, pages, total, cases } = list;
  return message({
    tone: total > 0 ? 'waiting' : 'plain',
    title: total > 0 ? w.listTitle(total) : w.none,
    facts: [moved && w.done(caseName(moved), w.state[moved.state]), pageFact(page, pages, words)],
    entries: cases.map((each) => entryOf(each, page, words)),
    next: total > 0 ? w.listNext : w.noneNext,
    buttons: turnButtons('cases.page', besides(page, pages), words),
  });
}

/** A button carries the page as well: that is where the list goes on. */
function entryOf(each: CasePage['cases'][number], page: number, words: Words): ListItem {
  const { cases: w, buttons } = words;
  const { record, isTheirs } = each;
  const here = packPage(record.id, page);
  return {
    facts: [`**${w.title(caseName(record))}**`, ...caseFacts(each, SHOWN_OF_MANY, words), isTheirs && w.yours],
    buttons: isTheirs
      ? []
      : [
          record.state === 'open' && buttonFor('cases.sent', here, buttons.caseSent),
          buttonFor('cases.solve', here, buttons.caseSolved),
        ],
  };
}

/** What a person may type about a card; shorter where several cases share a message. */
const MOST_SAID = 500;

/** A menu takes no more: of more cards the number is typed. */
const MOST_IN_MENU = 25;

/** Asks which of so many cards does not work, and how that shows. Its submit opens the case. */
export function reportModal(order: string, cards: number, { cases: w }: Words): Modal {
  const said = longField('said', { label: w.said, description: w.saidHint }, MOST_SAID);
  return modal('case.report', order, w.formTitle, [...cardFields(cards, w), said]);
}

/** Nothing to ask where there is one card. */
function cardFields(cards: number, w: Words['cases']): Field[] {
  const which = { id: 'card', label: w.card, description: w.cardHint };
  if (cards > MOST_IN_MENU) return [{ ...which, kind: 'text', placeholder: w.cardTyped(cards), maxLength: 3 }];
  if (cards <= 1) return [];
  const numbers = Array.from({ length: cards }, (_, index) => index + 1);
  const options = numbers.map((value) => ({ label: w.cardOption(value), value: String(value) }));
  return [{ ...which, kind: 'choice', placeholder: w.card, options }];
}

/** Asks how a case was solved, at most 300 characters. */
export function solveModal(verb: string, argument: string, { cases: w }: Words): Modal {
  const said = { label: w.solved, description: w.solvedHint };
  return modal(verb, argument, w.solvedTitle, [longField('how', said, SHOWN)]);
}
