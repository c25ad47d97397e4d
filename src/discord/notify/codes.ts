import type { Words } from '../../i18n/index.ts';
import type { Log } from '../../lib/index.ts';
import type { Mailbox, Parcel } from '../../orders/index.ts';
import type { DeliveryResult } from '../../outbox/index.ts';
import { parcelViews } from '../../views/index.ts';
import { DiscordFailure } from '../errors.ts';
import type { DirectMessages } from '../messages/direct-messages.ts';
import type { Pacing, Withholding } from '../messages/rate-limit.ts';

interface Parts {
  directMessages: DirectMessages;
  /** Of the direct messages of campaigns. */
  pacing: Pacing;
  withholding: Withholding;
  wordsFor(locale: string): Words;
  log: Log;
}

/**
 * Codes to their recipient, by Discord's direct messages: at once, or one after the other where they are many, which
 * Discord could take for spam.
 */
export function createMailbox(parts: Parts): Pick<Mailbox, 'deliver'> {
  const { directMessages, pacing, withholding, wordsFor, log } = parts;

  async function send(parcel: Parcel): Promise<void> {
    const { order, number, recipient, mayBeOut } = parcel;
    const views = parcelViews(parcel, wordsFor(order.locale));
    for (const [part, view] of views.entries()) {
      // Discord forgets a nonce after a few minutes: after a longer gap only the messages themselves tell.
      if (mayBeOut && (await directMessages.isOut(recipient, view))) continue;
      await directMessages.send(recipient, view, `${order.id}.${number}.${part}`);
    }
  }

  async function post(parcel: Parcel): Promise<DeliveryResult> {
    try {
      await send(parcel);
      return 'sent';
    } catch (error) {
      if (!(error instanceof DiscordFailure)) throw error;
      log.warn({ order: parcel.order.id, err: error }, 'a direct message with codes was not taken');
      if (isOfSpam(error)) withholding.begin(error);
      if (isOfSpam(error) && parcel.order.campaign) return 'withheld';
      return error.kind === 'closed' ? 'closed' : 'failed';
    }
  }

  return {
    deliver(parcel) {
      if (!parcel.order.campaign) return post(parcel);
      return pacing.inTurn(async (gap) => {
        if (withholding.isOn()) return 'withheld';
        await gap();
        return post(parcel);
      });
    },
  };
}

const isOfSpam = ({ kind, status }: DiscordFailure) => kind === 'spam' || status === 429;
