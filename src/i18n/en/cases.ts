import type { Money } from '../../lib/index.ts';
import { counted, money } from './count.ts';

/** The states of a case, as they are named in a line. */
export const caseStates = { open: 'open', sent: 'sent to CardPlusPay', solved: 'solved' };

/** A card whose code does not work. */
export const cases = {
  /** The form. */
  formTitle: "A code doesn't work",
  card: 'Which card?',
  cardHint: 'The card number is shown next to the code.',
  cardOption: (number: number) => `Card ${number}`,
  cardTyped: (highest: number) => `Card number, 1 to ${highest}`,
  said: 'What happens when you redeem it?',
  saidHint: "Don't include the code. Admins read this, and they aren't allowed to see codes.",
  solvedTitle: 'Close this case',
  solved: 'How was it solved? The reporter reads this',
  solvedHint: "Don't include a code. To replace the card, buy a new one as its own order.",

  state: caseStates,

  /** To whoever reported it. */
  reportedTitle: (name: string) => `Case ${name} is open`,
  knownTitle: (name: string) => `You already reported this card: case ${name}`,
  about: (number: number, what: string) => `Card ${number} of ${what}`,
  youSaid: (said: string) => `You said: ${said}`,
  reportedNext: "The admins were told, without the code. We'll DM you when something happens; /order shows the status.",
  keepCode: 'Keep the code: CardPlusPay may ask you for it. Nobody here will.',

  /** To whoever reported it, by direct message. */
  wordTitle: {
    open: (name: string) => `Case ${name} is open`,
    sent: (name: string) => `Case ${name} was sent to CardPlusPay`,
    solved: (name: string) => `Case ${name} is solved`,
  },
  wordNext: {
    open: 'The admins were told.',
    sent: "Waiting for CardPlusPay to respond. We'll DM you when it is solved.",
    solved: "If the code still doesn't work, report it again below your codes or in /orders.",
  },

  /** To admins. */
  title: (name: string) => `Case ${name}: a code doesn't work`,
  isOpen: 'Open',
  isSent: (who: string, when: string) => `Sent to CardPlusPay by ${who} ${when}`,
  isSolved: (who: string, when: string) => `Solved by ${who} ${when}`,
  how: (detail: string) => `Solution: ${detail}`,
  order: (reference: string, number: string) => `Order \`${reference}\` · CardPlusPay order ${number}`,
  charged: (charged: Money) => `Charged **${money(charged)}** for the whole order`,
  bought: (when: string) => `Bought ${when}`,
  reported: (who: string, when: string) => `Reported by ${who} ${when}`,
  says: (said: string) => `Problem: ${said}`,
  delivered: (when: string) => `Received ${when}`,
  next: (number: string) =>
    `Contact CardPlusPay with order ${number}. You can't see the code; if support needs it, the recipient sends it. The buyer and recipients can't close this case.`,

  /** In an order. */
  line: (name: string, number: number, state: string, when: string) =>
    `Case ${name} · card ${number} · ${state} ${when}`,
  lineSolved: (line: string, detail: string) => `${line}: ${detail}`,
  more: (count: number) => `… and ${counted(count, 'more case')}`,

  /** The list. */
  listTitle: (count: number) => counted(count, 'open case'),
  none: 'No open cases.',
  noneNext: "When someone reports a code that doesn't work, it appears here.",
  listNext: 'Oldest first. The reporter gets a DM about every change.',
  yours: 'This is your own order, so another admin has to handle it.',
  done: (name: string, state: string) => `Case ${name}: ${state}`,
};
