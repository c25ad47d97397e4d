import type { Words } from '../i18n/words.ts';
import type { Action } from '../orders/actions.ts';
import { isGiven } from '../orders/cards.ts';
import type { Case } from '../orders/case.ts';
import type { RecipientRecord } from '../orders/delivery-record.ts';
import { deliveryRecord } from '../orders/delivery-record.ts';
import type { Order } from '../orders/order.ts';
import { caseLines } from './case.ts';
import { actionRow } from './order-actions.ts';
import { reasonFact, vendorNumberOf, whatOf } from './order-facts.ts';
import { moment } from './text.ts';
import { timelineFacts } from './timeline.ts';
import type { View } from './view.ts';
import { message } from './view.ts';

/** More recipients than this are counted only, and a long timeline is shorter beside them: a message has 4,000 characters. */
export const MOST_RECIPIENTS = 6;
export const MOST_STEPS_BESIDE = 12;

/** Somebody else's order, for an admin: how it stands, what happened, and who has received what. Never a code. */
export function orderRecordView(
  order: Order,
  { actions, cases = [] }: { actions: readonly Action[]; cases?: readonly Case[] },
  words: Words,
): View {
  const w = words.record;
  return message({
    title: w.title(whatOf(order, words)),
    reference: order.reference,
    facts: [
      w.state(words.orders.state[order.status], `<@${order.requester}>`),
      amountFact(order, words),
      reasonFact(order, words),
      ...caseLines(order, cases, words),
      ...deliveryFacts(order, words),
      ...timelineFacts(order, words, MOST_STEPS_BESIDE),
    ],
    next: order.remote && w.next,
    rows: [actionRow(order, actions, words)],
  });
}

function amountFact(order: Order, { facts, record }: Words): string {
  const { remote, quote, status } = order;
  if (!remote) {
    const mayBeCharged = ['buying', 'unconfirmed', 'not_found', 'needs_review'].includes(status);
    return mayBeCharged ? facts.setAside(quote.charged) : facts.wasOffered(quote.charged);
  }
  const number = facts.vendorNumber(vendorNumberOf(remote));
  return `${record.charged(remote.charged)} · ${number}`;
}

/** Who has received how many cards, and when; nothing as long as nothing is bought. */
export function deliveryFacts(order: Order, words: Words): string[] {
  if (!order.remote) return [];
  const records = deliveryRecord(order);
  const more = records.length - MOST_RECIPIENTS;
  return [
    `**${words.record.delivery}**`,
    ...records.slice(0, MOST_RECIPIENTS).map((each) => recipientText(each, words)),
    ...(more > 0 ? [words.record.moreRecipients(more)] : []),
    ...poolFacts(order, words),
    ...(order.purgedAt === undefined ? [] : [words.record.purged]),
  ];
}

/** What is for nobody so far. */
function poolFacts({ campaign, cards, quote }: Order, { record: w }: Words): string[] {
  const unclaimed = quote.quantity - cards.filter(isGiven).length;
  return campaign?.pool !== undefined && unclaimed > 0 ? [w.pool(unclaimed)] : [];
}

function recipientText(each: RecipientRecord, { record: w }: Words): string {
  const { received, lastMessage, shownAt } = each;
  return [
    w.recipient(`<@${each.user}>`, each.cards),
    received && w.received(received.count, moment(received.at)),
    each.waiting > 0 ? w.waiting(each.waiting) : undefined,
    each.toCome > 0 ? w.toCome(each.toCome) : undefined,
    lastMessage && w.lastMessage[lastMessage.how](moment(lastMessage.at)),
    shownAt === undefined ? undefined : w.shown(moment(shownAt)),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}
