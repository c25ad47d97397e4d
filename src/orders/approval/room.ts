import { dayOf, isMoreThan, type Money, money, Problem } from '../../lib/index.ts';
import { dayKey } from '../../policy/index.ts';
import type { OrdersContext } from '../context.ts';
import { reserveDay } from '../purchase/reserve-day.ts';

/** A request whose last approval is being given: an order, or a campaign as a whole. */
interface Request {
  readonly id: string;
  readonly reference: string;
  readonly charged: Money;
}

/**
 * Asking sets nothing aside in the operator's day; the last approval does, and then it has to fit. Throws
 * `approval_over_order_cap` or `approval_over_day_cap`: the request waits on, for another day or for whoever declines it.
 * `isWanted`: whether it still waits; see `reserve` of the ledger.
 */
export async function requireRoomToApprove(
  ctx: Pick<OrdersContext, 'ledger' | 'caps'>,
  { id, reference, charged }: Request,
  at: number,
  isWanted: () => Promise<boolean>,
): Promise<void> {
  const { currency } = charged;
  const cap = money(ctx.caps.order, currency);
  if (isMoreThan(charged, cap)) throw new Problem('approval_over_order_cap', { reference, charged, cap });
  if (await reserveDay(ctx, { id, charged }, at, isWanted)) return;
  const left = await ctx.ledger.left({ key: dayKey(dayOf(at)), cap: ctx.caps.day }, id);
  const day = { cap: money(ctx.caps.day, currency), left: money(left, currency) };
  throw new Problem('approval_over_day_cap', { reference, charged, ...day });
}
