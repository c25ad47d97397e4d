import { CardPlusPayError } from '../../cardpluspay/index.ts';
import { vendorProblem } from '../../catalog/index.ts';
import { compare, isMoreThan, type Money, money, times } from '../../lib/index.ts';
import { isUnreadable, type UnreadableRecord } from '../../store/index.ts';
import type { OrdersContext } from '../context.ts';
import { laneOf, type Order, type Status } from '../model/order.ts';
import type { Reason } from '../model/reasons.ts';
import { requireCompared } from '../reconcile/account.ts';

/** What is known of CardPlusPay right before an order is bought. */
type Preflight =
  | { ok: true; watermark: number; charged: Money }
  | { ok: false; to: Extract<Status, 'failed' | 'repriced'>; why: Reason; detail?: string };

type Refused = Extract<Preflight, { ok: false }>;

/**
 * Reads from CardPlusPay what an order needs before it is bought, and asks the policy once more. Nothing of it is kept
 * for a second try. For `isWanted` see `Ledger.reserve`.
 */
export const preflight = (ctx: OrdersContext, order: Order, isWanted: () => Promise<boolean>): Promise<Preflight> =>
  unlessItCannotBeTold(() => check(ctx, order, isWanted));

/** The part of it that comes before an order is served with what was bought before, too. */
export const mayBeHad = (
  ctx: OrdersContext,
  order: Order,
  isWanted: () => Promise<boolean>,
): Promise<{ ok: true } | Refused> => unlessItCannotBeTold(() => recheck(ctx, order, isWanted));

async function unlessItCannotBeTold<T>(check: () => Promise<T>): Promise<T | Refused> {
  try {
    return await check();
  } catch (error) {
    if (isUnreadable(error)) return unreadable(error);
    const problem = vendorProblem(error);
    if (!problem) throw error;
    // Nothing was sent yet, so an order that cannot be checked ends here, with nothing charged.
    return { ok: false, to: 'failed', why: 'vendor_unreachable', detail: problem.code };
  }
}

/** An order that counts in what cannot be read is not bought. */
const unreadable = ({ record }: { record: Pick<UnreadableRecord, 'namespace'> }) =>
  ({ ok: false, to: 'failed', why: 'record_unreadable', detail: record.namespace }) as const;

/**
 * The first comparison with CardPlusPay's list comes before the first purchase, and before the first card on hand goes: a
 * store that is an old copy does not know which of its cards have gone since.
 */
async function recheck(ctx: OrdersContext, order: Order, isWanted: () => Promise<boolean>) {
  await requireCompared(ctx);
  const checked = await ctx.rules.recheck(order, isWanted);
  return checked.ok ? checked : { ...checked, to: 'failed' as const };
}

async function check(ctx: OrdersContext, order: Order, isWanted: () => Promise<boolean>): Promise<Preflight> {
  const checked = await recheck(ctx, order, isWanted);
  if (!checked.ok) return checked;
  const { itemCode, quantity } = order.quote;
  const [stock, balance, watermark] = await Promise.all([
    ctx.reads(`stock/${laneOf(order)}`, () => ctx.vendor.checkStock(itemCode, quantity)),
    ctx.reads('balance', () => ctx.vendor.balance()),
    ctx.reads('newest', () => readWatermark(ctx)),
  ]);
  if (!stock.available) return { ok: false, to: 'failed', why: 'out_of_stock' };
  const charged = times(money(stock.unitCharged, order.quote.charged.currency), quantity);
  return judgePrice(ctx, order, charged, balance) ?? { ok: true, watermark, charged };
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

function judgePrice({ caps }: OrdersContext, order: Order, charged: Money, balance: Money): Preflight | undefined {
  const { charged: quoted } = order.quote;
  if (balance.currency !== quoted.currency || isMoreThan(charged, quoted)) {
    return { ok: false, to: 'repriced', why: 'price_rose' };
  }
  if (compare(balance, charged) < 0) return { ok: false, to: 'failed', why: 'balance_too_low' };
  if (isMoreThan(quoted, money(caps.order, quoted.currency))) {
    return { ok: false, to: 'failed', why: 'over_order_cap' };
  }
  return undefined;
}
