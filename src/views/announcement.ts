import type { Words } from '../i18n/words.ts';
import { sentTo } from '../orders/gift.ts';
import type { Order } from '../orders/order.ts';
import type { Announcement } from '../orders/ports.ts';
import { who } from './text.ts';
import type { View } from './view.ts';
import { buttonFor, buttonRow, message } from './view.ts';

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
    rows: [buttonRow(buttonFor('order.reveal', id, buttons.showCode, { main: true }))],
    mentions: { users: [to] },
  });
}
