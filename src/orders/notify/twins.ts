import type { OrdersContext } from '../context.ts';
import type { Card, Order } from '../model/order.ts';
import { noted } from '../model/state-machine.ts';
import { cardTag } from '../repository.ts';
import { enqueueNotice } from './notice-outbox.ts';

/**
 * Looks whether the codes of these cards came with another order as well. Admins are told, and the card says so to its
 * recipient; it is given out all the same, for nobody here can tell whose it is. The order's own cards are written
 * before: of two orders that get one code at the same moment at least one sees the other. Gives the order as it is
 * afterwards. (Orders that nobody has touched since before this was looked at cannot be found by their codes.)
 */
export async function tellOfTwins(ctx: OrdersContext, order: Order, cards: readonly Card[]): Promise<Order> {
  // What was posted is not written again in other words: whoever looks whether it is out would not know it.
  const unseen = cards.filter((card) => !card.deliveredAt && !card.posted && !card.alsoIn);
  const looked = unseen.map(async ({ fingerprint }) => ({
    fingerprint,
    other: await otherWith(ctx, order, fingerprint),
  }));
  const found = new Map(
    (await Promise.all(looked)).flatMap(({ fingerprint, other }) => (other ? [[fingerprint, other] as const] : [])),
  );
  if (found.size === 0) return order;
  const others = new Map([...found.values()].map((other) => [other.id, other]));
  for (const { id, reference } of others.values()) {
    ctx.log.error({ order: order.id, other: id }, 'CardPlusPay gave the same code to two orders');
    // Whichever of the two is looked at: it is one notice.
    const key = `code-twice/${[order.id, id].toSorted().join('/')}`;
    await enqueueNotice(ctx, key, { kind: 'code_twice', order: order.id, other: reference });
  }
  return recordTwins(ctx, order.id, found);
}

async function otherWith({ orders }: OrdersContext, { id }: Order, fingerprint: string): Promise<Order | undefined> {
  const tag = cardTag(fingerprint);
  if ((await orders.count(tag)) < 2) return undefined;
  const { orders: both } = await orders.listed(tag, { limit: 2 });
  return both.find((each) => each.id !== id);
}

async function recordTwins({ orders, clock }: OrdersContext, id: string, found: ReadonlyMap<string, Order>) {
  const detail = [...new Set([...found.values()].map(({ reference }) => reference))].join(', ');
  const { order } = await orders.revise(id, (current) => {
    const cards = current.cards.map((card) => {
      const other = found.get(card.fingerprint);
      return other ? { ...card, alsoIn: other.reference } : card;
    });
    return noted(current, { at: clock.now(), by: 'cardigan', why: 'code_twice', detail }, { cards });
  });
  return order;
}
