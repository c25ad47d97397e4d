import type { Moment } from '../src/discord/index.ts';
import type { Purchasing } from '../src/orders/index.ts';
import { revealViews } from '../src/views/index.ts';

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
