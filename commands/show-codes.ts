import type { Moment } from '../src/discord/interactions/handler.ts';
import type { Purchasing } from '../src/orders/purchasing.ts';
import { revealViews } from '../src/views/orders/codes.ts';

/** Shows whoever asks their own codes of an order, and then records that they have seen them. */
export async function showCodes(
  purchasing: Pick<Purchasing, 'reveal' | 'seen'>,
  { asker, words, show, add }: Moment,
  order: string,
): Promise<undefined> {
  const revealed = await purchasing.reveal(order, asker);
  const [first, ...others] = revealViews(revealed, words);
  if (first) await show(first);
  for (const other of others) await add(other);
  await purchasing.seen(revealed);
}
