import type { Announcement, Order } from '../../orders/index.ts';
import { announcementView } from '../../views/index.ts';
import type { DiscordContext } from '../context.ts';
import { attempt } from '../errors.ts';

type AnnounceContext = Pick<DiscordContext, 'channelMessages' | 'wordsFor' | 'log'>;

/** Says of a card that was sent to somebody, in the channel where it was sent. */
export function announce(
  ctx: AnnounceContext,
  order: Order,
  what: Announcement,
  mayBeOut: boolean,
): Promise<void> {
  return attempt(
    () => post(ctx, order, what, mayBeOut),
    (err) =>
      ctx.log.warn({ order: order.id, what, err }, 'a card that was sent could not be announced'),
  );
}

async function post(
  { channelMessages, wordsFor, log }: AnnounceContext,
  order: Order,
  what: Announcement,
  mayBeOut: boolean,
): Promise<void> {
  const view = announcementView(order, what, wordsFor(order.locale));
  const how = { nonce: `${order.id}.${what}`, mayBeOut };
  const place = await channelMessages.post(order.guild, order.channel, view, how);
  if (!place) log.warn({ order: order.id, what }, 'Cardigan may not write where a card was sent');
}
