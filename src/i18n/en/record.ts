import type { Money } from '../../lib/index.ts';
import { counted, money } from './count.ts';

const cards = (count: number) => counted(count, 'card');

/** An order as an admin sees it, who may not see its codes. */
export const record = {
  title: (what: string) => `Order: ${what}`,
  state: (state: string, requester: string) => `State: ${state} · asked for by ${requester}`,
  charged: (charged: Money) => `Charged **${money(charged)}**`,
  delivery: 'Delivery',
  recipient: (who: string, count: number) => `${who} · ${cards(count)}`,
  received: (count: number, when: string) => `${count} received ${when}`,
  waiting: (count: number) => `${count} not received yet`,
  toCome: (count: number) => `${count} still to come from CardPlusPay`,
  lastMessage: {
    sent: (when: string) => `last direct message sent ${when}`,
    closed: (when: string) => `direct messages were closed ${when}`,
    failed: (when: string) => `Discord did not take the direct message ${when}`,
    withheld: (when: string) => `not sent ${when}: Discord asks for fewer direct messages; the code waits`,
    to_reveal: (when: string) => `ready to reveal since ${when}`,
  },
  shown: (when: string) => `codes shown to them ${when}`,
  pool: (count: number) => `${cards(count)} for whoever claims them`,
  onHand: (count: number) => `${cards(count)} not claimed: on hand for this server`,
  handedOn: (count: number) => `${cards(count)} not claimed: since used for other orders`,
  moreRecipients: (count: number) => `… and ${count} more`,
  purged: 'The codes are no longer kept here. Their recipients can still have shown what CardPlusPay shows.',
  next: 'Only its recipients can see the codes, here or in their direct messages.',
};

/** Sending the codes of an order to their recipients once more. */
export const resend = {
  asks: (what: string) => `Send the codes again: ${what}?`,
  asksNext:
    'Some of these codes have been received already. Their recipients get the same codes once more by direct message, and nobody else sees them. Nothing is bought.',
  done: (what: string) => `Sent again: ${what}`,
  notDone: (what: string) => `Not everybody could be reached: ${what}`,
  outcome: {
    sent: (who: string, count: number) => `${who} · ${cards(count)} sent by direct message`,
    closed: (who: string, count: number) => `${who} · ${cards(count)} not sent, direct messages are closed to Cardigan`,
    failed: (who: string, count: number) =>
      `${who} · ${cards(count)} not sent, Discord did not take the direct message`,
    withheld: (who: string, count: number) =>
      `${who} · ${cards(count)} not sent, Discord asks for fewer direct messages`,
    to_reveal: (who: string, count: number) => `${who} · ${cards(count)} ready to reveal with /rewards`,
  },
  doneNext: 'The codes are in their direct messages. Nothing was bought.',
  notDoneNext:
    'Nothing is lost, and nothing was bought. They can see their codes themselves with /orders or /rewards, or open their direct messages and ask you to send them again.',
};

/** Around codes, for their recipient alone. */
export const parcel = {
  title: (what: string) => `Your gift cards: ${what}`,
  part: (part: number, parts: number) => `Part ${part} of ${parts}`,
  faceValue: (face: Money) => `shows ${money(face)}`,
  attached: (count: number) =>
    `${count === 1 ? 'The code is' : `All ${count} codes are`} in the attached file. Open it as text: spreadsheets change long numbers.`,
  sentAgain: (when: string) =>
    `Sent again ${when}, because an admin asked for it. These are the same cards as before, not new ones.`,
  keepSecret: 'Keep them secret: whoever has a code has the money.',
  revealTitle: (what: string) => `Your codes: ${what}`,
  shownLater: (number: string) =>
    `CardPlusPay showed some of these codes later than usual, and shows no PIN with such codes. If a card asks for one, ask whoever runs Cardigan and name CardPlusPay order ${number}.`,
  notKept: (number: string) =>
    `Some of these cards came with more than a code, such as a PIN. That is no longer kept here, and CardPlusPay does not show it again. Look for it in your direct messages with Cardigan, or ask whoever runs it and name CardPlusPay order ${number}.`,
  /** `cards`: their numbers. */
  twice: (cards: string, count: number) =>
    count === 1
      ? `CardPlusPay also gave the code of card ${cards} to another order, so it may already be used. The admins know and are looking into it. If it does not work, press "A code doesn't work".`
      : `CardPlusPay also gave the codes of cards ${cards} to other orders, so they may already be used. The admins know and are looking into it. If one does not work, press "A code doesn't work".`,
  gone: (count: number, number: string) =>
    `CardPlusPay does not show ${count} of your codes any more. Look for ${count === 1 ? 'it' : 'them'} in your direct messages with Cardigan, or ask whoever runs it and name CardPlusPay order ${number}.`,
  onlyYou: 'Only you can see this message.',
  columns: { number: 'number', code: 'code', face: 'face value' },
};
