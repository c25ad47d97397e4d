import type { InteractionContext } from '../../src/discord/index.ts';
import { quoteView, type View } from '../../src/views/index.ts';
import type { App } from '../app.ts';

interface Wanted {
  readonly itemCode: string;
  readonly quantity: number;
  readonly reason?: string;
}

/** Makes a quote for the asker and shows it; the message follows the order from then on. Throws a Problem. */
export async function showQuote(app: App, moment: InteractionContext, wanted: Wanted): Promise<View> {
  const { asker: member, channel, locale, words } = moment;
  const order = await app.orders.quote({ member, channel, locale, ...wanted });
  await moment.follow(order.id, { offer: true });
  return quoteView(order, await app.orders.offerOf(order, member), words);
}
