import { type Announcement, Flagged, type Order, type Parcel } from '../../orders/index.ts';
import type { DeliveryResult } from '../../outbox/index.ts';
import { announcementView, parcelViews } from '../../views/index.ts';
import type { DiscordContext } from '../context.ts';
import { attempt } from '../errors.ts';
import { sendOnce } from '../messages/direct-messages.ts';

type DeliverContext = Pick<DiscordContext, 'directMessages' | 'rateLimit' | 'wordsFor' | 'brands' | 'log'>;

/**
 * Takes codes to their recipient, by Discord's direct messages: at once, or one after the other where they are of a campaign,
 * which Discord could take for spam. Throws Flagged where it does, and NotTried where the process ends first.
 */
export function sendCodes(ctx: DeliverContext, parcel: Parcel): Promise<DeliveryResult> {
  return parcel.order.campaign ? ctx.rateLimit.inTurn(() => post(ctx, parcel)) : post(ctx, parcel);
}

function post(ctx: DeliverContext, parcel: Parcel): Promise<DeliveryResult> {
  return attempt<DeliveryResult, DeliveryResult>(
    async () => {
      await send(ctx, parcel);
      return 'sent';
    },
    (err) => {
      ctx.log.warn({ order: parcel.order.id, err }, 'a direct message with codes was not taken');
      if (err.kind === 'spam') throw new Flagged(err.code ?? 0);
      return err.kind === 'closed' ? 'closed' : 'failed';
    },
  );
}

async function send({ directMessages, wordsFor, brands }: DeliverContext, parcel: Parcel): Promise<void> {
  const { order, number, recipient, mayBeOut } = parcel;
  const views = parcelViews(parcel, wordsFor(order.locale), brands.guideOf(order.quote));
  for (const [part, view] of views.entries()) {
    const nonce = `${order.id}.${number}.${part}`;
    await sendOnce(directMessages, recipient, view, { nonce, mayBeOut, guild: order.guild });
  }
}

type AnnounceContext = Pick<DiscordContext, 'channelMessages' | 'wordsFor' | 'log'>;

/** Says of a card that was sent to somebody, in the channel where it was sent. */
export function announce(
  { channelMessages, wordsFor, log }: AnnounceContext,
  order: Order,
  what: Announcement,
  mayBeOut: boolean,
): Promise<void> {
  const { id, guild, channel, locale } = order;
  return attempt(
    async () => {
      const view = announcementView(order, what, wordsFor(locale));
      const how = { nonce: `${id}.${what}`, mayBeOut };
      if (await channelMessages.post(guild, channel, view, how)) return;
      log.warn({ order: id, what }, 'Cardigan may not write where a card was sent');
    },
    (err) => log.warn({ order: id, what, err }, 'a card that was sent could not be announced'),
  );
}
