import { asking } from '../../catalog/index.ts';
import { add, dayOf, type Member, type Money, money, Problem } from '../../lib/index.ts';
import type { OrdersContext } from '../context.ts';
import { requireOrder } from '../lookup.ts';
import type { Order } from '../model/order.ts';

/** What somebody who decides about an order reads for themselves alone: none of it is for everybody who reads its card. */
export interface RequesterHistory {
  /** The requester's last orders, newest first, of those that they asked for or confirmed. */
  readonly recent: readonly Order[];
  /** What was charged for them in the present month (UTC). `isPart`: there are more than were read. */
  readonly month: { readonly charged: Money; readonly isPart: boolean };
  /** Of the account: `hidden` where this approver may not see it, `unknown` where CardPlusPay does not tell it now. */
  readonly balance: Money | 'hidden' | 'unknown';
}

export interface RequesterDetails extends RequesterHistory {
  readonly order: Order;
}

/** Whose history: what is decided about is no part of it. */
interface HistoryAsked {
  readonly guild: string;
  readonly requester: string;
  readonly currency: string;
  readonly besides?: string;
}

const MOST_RECENT = 3;
/** One page of the list of a member's orders: what it costs does not grow with what they have bought. */
const READ = 50;

/** Tells those who decide about an order of its requester. Throws `approvers_only`, `order_unknown`. */
export async function requesterDetails(ctx: OrdersContext, id: string, member: Member): Promise<RequesterDetails> {
  const order = await requireOrder(ctx, id);
  const { guild, requester, quote } = order;
  const asked = { guild, requester, currency: quote.charged.currency, besides: id };
  return { order, ...(await requesterHistory(ctx, asked, member)) };
}

/** The same, of whoever asked for a campaign. */
export async function requesterHistory(
  ctx: OrdersContext,
  { guild, requester, currency, besides }: HistoryAsked,
  member: Member,
): Promise<RequesterHistory> {
  const isHere = member.guild === guild;
  if (!isHere || (await ctx.rules.voicesOf(member)).length === 0) throw new Problem('approvers_only', {});
  const [page, balance] = await Promise.all([
    ctx.orders.ofMember(guild, requester, { limit: READ }),
    balanceFor(ctx, member),
  ]);
  const others = page.orders.filter((each) => each.id !== besides && wasTaken(each));
  const thisMonth = monthOf(ctx.clock.now());
  const inMonth = others.filter((each) => monthOf(boughtAt(each)) === thisMonth);
  const oldest = page.orders.at(-1);
  const charges = inMonth.flatMap(({ remote }) => (remote?.charged.currency === currency ? [remote.charged] : []));
  const charged = charges.reduce(add, money('0', currency));
  const isPart = page.next !== undefined && oldest !== undefined && monthOf(boughtAt(oldest)) === thisMonth;
  return { recent: others.slice(0, MOST_RECENT), month: { charged, isPart }, balance };
}

async function balanceFor(ctx: OrdersContext, member: Member): Promise<RequesterDetails['balance']> {
  if (!(await ctx.rules.seesBalance(member))) return 'hidden';
  try {
    return await asking(ctx.reads('balance', () => ctx.vendor.balance()));
  } catch (error) {
    if (error instanceof Problem) return 'unknown';
    throw error;
  }
}

/** Not a quote that was only looked at. */
const wasTaken = ({ status, history }: Order): boolean =>
  status !== 'quoted' && history.some((step) => step.status === 'awaiting_approval' || step.status === 'approved');

const monthOf = (at: number): string => dayOf(at).slice(0, 7);

const boughtAt = ({ history, attempt }: Order): number => attempt?.startedAt ?? history.at(-1)?.at ?? 0;
