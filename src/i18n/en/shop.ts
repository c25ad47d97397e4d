import type { Money } from '../../lib/index.ts';
import { money, number } from './count.ts';

export const facts = {
  youPay: (charged: Money, quantity: number, each: Money) =>
    quantity === 1 ? `You pay **${money(charged)}**` : `You pay **${money(charged)}** (${quantity} × ${money(each)})`,
  setAside: (charged: Money) => `Set aside **${money(charged)}**`,
  wasOffered: (charged: Money) => `The offer was ${money(charged)}`,
  fromHand: 'From cards on hand: **nothing new was charged**',
  youPaid: (charged: Money) => `You paid **${money(charged)}**`,
  cardsShow: (face: Money, saving: string | undefined) =>
    `Cards show ${money(face)}${saving ? ` (${saving} less to pay)` : ''}`,
  balanceAfter: (before: Money, after: Money) => `Balance ${money(before)} → ${money(after)}`,
  forReason: (reason: string) => `For: ${reason}`,
  approvedBy: (who: string) => `Approved by ${who}`,
  ends: (when: string) => `This offer ends ${when}.`,
  perCard: (charged: Money) => `You pay **${money(charged)}** for each card`,
  faceValue: (face: Money) => `Card shows ${money(face)}`,
  code: (code: string) => `Item code ${code}`,
  brand: (brand: string) => `Brand ${brand}`,
  category: (category: string) => `Category ${category}`,
  region: (region: string) => `Region ${region}`,
  countries: (countries: string) => `Works in ${countries}`,
  delivery: (delivery: string) => `Delivery ${delivery}`,
  vendorNumber: (number: string) => `CardPlusPay ${number}`,
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
};

export const balance = {
  title: 'CardPlusPay balance',
  has: (balance: Money) => `The account has **${money(balance)}**`,
  currency: (currency: string) => `Currency ${currency}`,
  asOf: (when: string) => `As of ${when}`,
  discord: (waits: number, late: number, when: string) =>
    `Since it started, Cardigan ${[
      ...(waits > 0 ? [`had to wait for Discord ${waits === 1 ? 'once' : `${number(waits)} times`}`] : []),
      ...(late > 0 ? [`could not answer ${late === 1 ? '1 press' : `${number(late)} presses`} in time`] : []),
    ].join(' and ')}; last ${when}`,
};

export const catalog = {
  title: (count: number) => (count === 1 ? '1 gift card' : `${count} gift cards`),
  row: (name: string, charged: Money, face: Money | undefined) =>
    `**${name}** · you pay ${money(charged)}${face ? ` · shows ${money(face)}` : ''}`,
  option: (itemCode: string, face: Money | undefined) => (face ? `${money(face)} · ${itemCode}` : itemCode),
  none: 'No card fits that.',
  noneNext: 'Leave out a word or a filter, and run /catalog again.',
  loading: 'The catalog has not been loaded yet.',
  loadingNext:
    'It is being fetched from CardPlusPay. Try again in a minute; /buy works with an item code typed by hand.',
  pickHint: 'Choose a card below to check its stock or to buy it.',
};

export const product = {
  howMany: (name: string) => `Buy ${name}`,
  quantity: 'How many? (1 to 100)',
  reason: 'What is it for? (kept with the order)',
};

export const stock = {
  inTitle: (quantity: number, name: string) => `In stock: ${quantity} × ${name}`,
  outTitle: (quantity: number, name: string) => `Out of stock: ${quantity} × ${name}`,
  onHand: (count: number) =>
    `${number(count)} on hand here: an order of up to that many uses them, and nothing new is charged`,
  outNext: 'Nothing was bought. Try a smaller quantity, or pick another card with /catalog.',
};

export const quote = {
  title: (quantity: number, name: string) => `Buy ${quantity} × ${name}?`,
  needsApproval: 'This needs an approval. Nothing is charged before.',
  needsBecause: (why: string) => `This needs an approval: ${why}. Nothing is charged before.`,
  roseTitle: (before: Money, now: Money) =>
    `The price rose from ${money(before)} to ${money(now)}, so nothing was bought.`,
  roseNext: 'This is the new offer. Confirm it only if it is still worth it to you.',
  roseAsk: 'This is the new offer. It needs an approval of its own: ask for it only if it is still worth it to you.',
};

export const progress = {
  checking: {
    title: (quantity: number, name: string) => `Checking ${quantity} × ${name}`,
    next: 'Asking CardPlusPay for stock, price and balance. Nothing is charged yet.',
  },
  waiting: {
    title: (quantity: number, name: string) => `Waiting to buy ${quantity} × ${name}`,
    next: 'Another order for the same card and quantity is not settled yet. Yours starts as soon as it is, and ends by itself after 15 minutes. Nothing is charged yet.',
  },
  buying: {
    title: (quantity: number, name: string) => `Buying ${quantity} × ${name}`,
    next: 'The order is on its way to CardPlusPay, and its answer can take a minute. Nothing is bought twice.',
  },
  delivering: {
    title: (quantity: number, name: string) => `Bought: ${quantity} × ${name}`,
    next: 'The codes are being sent to your direct messages.',
  },
};

/** Above what somebody wrote into a form that was refused. */
export const kept = 'Your text, to copy:';

export const incident = (id: string) =>
  `Something broke inside Cardigan, and it was written down as incident ${id}.\nIf you were buying: nothing is bought twice, and /orders shows how your order stands. Please tell whoever runs Cardigan the name of the incident.`;
