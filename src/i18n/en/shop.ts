import type { Money } from '../../lib/index.ts';
import { money, number } from './count.ts';
import { EVERY_ORDER } from './policy.ts';

export const facts = {
  youPay: (charged: Money, quantity: number, each: Money) =>
    quantity === 1 ? `Total **${money(charged)}**` : `Total **${money(charged)}** (${quantity} × ${money(each)})`,
  setAside: (charged: Money) => `Reserved **${money(charged)}**`,
  wasOffered: (charged: Money) => `Quoted at ${money(charged)}`,
  fromHand: 'From cards on hand: **nothing new was charged**',
  youPaid: (charged: Money) => `Charged **${money(charged)}**`,
  cardsShow: (face: Money, saving: string | undefined) =>
    `Face value ${money(face)}${saving ? ` (you save ${saving})` : ''}`,
  balanceAfter: (before: Money, after: Money) => `Balance ${money(before)} → ${money(after)}`,
  forReason: (reason: string) => `For: ${reason}`,
  approvedBy: (who: string) => `Approved by ${who}`,
  ends: (when: string) => `Quote expires ${when}`,
  perCard: (charged: Money) => `Price **${money(charged)}** per card`,
  faceValue: (face: Money) => `Face value ${money(face)}`,
  code: (code: string) => `Item code ${code}`,
  brand: (brand: string) => `Brand: ${brand}`,
  category: (category: string) => `Category: ${category}`,
  region: (region: string) => `Region: ${region}`,
  countries: (countries: string) => `Works in ${countries}`,
  delivery: (delivery: string) => `Delivery: ${delivery}`,
  vendorNumber: (number: string) => `CardPlusPay ${number}`,
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
};

export const balance = {
  title: 'CardPlusPay balance',
  has: (balance: Money) => `**${money(balance)}** available`,
  currency: (currency: string) => `Currency ${currency}`,
  asOf: (when: string) => `As of ${when}`,
  discord: (waits: number, late: number, when: string) =>
    `Since starting, Cardigan ${[
      ...(waits > 0 ? [`had to wait for Discord ${waits === 1 ? 'once' : `${number(waits)} times`}`] : []),
      ...(late > 0 ? [`could not answer ${late === 1 ? '1 press' : `${number(late)} presses`} in time`] : []),
    ].join(' and ')}; last ${when}`,
};

export const catalog = {
  title: (count: number) => (count === 1 ? '1 gift card' : `${count} gift cards`),
  row: (name: string, charged: Money, face: Money | undefined) =>
    `**${name}** · ${money(charged)}${face ? ` · face value ${money(face)}` : ''}`,
  option: (itemCode: string, face: Money | undefined) => (face ? `${money(face)} · ${itemCode}` : itemCode),
  none: 'No cards match.',
  noneNext: 'Run /catalog again with fewer words or filters.',
  loading: 'The catalog is still loading.',
  loadingNext: 'Try again in a minute. If you know the item code, you can already use it with /buy.',
  pickHint: 'Choose a card below to check its stock or buy it.',
};

export const product = {
  howMany: (name: string) => `Buy ${name}`,
  quantity: 'How many? (1 to 100)',
  reason: "What's it for? (saved with the order)",
};

export const stock = {
  inTitle: (quantity: number, name: string) => `In stock: ${quantity} × ${name}`,
  outTitle: (quantity: number, name: string) => `Out of stock: ${quantity} × ${name}`,
  onHand: (count: number) =>
    `${number(count)} on hand in this server: an order for up to that many uses them, at no new charge`,
  outNext: 'Nothing was bought. Try a smaller quantity, or pick another card with /catalog.',
};

export const quote = {
  title: (quantity: number, name: string, charged: Money) => `Buy ${quantity} × ${name} for ${money(charged)}?`,
  needsApproval: "Needs approval. You won't be charged until it's approved.",
  needsBecause: (why: string) =>
    why === EVERY_ORDER
      ? 'Needs 1 approval (every order does). Nothing is charged until then.'
      : `Needs approval: ${why}. Nothing is charged until then.`,
  roseTitle: (before: Money, now: Money) =>
    `The price rose from ${money(before)} to ${money(now)}, so nothing was bought.`,
  roseNext: 'This is a new quote. Confirm it only if you still want it at this price.',
  roseAsk: 'This is a new quote, and it needs its own approval. Request it only if you still want it at this price.',
};

export const progress = {
  checking: {
    title: (quantity: number, name: string) => `Checking ${quantity} × ${name}`,
    next: 'Checking stock, price and balance with CardPlusPay. Nothing is charged yet.',
  },
  waiting: {
    title: (quantity: number, name: string) => `Waiting to buy ${quantity} × ${name}`,
    next: 'Another order for the same card and quantity is still being settled. Yours starts right after it, or expires after 15 minutes. Nothing is charged yet.',
  },
  buying: {
    title: (quantity: number, name: string) => `Buying ${quantity} × ${name}`,
    next: 'The order has gone to CardPlusPay, and the answer can take a minute. Nothing is bought twice.',
  },
  delivering: {
    title: (quantity: number, name: string) => `Bought: ${quantity} × ${name}`,
    next: 'Your codes are on their way by direct message.',
  },
};

/** Above what somebody wrote into a form that was refused. */
export const kept = 'What you typed:';

export const incident = (id: string) =>
  `Something went wrong (incident ${id}).\nNothing is bought twice; check /orders to see where your order stands. Give this ID to your admin.`;
