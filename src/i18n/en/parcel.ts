import { type Money, moneyText } from '../../lib/index.ts';

/** Around codes, for their recipient alone. */
export const parcel = {
  title: (what: string) => `Your gift cards: ${what}`,
  part: (part: number, parts: number) => `Part ${part} of ${parts}`,
  faceValue: (face: Money) => `shows ${moneyText(face)}`,
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
  gone: (count: number, number: string) =>
    `CardPlusPay does not show ${count} of your codes any more. Look for ${count === 1 ? 'it' : 'them'} in your direct messages with Cardigan, or ask whoever runs it and name CardPlusPay order ${number}.`,
  onlyYou: 'Only you can see this message.',
  columns: { number: 'number', code: 'code', face: 'face value' },
};
