import type { Words } from '../i18n/words.ts';
import { sentTo } from '../orders/gift.ts';
import { awaitsDiscord } from '../orders/looking.ts';
import type { Order, Reason } from '../orders/order.ts';
import { missingCards } from '../orders/order.ts';
import { who } from './text.ts';

/** Where the codes are, for the requester. What was tried last says why they may not be with their recipient. */
export function codesText(order: Order, words: Words): string {
  const w = words.order;
  const missing = missingCards(order);
  const tried = order.history.findLast(({ why }) => why !== undefined && why in where)?.why;
  const here =
    order.cards.length === 0 ? undefined : hereText(order, whereTheyAre(order, tried), words);
  const rest = order.status === 'needs_review' ? w.missingReviewed : missingText(order, words);
  return [here, missing > 0 ? rest(missing, order.quote.quantity) : undefined]
    .filter((sentence) => sentence !== undefined)
    .join('\n');
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

const receivedCards = ({ cards }: Order): number =>
  cards.filter(({ deliveredAt }) => deliveredAt !== undefined).length;

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
