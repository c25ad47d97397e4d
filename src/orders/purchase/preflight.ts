import { CardPlusPayError } from '../../cardpluspay/index.ts';
import { vendorProblem } from '../../catalog/index.ts';
import { compare, isMoreThan, type Money, money, times } from '../../lib/index.ts';
import type { OrdersContext } from '../context.ts';
import type { Order, Status } from '../model/order.ts';
import type { Reason } from '../model/reasons.ts';
import { requireCompared } from '../reconcile/account.ts';

/** What is known of CardPlusPay right before an order is bought. */
type Preflight =
  | { ok: true; watermark: number }
  | { ok: false; to: Extract<Status, 'failed' | 'repriced'>; why: Reason; detail?: string };

/**
 * Reads from CardPlusPay what an order needs before it is bought, and asks the policy once more. Nothing of it is kept
 * for a second try. For `isWanted` see `Ledger.reserve`.
 */
export async function preflight(
  ctx: OrdersContext,
  order: Order,
  isWanted: () => Promise<boolean>,
): Promise<Preflight> {
  try {
    return await check(ctx, order, isWanted);
  } catch (error) {
    const problem = vendorProblem(error);
    if (!problem) throw error;
    // Nothing was sent yet, so an order that cannot be checked ends here, with nothing charged.
    return { ok: false, to: 'failed', why: 'vendor_unreachable', detail: problem.code };
  }
}

async function check(ctx: OrdersContext, order: Order, isWanted: () => Promise<boolean>): Promise<Preflight> {
  // The first comparison with CardPlusPay's list comes before the first purchase.
  await requireCompared(ctx);
  const checked = await ctx.rules.recheck(order, isWanted);
  if (!checked.ok) return { ...checked, to: 'failed' };
  const { itemCode, quantity } = order.quote;
  const [stock, balance, watermark] = await Promise.all([
    ctx.vendor.checkStock(itemCode, quantity),
    ctx.vendor.balance(),
    readWatermark(ctx),
  ]);
  if (!stock.available) return { ok: false, to: 'failed', why: 'out_of_stock' };
  return judgePrice(ctx, order, stock.unitCharged, balance) ?? { ok: true, watermark };
}

/** The highest order id the account has, or 0. */
async function readWatermark({ vendor }: OrdersContext): Promise<number> {
  const newest = await vendor.orders({ perPage: 1, sortBy: 'created_at', order: 'desc' });
  const { items, skipped, page, total } = newest;
  // What could not be read, or was left out, may be the newest: without a watermark nothing is bought.
  if (skipped > 0 || page !== 1 || (items.length === 0 && total > 0)) {
    throw new CardPlusPayError('unreadable', 'unknown', 'an order list without its newest row');
  }
  return Math.max(0, ...items.map((order) => order.orderId));
}

function judgePrice({ caps }: OrdersContext, order: Order, unitCharged: string, balance: Money): Preflight | undefined {
  const { charged: quoted, quantity } = order.quote;
  const charged = times(money(unitCharged, quoted.currency), quantity);
  if (balance.currency !== quoted.currency || isMoreThan(charged, quoted)) {
    return { ok: false, to: 'repriced', why: 'price_rose' };
  }
  if (compare(balance, charged) < 0) return { ok: false, to: 'failed', why: 'balance_too_low' };
  if (isMoreThan(quoted, money(caps.order, quoted.currency))) {
    return { ok: false, to: 'failed', why: 'over_order_cap' };
  }
  return undefined;
}
