import type { Guide } from '../../brands/index.ts';
import type { Words } from '../../i18n/index.ts';
import { csv, moneyText } from '../../lib/index.ts';
import {
  awaitsDiscord,
  type Code,
  missingCards,
  type Order,
  type Parcel,
  type Reason,
  type Revealed,
} from '../../orders/index.ts';
import { sentTo } from '../../policy/index.ts';
import { reportButton } from '../admin/cases.ts';
import { message, type View } from '../kit/message.ts';
import { lines, moment, plain, who } from '../kit/text.ts';
import { fromText, vendorNumbersOf, whatFor } from './facts.ts';
import { redeemText } from './redeem.ts';

/** More cards than this come as an attached file. */
const MOST_CARDS_IN_MESSAGES = 10;
/** Text of the cards in one message, beside a short sentence or two; Discord takes 4,000 characters in all. */
const MOST_TEXT = 3000;
const SHORT_SENTENCES = 200;
/** Beside the reference, and which part of how many it is. */
const MOST_IN_ALL = 3_800;

/** Codes for one person, and what stands around them. */
interface Cards {
  readonly order: Order;
  readonly recipient: string;
  readonly codes: readonly Code[];
  /** By which the recipient knows each card. */
  readonly numbers: readonly number[];
  readonly title: string;
  readonly next: string;
  readonly guide: Guide | undefined;
  readonly fileName: string;
}

/** The direct messages that carry a parcel: each card is in exactly one of them. `guide`: how its cards are redeemed. */
export function parcelViews(parcel: Parcel, words: Words, guide?: Guide): View[] {
  const { order, number, recipient, codes, resendAt } = parcel;
  const what = whatFor(order, recipient, words);
  const title = order.gift ? words.reward.title(what) : words.parcel.title(what, countFor(order, recipient));
  // The number keeps the files of two parcels apart, for whoever looks which of them is out.
  const fileName = `cards-${order.reference}-${number + 1}.csv`;
  // The time keeps it apart from what was sent before, for whoever looks whether it is out.
  const again = resendAt !== undefined && words.parcel.sentAgain(moment(resendAt));
  const numbers = numbersOf(parcel);
  const twice = twiceText(order, recipient, numbers, words);
  const next = lines(again, lackText(order, codes, words), twice, words.parcel.keepSecret);
  return codesViews({ ...parcel, numbers, title, next, guide, fileName }, words);
}

/** How many of its cards are theirs. */
const countFor = ({ cards }: Pick<Order, 'cards'>, user: string) =>
  cards.filter(({ recipient }) => recipient === user).length;

/** A recipient knows each of their cards by its number, whichever message it came in. */
function numbersOf({ order, recipient, number, codes }: Parcel): number[] {
  const theirs = order.cards.filter((card) => card.recipient === recipient);
  const first = theirs.findIndex(({ parcel }) => parcel === number);
  return codes.map((_, index) => Math.max(0, first) + index + 1);
}

/** The same codes for an ephemeral reveal. */
export function revealViews(revealed: Revealed, words: Words, guide?: Guide): View[] {
  const { order, recipient, codes, numbers, gone } = revealed;
  const { revealTitle, onlyYou, keepSecret, gone: goneText } = words.parcel;
  const title = revealTitle(whatFor(order, recipient, words), countFor(order, recipient));
  const number = vendorNumbersOf(order);
  const missing = gone > 0 && number !== undefined && goneText(gone, number);
  const twice = twiceText(order, recipient, numbers, words);
  const next = lines(missing, lackText(order, codes, words), twice, `${onlyYou} ${keepSecret}`);
  return codesViews({ ...revealed, title, next, guide, fileName: `cards-${order.reference}.csv` }, words);
}

/** Where a card may ask for more than its code, and nobody here has it: what to do then. */
function lackText(order: Order, codes: readonly Code[], { parcel }: Words): string {
  const number = vendorNumbersOf(order) ?? '';
  return lines(
    codes.some(({ lacks }) => lacks === 'not_kept') && parcel.notKept(number),
    codes.some(({ lacks }) => lacks === 'never_shown') && parcel.shownLater(number),
  );
}

/** Which of these cards have a code that another order had before. */
function twiceText(order: Order, user: string, numbers: readonly number[], { parcel }: Words): string | undefined {
  const theirs = order.cards.filter(({ recipient }) => recipient === user);
  const twice = numbers.filter((number) => theirs[number - 1]?.alsoIn !== undefined);
  return twice.length > 0 ? parcel.twice(twice.join(', '), twice.length) : undefined;
}

function codesViews(cards: Cards, words: Words): View[] {
  const { order, recipient, codes, numbers, title, fileName } = cards;
  // Who sends them, and with which words.
  const intro = order.gift && fromText(order, recipient, words);
  const picture = order.gift && order.quote.brand;
  const report = reportButton(order.id, words);
  const around = { tone: 'good', title, reference: order.reference } as const;
  const texts = codes.map((code, index) => cardText(code, numbers[index] ?? 0, words));
  const guide = order.gift && redeemText(cards.guide, words);
  // The codes come first: no guide, however long, keeps a message from being taken.
  const longest = Math.max(0, ...texts.map((text) => text?.length ?? 0));
  const isRoom = lines(title, intro, guide, cards.next).length + longest <= MOST_IN_ALL;
  const next = lines(isRoom && guide, cards.next);
  if (codes.length > MOST_CARDS_IN_MESSAGES || texts.includes(undefined)) {
    const file = { name: fileName, text: cardsFile(codes, numbers, words) };
    const facts = [intro, words.parcel.attached(codes.length)];
    return [message({ ...around, picture, facts, file, next, buttons: [report] })];
  }
  const beside = next.length + (intro?.length ?? 0);
  const most = MOST_TEXT - Math.max(0, beside - SHORT_SENTENCES);
  const parts = inParts(
    texts.filter((text) => text !== undefined),
    most,
  );
  return parts.map((texts, index) => {
    const part = parts.length > 1 && words.parcel.part(index + 1, parts.length);
    const [isFirst, isLast] = [index === 0, index + 1 === parts.length];
    const said = [isFirst && intro, part];
    return message({
      ...around,
      // Beside a picture there is little room for a code.
      ...(isFirst && picture
        ? { picture, facts: said, entries: [{ facts: texts, buttons: [] }] }
        : { facts: [...said, ...texts] }),
      next: isLast ? next : cards.next,
      buttons: isLast ? [report] : [],
    });
  });
}

/** What a code span or block shows exactly as it is. */
const isExact = (text: string) => !/[`\p{Cc}]/u.test(text);

/** A code in a block of its own, which copies with one tap. None where a message could not show all of it exactly. */
function cardText(card: Code, number: number, words: Words): string | undefined {
  const { code, faceValue, metadata } = card;
  if (!isExact(code) || !metadata.every(({ value }) => isExact(value))) return undefined;
  const extras = metadata.map(({ name, value }) => [plain(name), value && `\`${value}\``].filter(Boolean).join(' '));
  const text = `${[words.parcel.card(number, faceValue), ...extras].join(' · ')}\n\`\`\`\n${code}\n\`\`\``;
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

/** Where the codes are, for the requester. What was tried last says why they may not be with their recipient. */
export function codesText(order: Order, words: Words): string {
  const w = words.order;
  const missing = missingCards(order);
  const tried = order.history.findLast(({ why }) => why !== undefined && why in where)?.why;
  const here = order.cards.length === 0 ? undefined : hereText(order, whereTheyAre(order, tried), words);
  const rest = order.status === 'needs_review' ? w.missingReviewed : missingText(order, words);
  return lines(here, missing > 0 && rest(missing, order.quote.quantity));
}

function hereText(order: Order, place: Place, { order: w, gift }: Words): string {
  if (order.campaign) return gift.received(receivedCards(order), order.quote.quantity);
  const to = sentTo(order);
  return to === undefined ? w[place] : gift.where[place](who(to));
}

function missingText(order: Order, { order: w, gift }: Words): Words['order']['missing'] {
  const to = sentTo(order);
  return to === undefined ? w.missing : () => gift.missing(who(to));
}

const receivedCards = ({ cards }: Order): number => cards.filter(({ deliveredAt }) => deliveredAt !== undefined).length;

type Place = keyof Words['gift']['where'];

function whereTheyAre(order: Order, tried: Reason | undefined): Place {
  if (tried === 'dm_failed' && awaitsDiscord(order)) return 'dmRetried';
  return where[tried as keyof typeof where] ?? 'onTheirWay';
}

const where = {
  dm_sent: 'delivered',
  dm_closed: 'dmClosed',
  dm_failed: 'dmFailed',
  dm_withheld: 'dmWithheld',
  received: 'revealed',
} as const;

/**
 * All codes as CSV (RFC 4180), exactly as they came, with a column for each kind of metadata that any card has,
 * and one more for a second entry of the same name. `numbers`: by which their recipient knows them.
 */
export function cardsFile(codes: readonly Code[], numbers: readonly number[], words: Words): string {
  const { columns } = words.parcel;
  const extras = codes.map(extrasOf);
  const keys = [...new Set(extras.flatMap((extra) => [...extra.keys()]))];
  const rows = codes.map(({ code, faceValue }, index) => [
    String(numbers[index] ?? ''),
    code,
    faceValue ? moneyText(faceValue) : '',
    ...keys.map((key) => extras[index]?.get(key) ?? ''),
  ]);
  const names = keys.map((key) => key.slice(key.indexOf('/') + 1));
  const header = [columns.number, columns.code, columns.face, ...names];
  return csv([header, ...rows]);
}

/** The values of a card by "0/PIN", "1/PIN", …: which entry of that name it is, and the name. */
function extrasOf({ metadata }: Code): Map<string, string> {
  const values = new Map<string, string>();
  for (const [index, { name, value }] of metadata.entries()) {
    const before = metadata.slice(0, index).filter((other) => other.name === name);
    values.set(`${before.length}/${name}`, value);
  }
  return values;
}
