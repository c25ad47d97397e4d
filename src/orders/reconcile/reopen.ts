import type { Member } from '../../lib/index.ts';
import type { OrdersContext } from '../context.ts';
import type { Order } from '../model/order.ts';
import { isMissing, transition } from '../model/state-machine.ts';
import { holdAgain } from '../purchase/outcome.ts';
import { givenTo } from '../repository.ts';

/**
 * Brings an order that CardPlusPay did not show before people, because one of them has found it; any other stays as it
 * is. Its amount, which a day of looking gave back, is set aside again before anything else follows.
 */
export async function reopen(
  ctx: Pick<OrdersContext, 'orders' | 'ledger' | 'clock'>,
  order: Order,
  member: Member,
): Promise<void> {
  const served = new Set<string>();
  for (;;) {
    const revision = await ctx.orders.revise(order.id, (current) => {
      if (!isMissing(current)) return current;
      const at = ctx.clock.now();
      const step = { at, by: member.user, why: 'review_reopened' as const };
      return transition(withoutServed(current, served, at), 'needs_review', step);
    });
    if (revision.ok) return holdAgain(ctx, revision.order);
    const user = givenTo(revision.hold);
    if (user === undefined || served.has(user)) throw new Error(`the order ${order.id} cannot have ${revision.hold}`);
    served.add(user);
  }
}

/** Its campaign has given them a card by another order meanwhile: theirs of this one is on hand. */
function withoutServed(order: Order, served: ReadonlySet<string>, at: number): Order {
  if (served.size === 0) return order;
  const recipients = order.recipients.filter(({ user }) => !served.has(user));
  const left = recipients.reduce((sum, { quantity }) => sum + quantity, 0);
  return { ...order, recipients, spare: Math.max(1, order.quote.quantity - left), onHandSince: at };
}
