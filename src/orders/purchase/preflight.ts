import { type CardPlusPay, CardPlusPayError } from '../../cardpluspay/index.ts';
import { vendorProblem } from '../../catalog/index.ts';
import { compare, isMoreThan, type Money, money, times } from '../../lib/index.ts';
import type { Rules } from '../../policy/index.ts';
import type { Order, Status } from '../model/order.ts';
import type { Reason } from '../model/reasons.ts';
import type { Books } from '../reconcile/account.ts';

/** What is known of CardPlusPay right before an order is bought. */
export type Checked =
  | { ok: true; watermark: number }
  | { ok: false; to: Extract<Status, 'failed' | 'repriced'>; why: Reason; detail?: string };

interface Parts {
  giftCards: CardPlusPay;
  /** The first comparison with CardPlusPay's books comes before the first purchase. */
  books: Pick<Books, 'ready'>;
  orderCap(currency: string): Money;
  rules: Pick<Rules, 'recheck'>;
}

/** Reads from CardPlusPay what an order needs before it is bought. Nothing of it is kept for a second try. */
export function createChecking({ giftCards, books, orderCap, rules }: Parts) {
  /** The highest order id the account has, or 0. */
  async function watermark(): Promise<number> {
    const newest = await giftCards.orders({ perPage: 1, sortBy: 'created_at', order: 'desc' });
    const { items, skipped, page, total } = newest;
    // What could not be read, or was left out, may be the newest: without a watermark nothing is bought.
    if (skipped > 0 || page !== 1 || (items.length === 0 && total > 0)) {
      throw new CardPlusPayError('unreadable', 'unknown', 'an order list without its newest row');
    }
    return Math.max(0, ...items.map((order) => order.orderId));
  }

  function judge(order: Order, unitCharged: string, balance: Money): Checked | undefined {
    const { charged: quoted, quantity } = order.quote;
    const charged = times(money(unitCharged, quoted.currency), quantity);
    if (balance.currency !== quoted.currency || isMoreThan(charged, quoted)) {
      return { ok: false, to: 'repriced', why: 'price_rose' };
    }
    if (compare(balance, charged) < 0) return { ok: false, to: 'failed', why: 'balance_too_low' };
    if (isMoreThan(quoted, orderCap(quoted.currency))) {
      return { ok: false, to: 'failed', why: 'over_order_cap' };
    }
    return undefined;
  }

  async function check(order: Order, isWanted: () => Promise<boolean>): Promise<Checked> {
    await books.ready();
    const checked = await rules.recheck(order, isWanted);
    if (!checked.ok) return { ...checked, to: 'failed' };
    const { itemCode, quantity } = order.quote;
    const [stock, balance, newest] = await Promise.all([
      giftCards.checkStock(itemCode, quantity),
      giftCards.balance(),
      watermark(),
    ]);
    if (!stock.available) return { ok: false, to: 'failed', why: 'out_of_stock' };
    return judge(order, stock.unitCharged, balance) ?? { ok: true, watermark: newest };
  }

  /** For `isWanted` see `Ledger.reserve`. */
  return async (order: Order, isWanted: () => Promise<boolean>): Promise<Checked> => {
    try {
      return await check(order, isWanted);
    } catch (error) {
      const problem = vendorProblem(error);
      if (!problem) throw error;
      // Nothing was sent yet, so an order that cannot be checked ends here, with nothing charged.
      return { ok: false, to: 'failed', why: 'vendor_unreachable', detail: problem.code };
    }
  };
}
