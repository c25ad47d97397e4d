import type { Words } from '../i18n/words.ts';
import type { Order } from '../orders/order.ts';
import type { OrderLog } from '../orders/ports.ts';
import { channelWordView } from '../views/approval-word.ts';
import { DiscordFailure } from './failure.ts';
import type { Poster } from './poster.ts';

/** The channels where people asked, for news of orders whose requesters take no direct messages. */
export interface AskingChannel {
  /**
   * Pings the requester, and says no more than that there is news. `mayBeOut`: looks for it first. False when they
   * cannot be told there.
   */
  tell(order: Order, mayBeOut: boolean): Promise<boolean>;
}

interface Parts {
  poster: Poster;
  wordsFor(locale: string): Words;
  log: OrderLog;
}

export function createAskingChannel({ poster, wordsFor, log }: Parts): AskingChannel {
  async function post(order: Order, mayBeOut: boolean): Promise<boolean> {
    const view = channelWordView(order, wordsFor(order.locale));
    const how = { nonce: nonceOf(order), mayBeOut };
    return (await poster.post(order.guild, order.channel, view, how)) !== undefined;
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
