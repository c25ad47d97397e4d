import type { OrdersContext } from '../../context.ts';
import type { Order } from '../../model/order.ts';
import { enteredAt } from '../../model/retry-schedule.ts';
import { enqueueNotice, isNoticed } from '../notice-outbox.ts';
import { isAlertOn } from './wanted.ts';

const TOLD_AFTER_MS = 60 * 60_000;

/** Has admins told of an order that has waited for people for an hour: once for each time that it came to wait. */
export async function tellOfWait(ctx: OrdersContext, order: Order): Promise<void> {
  const { id, status, guild } = order;
  const since = enteredAt(order);
  if (ctx.clock.now() < since + TOLD_AFTER_MS) return;
  const key = `waiting/${id}/${since}`;
  if (await isNoticed(ctx, key)) return;
  // A review concerns the whole account, and its notice is in the first server, too.
  const isReview = status === 'needs_review';
  if (!isReview && !ctx.rules.isServed(guild)) return;
  if (!(await isAlertOn(ctx, 'waiting', isReview ? undefined : guild))) return;
  await enqueueNotice(ctx, key, { kind: 'waiting', order: id, since, for: isReview ? 'review' : 'approval' });
}
