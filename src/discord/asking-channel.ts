import type { Client } from 'discord.js';
import type { Words } from '../i18n/words.ts';
import type { Order } from '../orders/order.ts';
import type { OrderLog } from '../orders/ports.ts';
import { channelWordView } from '../views/approval-word.ts';
import { postableChannel } from './admin-channel.ts';
import { calling, DiscordFailure } from './failure.ts';
import { payload } from './payload.ts';
import { recentId } from './recent.ts';

/** The channels where people asked, for news of orders whose requesters take no direct messages. */
export interface AskingChannel {
  /**
   * Pings the requester, and says no more than that there is news. `mayBeOut`: looks for it first. False when they
   * cannot be told there.
   */
  tell(order: Order, mayBeOut: boolean): Promise<boolean>;
}

interface Parts {
  client: Client;
  wordsFor(locale: string): Words;
  log: OrderLog;
}

export function createAskingChannel({ client, wordsFor, log }: Parts): AskingChannel {
  async function post(order: Order, mayBeOut: boolean): Promise<boolean> {
    const guild = await calling(client.guilds.fetch(order.guild));
    const channel = await postableChannel(client, guild, order.channel);
    if (!channel) return false;
    const view = channelWordView(order, wordsFor(order.locale));
    if (mayBeOut && (await recentId(channel, view)) !== undefined) return true;
    const nonce = nonceOf(order);
    await calling(channel.send({ ...payload(view), nonce, enforceNonce: true }));
    return true;
  }

  return {
    async tell(order, mayBeOut) {
      // Who has left reads nothing there.
      if (order.history.at(-1)?.why === 'requester_left') return false;
      try {
        return await post(order, mayBeOut);
      } catch (err) {
        if (!(err instanceof DiscordFailure)) throw err;
        log.warn({ order: order.id, err }, 'the requester could not be told where they asked');
        return false;
      }
    },
  };
}

/** As that of a direct message (`order-word.ts`), but not the same: that one was not taken. */
function nonceOf({ id, history, cards }: Order): string {
  return `${id}.c${history.length + cards.length}`;
}
