import type { OrdersContext } from '../context.ts';
import { deliver } from '../delivery/deliver.ts';
import { isUntold } from '../model/news.ts';
import type { Order } from '../model/order.ts';
import { type Effort, isToBeBrought } from '../model/parcels.ts';
import { progress, tell } from '../notify/requester.ts';
import { purchase } from './purchase.ts';

/** Buys and delivers as far as it goes now, once an order at a time: a second call for the same order joins the first. */
export function run(ctx: OrdersContext, id: string, effort: Effort = 'first'): Promise<Order> {
  return ctx.running.join(id, () => takeFurther(ctx, id, effort));
}

async function takeFurther(ctx: OrdersContext, id: string, effort: Effort): Promise<Order> {
  const order = await purchase(ctx, id);
  // Only what ends in news: nothing else would take "being sent" off the message again.
  if (order.status === 'bought' && isUntold(order)) progress(ctx, order, 'delivering');
  const settled = isToBeBrought(order, effort) ? await deliver(ctx, order, effort) : order;
  ctx.log.info(factsOf(settled), 'an order was taken as far as it goes now');
  return settled;
}

/** Runs in the background, for an order that an earlier process left; its requester is told how it went. */
export function runSoon(ctx: OrdersContext, { id }: Order, effort: Effort): void {
  run(ctx, id, effort)
    .then((order) => tell(ctx, order, 'mayBeOut'))
    .catch((err: unknown) => ctx.log.error({ order: id, err }, 'an open order could not be taken up'))
    .finally(() => ctx.memory.takenOver.delete(id));
}

/** What an operator needs to find an order that somebody names, and to see what became of it. */
function factsOf({ id, reference, requester, quote, status, remote, history }: Order) {
  const { itemCode, quantity, charged: quoted } = quote;
  const { why, detail } = history.at(-1) ?? {};
  const facts = { order: id, reference, requester, itemCode, quantity, quoted, status };
  return { ...facts, why, detail, remote: remote?.orderId, charged: remote?.charged };
}
