import type { InteractionContext } from '../../src/discord/index.ts';
import { quoteView, type View } from '../../src/views/index.ts';
import type { App } from '../app.ts';

interface Wanted {
  readonly to: string;
  readonly itemCode: string;
  readonly message?: string;
  readonly reason?: string;
  readonly receipt?: 'private' | 'public';
}

/** The quote for one card for somebody else: it is confirmed, or asked for, with the buttons of `/buy`. Throws a Problem. */
export async function quoteGift(app: App, moment: InteractionContext, wanted: Wanted): Promise<View> {
  const { asker: member, channel, locale, words } = moment;
  const { receipt = 'private', message, ...wish } = wanted;
  const gift = { receipt, ...(message && { message }) };
  const order = await app.campaigns.sendOne({ member, channel, locale, ...wish, gift });
  await moment.follow(order.id, { offer: true });
  return quoteView(order, await app.orders.offerOf(order, member), words);
}
