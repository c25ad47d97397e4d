import type { Words } from '../i18n/words.ts';
import type { Order } from '../orders/order.ts';
import type { Parcel } from '../orders/ports.ts';
import type { Revealed } from '../orders/revealing.ts';
import type { Code } from '../orders/sealed-answer.ts';
import { cardsFile } from './cards-file.ts';
import { reportButton } from './case.ts';
import { fromText, vendorNumberOf, whatFor } from './order-facts.ts';
import { moment, plain } from './text.ts';
import type { View } from './view.ts';
import { buttonRow, message } from './view.ts';

/** More cards than this come as an attached file. */
export const MOST_CARDS_IN_MESSAGES = 10;
/** Text of the cards in one message, beside a short sentence or two; Discord takes 4,000 characters in all. */
const MOST_TEXT = 3000;
const SHORT_SENTENCES = 200;

/** What stands around the codes. */
interface Frame {
  readonly title: string;
  readonly reference: string;
  /** Who sends them, and with which words. */
  readonly intro?: string | undefined;
  readonly next: string;
  readonly fileName: string;
  readonly order: Order;
  /** By which the recipient knows each card. */
  readonly numbers: readonly number[];
}

/** The direct messages that carry a parcel: each card is in exactly one of them. */
export function parcelViews(parcel: Parcel, words: Words): View[] {
  const { order, number, recipient, codes, resendAt } = parcel;
  const { reference } = order;
  const title = (order.gift ? words.reward : words.parcel).title(whatFor(order, recipient, words));
  // The number keeps the files of two parcels apart, for whoever looks which of them is out.
  const fileName = `cards-${reference}-${number + 1}.csv`;
  // The time keeps it apart from what was sent before, for whoever looks whether it is out.
  const again = resendAt === undefined ? undefined : words.parcel.sentAgain(moment(resendAt));
  const next = lines(again, ...lackTexts(order, codes, words), words.parcel.keepSecret);
  const intro = introOf(order, recipient, words);
  const numbers = numbersOf(parcel);
  return codesViews({ title, reference, intro, next, fileName, order, numbers }, codes, words);
}

/** A recipient knows each of their cards by its number, whichever message it came in. */
function numbersOf({ order, recipient, number, codes }: Parcel): number[] {
  const theirs = order.cards.filter((card) => card.recipient === recipient);
  const first = theirs.findIndex(({ parcel }) => parcel === number);
  return codes.map((_, index) => Math.max(0, first) + index + 1);
}

/** The same codes for an ephemeral reveal. */
export function revealViews(revealed: Revealed, words: Words): View[] {
  const { order, recipient, codes, numbers, gone } = revealed;
  const { reference } = order;
  const { revealTitle, onlyYou, keepSecret } = words.parcel;
  const title = revealTitle(whatFor(order, recipient, words));
  const missing =
    gone > 0 && order.remote ? words.parcel.gone(gone, vendorNumberOf(order.remote)) : undefined;
  const next = lines(missing, ...lackTexts(order, codes, words), `${onlyYou} ${keepSecret}`);
  const intro = introOf(order, recipient, words);
  const fileName = `cards-${reference}.csv`;
  return codesViews({ title, reference, intro, next, fileName, order, numbers }, codes, words);
}

function introOf(order: Order, user: string, words: Words): string | undefined {
  return order.gift && fromText(order, user, words);
}

const lines = (...texts: (string | undefined)[]) =>
  texts.filter((text) => text !== undefined).join('\n');

/** Where a card may ask for more than its code, and nobody here has it: what to do then. */
function lackTexts({ remote }: Order, codes: readonly Code[], { parcel }: Words): string[] {
  const number = remote ? vendorNumberOf(remote) : '';
  return [
    ...(codes.some(({ lacks }) => lacks === 'not_kept') ? [parcel.notKept(number)] : []),
    ...(codes.some(({ lacks }) => lacks === 'never_shown') ? [parcel.shownLater(number)] : []),
  ];
}

function codesViews(frame: Frame, codes: readonly Code[], words: Words): View[] {
  const { title, reference, intro, next, fileName, order, numbers } = frame;
  const report = buttonRow(reportButton(order.id, words));
  const around = { tone: 'good', title, reference, next } as const;
  const texts = codes.map((code, index) => cardText(code, numbers[index] ?? 0, words));
  if (codes.length > MOST_CARDS_IN_MESSAGES || texts.includes(undefined)) {
    const file = { name: fileName, text: cardsFile(codes, numbers, words) };
    const facts = [intro, words.parcel.attached(codes.length)];
    return [message({ ...around, facts, file, rows: [report] })];
  }
  const beside = next.length + (intro?.length ?? 0);
  const most = MOST_TEXT - Math.max(0, beside - SHORT_SENTENCES);
  const parts = inParts(
    texts.filter((text) => text !== undefined),
    most,
  );
  return parts.map((cards, index) => {
    const part = parts.length > 1 ? words.parcel.part(index + 1, parts.length) : undefined;
    const rows = index + 1 === parts.length ? [report] : [];
    return message({ ...around, facts: [index === 0 ? intro : undefined, part, ...cards], rows });
  });
}

/** What a code span or block shows exactly as it is. */
const isExact = (text: string) => !/[`\p{Cc}]/u.test(text);

/** A code in a block of its own, which copies with one tap. None where a message could not show all of it exactly. */
function cardText(card: Code, number: number, words: Words): string | undefined {
  const { code, faceValue, metadata } = card;
  if (!isExact(code) || !metadata.every(({ value }) => isExact(value))) return undefined;
  const face = faceValue ? ` · ${words.parcel.faceValue(faceValue)}` : '';
  const extras = metadata.map(({ name, value }) =>
    [plain(name), value && `\`${value}\``].filter(Boolean).join(' '),
  );
  const text = `${[`${number}${face}`, ...extras].join(' · ')}\n\`\`\`\n${code}\n\`\`\``;
  return text.length > MOST_TEXT / 2 ? undefined : text;
}

function inParts(texts: readonly string[], most: number): string[][] {
  const parts: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const text of texts) {
    if (size + text.length > most) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(text);
    size += text.length + 1;
  }
  return parts;
}
