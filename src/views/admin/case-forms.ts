import type { Words } from '../../i18n/index.ts';
import { type Field, longField, type Modal, modal } from '../kit/modal.ts';
import { SHOWN } from './cases.ts';

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
  if (cards > MOST_IN_MENU)
    return [{ ...which, kind: 'text', placeholder: w.cardTyped(cards), maxLength: 3 }];
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
