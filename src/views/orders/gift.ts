import type { Words } from '../../i18n/index.ts';
import { times } from '../../lib/index.ts';
import type { Action, Announcement, Order } from '../../orders/index.ts';
import { sentTo } from '../../policy/index.ts';
import { buttonFor, message, type View } from '../kit/message.ts';
import { type ListPage, pickListView } from '../kit/page.ts';
import { clipped, dotted, moment, who } from '../kit/text.ts';
import { fromText, whatOf } from './facts.ts';

interface Looker {
  /** Who looks. */
  readonly user: string;
  /** What they may do; the button follows from it. */
  readonly actions: readonly Action[];
  /** The page of the list to go back to. */
  readonly back?: string;
}

/** A card for its recipient, who is told neither what was charged nor who approved it. Without its code. */
export function rewardView(order: Order, { user, actions, back }: Looker, words: Words): View {
  const { reward: w, buttons } = words;
  const mine = cardsOf(order, user);
  const at = receivedAt(order, user);
  return message({
    tone: at === undefined ? 'plain' : 'good',
    title: w.title(what(order, user, words)),
    reference: order.reference,
    picture: order.quote.brand,
    facts: [
      fromText(order, user, words),
      order.quote.faceValue && w.shows(times(order.quote.faceValue, Math.max(1, mine.length))),
      at !== undefined && w.received(moment(at)),
    ],
    next: nextText(order, user, words),
    buttons: [
      actions.includes('reveal') && buttonFor('order.reveal', order.id, buttons.reveal, { main: at === undefined }),
      back !== undefined && buttonFor('rewards.page', back, buttons.back),
    ],
  });
}

function nextText(order: Order, user: string, { reward: w }: Words): string {
  const mine = cardsOf(order, user);
  if (mine.length === 0) return w.notYet;
  if (mine.every(({ posted }) => posted?.how === 'sent')) return w.delivered;
  return mine.every(({ deliveredAt }) => deliveredAt !== undefined) ? w.seen : w.waits;
}

const cardsOf = ({ cards }: Order, user: string) => cards.filter(({ recipient }) => recipient === user);

/** Theirs of an order that may be for several. */
function what(order: Order, user: string, words: Words): string {
  const quantity = cardsOf(order, user).length || 1;
  return whatOf({ quote: { ...order.quote, quantity } }, words);
}

/** Since when all of theirs are in their hands. */
function receivedAt(order: Order, user: string): number | undefined {
  const mine = cardsOf(order, user);
  const at = mine.flatMap(({ deliveredAt }) => deliveredAt ?? []);
  return mine.length > 0 && at.length === mine.length ? Math.max(...at) : undefined;
}

/** What somebody was sent, newest first, with a menu to open one. */
export function rewardListView(
  { orders, user, ...page }: ListPage & { readonly orders: readonly Order[]; readonly user: string },
  words: Words,
): View {
  const { rewards: w } = words;
  const row = (order: Order) => rowText(order, user, words);
  const option = (order: Order) => ({
    label: w.option(clipped(order.quote.name, 80), order.reference),
    value: order.id,
    description: w.state[stateOf(order, user)],
  });
  return pickListView({ verbs: 'rewards', all: orders, row, option }, w, page, words);
}

function rowText(order: Order, user: string, words: Words): string {
  const { rewards: w } = words;
  const state = w.state[stateOf(order, user)];
  const row = w.row(what(order, user, words), who(order.requester), state, order.reference);
  return dotted(row, moment(order.history[0]?.at ?? 0, 'R'));
}

const stateOf = (order: Order, user: string) => (receivedAt(order, user) === undefined ? 'waits' : 'received');

/**
 * What everybody reads where a card was sent. That one waits says neither from whom nor what it is: its sender may have
 * wanted nobody to know.
 */
export function announcementView(order: Order, what: Announcement, words: Words): View {
  const { announcement: w, buttons } = words;
  const { id, reference, requester } = order;
  const to = sentTo(order) ?? requester;
  if (what === 'arrived') {
    const said = w.arrived.said(who(requester), who(to));
    return message({ tone: 'good', title: w.arrived.title, reference, facts: [said] });
  }
  return message({
    tone: 'waiting',
    title: w.waits.title,
    reference,
    facts: [w.waits.said(who(to))],
    next: w.waits.next,
    buttons: [buttonFor('order.reveal', id, buttons.showCode, { main: true })],
    mentions: { users: [to] },
  });
}
