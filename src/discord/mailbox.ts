import type { Words } from '../i18n/words.ts';
import type { Mailbox, OrderLog, Parcel, Posted } from '../orders/ports.ts';
import { parcelViews } from '../views/parcel.ts';
import type { DirectMessages } from './direct-messages.ts';
import { DiscordFailure } from './failure.ts';

interface Parts {
  directMessages: DirectMessages;
  wordsFor(locale: string): Words;
  log: OrderLog;
}

/** Codes to their recipient, by Discord's direct messages. */
export function createMailbox({ directMessages, wordsFor, log }: Parts): Pick<Mailbox, 'deliver'> {
  async function send(parcel: Parcel): Promise<void> {
    const { order, number, recipient, mayBeOut } = parcel;
    const views = parcelViews(parcel, wordsFor(order.locale));
    for (const [part, view] of views.entries()) {
      // Discord forgets a nonce after a few minutes: after a longer gap only the messages themselves tell.
      if (mayBeOut && (await directMessages.isOut(recipient, view))) continue;
      await directMessages.send(recipient, view, `${order.id}.${number}.${part}`);
    }
  }

  async function deliver(parcel: Parcel): Promise<Posted> {
    try {
      await send(parcel);
      return 'sent';
    } catch (error) {
      if (!(error instanceof DiscordFailure)) throw error;
      log.warn({ order: parcel.order.id, err: error }, 'a direct message with codes was not taken');
      return error.kind === 'closed' ? 'closed' : 'failed';
    }
  }

  return { deliver };
}
