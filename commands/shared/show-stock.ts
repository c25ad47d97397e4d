import type { InteractionContext } from '../../src/discord/index.ts';
import { stockView, type View } from '../../src/views/index.ts';
import type { App } from '../app.ts';

/** Whether so many of a card are in stock and, for approvers, how many are on hand here. */
export async function showStock(
  { shop, orders }: App,
  { asker, words }: InteractionContext,
  item: string,
  quantity: number,
): Promise<View> {
  const stock = await shop.stock(item, quantity);
  const onHand = await orders.onHandFor(asker, stock.offer.itemCode);
  return stockView(
    stock,
    words,
    onHand.reduce((sum, { count }) => sum + count, 0),
  );
}
