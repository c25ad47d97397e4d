import type { Client } from 'discord.js';
import type { Words } from '../i18n/words.ts';
import type { Order } from '../orders/order.ts';
import type { Announcement, Mailbox, OrderLog } from '../orders/ports.ts';
import { announcementView } from '../views/announcement.ts';
import { postableChannel } from './admin-channel.ts';
import { calling, DiscordFailure } from './failure.ts';
import { payload } from './payload.ts';
import { recentId } from './recent.ts';

interface Parts {
  client: Client;
  wordsFor(locale: string): Words;
  log: OrderLog;
}

/** Word of a card that was sent to somebody, in the channel where it was sent. */
export function createAnnouncing(parts: Parts): Pick<Mailbox, 'announce'> {
  const { client, wordsFor, log } = parts;

  async function post(order: Order, what: Announcement, mayBeOut: boolean): Promise<void> {
    const guild = await calling(client.guilds.fetch(order.guild));
    const channel = await postableChannel(client, guild, order.channel);
    if (!channel) {
      log.warn({ order: order.id, what }, 'Cardigan may not write where a card was sent');
      return;
    }
    const view = announcementView(order, what, wordsFor(order.locale));
    if (mayBeOut && (await recentId(channel, view)) !== undefined) return;
    const nonce = `${order.id}.${what}`;
    await calling(channel.send({ ...payload(view), nonce, enforceNonce: true }));
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
