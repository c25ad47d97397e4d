import type { Money } from '../../lib/index.ts';
import { money } from './count.ts';

/** The states of a case, as they are named in a line. */
export const caseStates = { open: 'open', sent: 'sent to CardPlusPay', solved: 'solved' };

/** A card whose code does not work. */
export const cases = {
  /** The form. */
  formTitle: 'A code does not work',
  card: 'Which card?',
  cardHint: 'Its number stands beside the code.',
  cardOption: (number: number) => `Card ${number}`,
  cardTyped: (highest: number) => `Its number, from 1 to ${highest}`,
  said: 'What happens when you redeem it?',
  saidHint: 'Please leave the code out. Admins read this, and they may not see codes.',
  solvedTitle: 'How was it solved?',
  solved: 'How? Whoever reported it reads this',
  solvedHint: 'Please write no code here. A new card is best bought as an order of its own.',

  state: caseStates,

  /** To whoever reported it. */
  reportedTitle: (name: string) => `Case ${name} is open`,
  knownTitle: (name: string) => `This card is reported already: case ${name}`,
  about: (number: number, what: string) => `Card ${number} of ${what}`,
  youSaid: (said: string) => `You said: ${said}`,
  reportedNext:
    'The admins of this server were told, without the code. You hear from Cardigan by direct message when something happens, and /order shows how it stands.',
  keepCode: 'Keep the code: CardPlusPay may ask for it, and nobody here will.',

  /** To whoever reported it, by direct message. */
  wordTitle: {
    open: (name: string) => `Case ${name} is open`,
    sent: (name: string) => `Case ${name} was sent to CardPlusPay`,
    solved: (name: string) => `Case ${name} is solved`,
  },
  wordNext: {
    open: 'The admins were told.',
    sent: 'Now CardPlusPay has to answer. You hear from Cardigan when it is solved.',
    solved: 'If the code still does not work, press the button below your codes, or in /orders, again.',
  },

  /** To admins. */
  title: (name: string) => `Case ${name}: a code does not work`,
  isOpen: 'State: open',
  isSent: (who: string, when: string) => `State: sent to CardPlusPay by ${who} ${when}`,
  isSolved: (who: string, when: string) => `State: solved by ${who} ${when}`,
  how: (detail: string) => `How it was solved: ${detail}`,
  order: (reference: string, number: string) => `Order \`${reference}\` · CardPlusPay order ${number}`,
  charged: (charged: Money) => `Charged **${money(charged)}** for the whole order`,
  bought: (when: string) => `Bought ${when}`,
  reported: (who: string, when: string) => `Reported by ${who} ${when}`,
  says: (said: string) => `They say: ${said}`,
  delivered: (when: string) => `Received ${when}`,
  next: 'Ask CardPlusPay about this order by its number. Cardigan shows nobody but its recipient the code; if CardPlusPay needs it, the recipient gives it to them. Neither who bought it nor who gets cards of it decides.',

  /** In an order. */
  line: (name: string, number: number, state: string, when: string) =>
    `Case ${name} · card ${number} · ${state} ${when}`,
  lineSolved: (line: string, detail: string) => `${line}: ${detail}`,
  more: (count: number) => (count === 1 ? '… and 1 more case' : `… and ${count} more cases`),

  /** The list. */
  listTitle: (count: number) => (count === 1 ? '1 case waits' : `${count} cases wait`),
  none: 'No case waits.',
  noneNext: 'When somebody presses the button below their codes because one does not work, it is listed here.',
  listNext: 'The oldest come first. The reporter is told of each change by direct message.',
  yours: 'It is about an order of yours, so another admin decides.',
  done: (name: string, state: string) => `Case ${name} is marked "${state}"`,
};
