import type { Words } from '../i18n/words.ts';
import type { Order } from '../orders/order.ts';
import type { Announcement, Mailbox, OrderLog } from '../orders/ports.ts';
import { announcementView } from '../views/announcement.ts';
import { DiscordFailure } from './failure.ts';
import type { Poster } from './poster.ts';

interface Parts {
  poster: Poster;
  wordsFor(locale: string): Words;
  log: OrderLog;
}

/** Word of a card that was sent to somebody, in the channel where it was sent. */
export function createAnnouncing(parts: Parts): Pick<Mailbox, 'announce'> {
  const { poster, wordsFor, log } = parts;

  async function post(order: Order, what: Announcement, mayBeOut: boolean): Promise<void> {
    const view = announcementView(order, what, wordsFor(order.locale));
    const how = { nonce: `${order.id}.${what}`, mayBeOut };
    const place = await poster.post(order.guild, order.channel, view, how);
    if (!place) log.warn({ order: order.id, what }, 'Cardigan may not write where a card was sent');
  }

  return {
    async announce(order, what, mayBeOut) {
      try {
        await post(order, what, mayBeOut);
      } catch (err) {
        if (!(err instanceof DiscordFailure)) throw err;
        log.warn({ order: order.id, what, err }, 'a card that was sent could not be announced');
      }
    },
  };
}
