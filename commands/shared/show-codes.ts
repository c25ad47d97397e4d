import type { InteractionContext } from '../../src/discord/index.ts';
import type { Orders } from '../../src/orders/index.ts';
import { revealViews } from '../../src/views/index.ts';

/** Shows whoever asks their own codes of an order, and then records that they have seen them. */
export async function showCodes(
  orders: Pick<Orders, 'reveal' | 'seen'>,
  { asker, words, show, add, guideOf }: InteractionContext,
  order: string,
): Promise<undefined> {
  const revealed = await orders.reveal(order, asker);
  const [first, ...others] = revealViews(revealed, words, guideOf(revealed.order.quote));
  if (first) await show(first);
  for (const other of others) await add(other);
  await orders.seen(revealed);
}
