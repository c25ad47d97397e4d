import { asking } from '../../catalog/index.ts';
import { type Member, Problem } from '../../lib/index.ts';
import { StoreError } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import { requireOrder } from '../lookup.ts';
import type { Order } from '../model/order.ts';
import { isVendorCancelled } from '../model/outcome.ts';
import { openActions } from '../model/permissions.ts';
import { codesIn, toCode, withLater } from '../model/raw-answer.ts';
import { enteredAt, WATCH_MS } from '../model/retry-schedule.ts';
import { tellOfCut } from '../notify/answer-notices.ts';
import { tell } from '../notify/requester.ts';
import { run } from '../purchase/runner.ts';
import { escalate } from '../reconcile/reconcile.ts';

/**
 * The requester asks for codes that have not come yet; what came is delivered. Throws a Problem when CardPlusPay cannot
 * be asked.
 */
export async function collect(ctx: OrdersContext, id: string, member: Member): Promise<Order> {
  const order = await requireOrder(ctx, id);
  if (order.requester !== member.user) throw new Problem('not_yours', {});
  const { remote } = order;
  if (!remote || !openActions(order, member, ctx.clock.now()).includes('collect')) return order;
  return tell(ctx, await fetchOnce(ctx, id, remote.orderId, true), 'quietly');
}

/** Asks by itself; when the codes are a day late, or CardPlusPay gave the order up, people decide. */
export async function collectLate(ctx: OrdersContext, order: Order): Promise<Order> {
  const { id, remote } = order;
  if (!remote) return order;
  const isOverdue = ctx.clock.now() >= enteredAt(order) + WATCH_MS;
  const after = await fetchOnce(ctx, id, remote.orderId, false).catch((err: unknown) => {
    if (err instanceof Problem) ctx.log.warn({ order: id, err }, 'CardPlusPay could not be asked for late codes');
    // A vault that takes nothing for good is no reason to be silent for good: the order itself may still be written.
    else if (isOverdue && err instanceof StoreError) ctx.log.error({ order: id, err }, 'late codes could not be kept');
    else throw err;
    return order;
  });
  return isOverdue ? escalate(ctx, after, 'codes_overdue') : after;
}

/** One at a time: of two that add to what is sealed, the slower would take away what the faster brought. */
const fetchOnce = (ctx: OrdersContext, id: string, remoteId: number, anew: boolean) =>
  ctx.running.join(`collect/${id}`, () => fetchLater(ctx, id, remoteId, anew));

/**
 * Asks CardPlusPay for the codes of a bought order that have not come yet; what came is sealed, then delivered. `anew`:
 * parcels that could not be delivered are tried again, whether or not codes came.
 */
async function fetchLater(ctx: OrdersContext, id: string, remoteId: number, anew: boolean): Promise<Order> {
  const { vault, vendor } = ctx;
  const placed = await asking(vendor.order(remoteId));
  // Codes of another order are somebody else's.
  if (placed.orderId !== remoteId) throw new Problem('vendor_unreadable', {});
  if (placed.cut) await tellOfCut(ctx, id, placed.cut);
  const codes = placed.codes.map(toCode);
  const known = (await vault.open(id)) ?? { later: [] };
  const sealed = withLater(known, remoteId, codes);
  // The answer to POST /orders may arrive right now, in another process: it must not be replaced by what is thinner.
  if (sealed.later.length > known.later.length) {
    await vault.seal(id, (current) => withLater(current, remoteId, codes));
  }
  const order = await requireOrder(ctx, id);
  const isNews = codesIn(sealed, remoteId).length > order.cards.length;
  // A parcel that is still to travel may be out: an earlier message may have gone, or an earlier process.
  const settled = anew || isNews ? await run(ctx, id, 'anew') : order;
  return isVendorCancelled(placed) && settled.status === 'bought' ? escalate(ctx, settled, 'vendor_gave_up') : settled;
}
