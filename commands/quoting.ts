import type { Moment } from '../src/discord/handler.ts';
import type { Money } from '../src/money.ts';
import { openActions } from '../src/orders/actions.ts';
import { quoteView } from '../src/views/quote.ts';
import type { View } from '../src/views/view.ts';
import type { App } from './app.ts';

interface Wanted {
  readonly itemCode: string;
  readonly quantity: number;
  readonly reason?: string;
  /** What was quoted before, when the price rose. */
  readonly before?: Money;
}

/** Makes a quote for the asker and shows it. Throws a Problem. */
export async function quoted(
  app: App,
  moment: Moment,
  { before, ...wanted }: Wanted,
): Promise<View> {
  const { asker: member, channel, locale, words } = moment;
  const order = await app.purchasing.quote({ member, channel, locale, ...wanted });
  const actions = openActions(order, member, app.now());
  return quoteView(order, { actions, ...(before && { before }) }, words);
}
