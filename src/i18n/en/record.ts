import type { Money } from '../../lib/index.ts';
import { counted, money } from './count.ts';

const cards = (count: number) => counted(count, 'card');

/** An order as an admin sees it, who may not see its codes. */
export const record = {
  title: (what: string) => `Order: ${what}`,
  state: (state: string, requester: string) => `State: ${state} · requested by ${requester}`,
  charged: (charged: Money) => `Charged **${money(charged)}**`,
  delivery: 'Delivery',
  recipient: (who: string, count: number) => `${who} · ${cards(count)}`,
  received: (count: number, when: string) => `${count} received ${when}`,
  waiting: (count: number) => `${count} not received yet`,
  toCome: (count: number) => `${count} still to come from CardPlusPay`,
  lastMessage: {
    sent: (when: string) => `last direct message sent ${when}`,
    closed: (when: string) => `couldn't send a direct message ${when}`,
    failed: (when: string) => `Discord didn't accept the direct message ${when}`,
    withheld: (when: string) =>
      `not sent ${when}: Discord asked for fewer direct messages; the code is ready to reveal`,
    to_reveal: (when: string) => `ready to reveal, since ${when}`,
  },
  shown: (when: string) => `codes revealed ${when}`,
  pool: (count: number) => `${cards(count)} for whoever claims them`,
  withheld: (count: number) =>
    `${cards(count)} not given out since a backup was restored: somebody may have ${count === 1 ? 'it' : 'them'} already`,
  onHand: (count: number) => `${cards(count)} not claimed: on hand for this server`,
  handedOn: (count: number) => `${cards(count)} not claimed: since used for other orders`,
  moreRecipients: (count: number) => `… and ${count} more`,
  purged: 'The codes are no longer stored here. Recipients can still reveal what CardPlusPay shows.',
  next: 'Only the recipients can see the codes, here or in their direct messages.',
};

/** Sending the codes of an order to their recipients once more. */
export const resend = {
  asks: (what: string) => `Resend the codes: ${what}?`,
  asksNext:
    'Some of these codes have already been received. The recipients get the same codes again by direct message, and nobody else sees them. Nothing is bought.',
  done: (what: string) => `Codes resent: ${what}`,
  notDone: (what: string) => `Not everyone could be reached: ${what}`,
  outcome: {
    sent: (who: string, count: number) => `${who} · ${cards(count)} sent by direct message`,
    closed: (who: string, count: number) =>
      `${who} · ${cards(count)} not sent, Cardigan can't send them direct messages`,
    failed: (who: string, count: number) =>
      `${who} · ${cards(count)} not sent, Discord didn't accept the direct message`,
    withheld: (who: string, count: number) =>
      `${who} · ${cards(count)} not sent, Discord asked for fewer direct messages`,
    to_reveal: (who: string, count: number) => `${who} · ${cards(count)} ready to reveal with /rewards`,
  },
  doneNext: 'The codes are in their direct messages. Nothing was bought.',
  notDoneNext:
    'Nothing is lost, and nothing was bought. They can reveal their codes themselves with /orders or /rewards, or allow direct messages and ask you to resend.',
};

/** Around codes, for their recipient alone. */
export const parcel = {
  title: (what: string, count: number) => `Your gift ${count === 1 ? 'card' : 'cards'}: ${what}`,
  part: (part: number, parts: number) => `Part ${part} of ${parts}`,
  card: (number: number, face: Money | undefined) => `Card ${number}${face ? ` · ${money(face)}` : ''}`,
  attached: (count: number) =>
    `${count === 1 ? 'The code is' : `All ${count} codes are`} in the attached file. Open it as text: spreadsheets can change long numbers.`,
  sentAgain: (when: string) => `Resent ${when} by an admin. These are the same cards as before, not new ones.`,
  keepSecret: 'Keep codes private: anyone who has one can spend it.',
  revealTitle: (what: string, count: number) => `Your ${count === 1 ? 'code' : 'codes'}: ${what}`,
  shownLater: (number: string) =>
    `CardPlusPay delivered some of these codes late, and late codes come without a PIN. If a card asks for one, ask whoever runs Cardigan and name CardPlusPay order ${number}.`,
  notKept: (number: string) =>
    `Some of these cards came with more than a code, such as a PIN. That is no longer stored here, and CardPlusPay doesn't show it again. Look for it in your direct messages with Cardigan, or ask whoever runs it and name CardPlusPay order ${number}.`,
  /** `cards`: their numbers. */
  twice: (cards: string, count: number) =>
    count === 1
      ? `CardPlusPay also gave the code of card ${cards} to another order, so it may already be used. The admins know and are looking into it. If it does not work, press "A code doesn't work".`
      : `CardPlusPay also gave the codes of cards ${cards} to other orders, so they may already be used. The admins know and are looking into it. If one does not work, press "A code doesn't work".`,
  gone: (count: number, number: string) =>
    `CardPlusPay no longer shows ${count} of your codes. Look for ${count === 1 ? 'it' : 'them'} in your direct messages with Cardigan, or ask whoever runs it and name CardPlusPay order ${number}.`,
  onlyYou: 'Only you can see this message.',
  columns: { number: 'number', code: 'code', face: 'face value' },
};
