import { asking, type Offer } from '../../catalog/index.ts';
import { dayOf, isMoreThan, type Member, type Money, money, Problem, times } from '../../lib/index.ts';
import {
  type BudgetEffect,
  dayKey,
  effectOf,
  evaluateNow,
  maySeeBalance,
  namedMember,
  type Policy,
  requireManager,
  type Verdict,
} from '../../policy/index.ts';
import type { OrdersContext } from '../context.ts';
import { HIGHEST_QUANTITY, isQuantity } from './create-quote.ts';

export interface Question {
  readonly itemCode: string;
  readonly quantity: number;
  /** Who would buy it; default: who asks. */
  readonly user?: string;
}

/** What stands in the way of any order like this, whatever the policy says. */
const obstacles = ['stopped', 'out_of_stock', 'over_order_cap', 'over_day_cap', 'balance'] as const;
type Obstacle = (typeof obstacles)[number];

/** The operator's, over all guilds. */
interface OperatorCaps {
  readonly order: Money;
  readonly day: Money;
  /** Of the present UTC day. */
  readonly left: Money;
}

/** What would happen if somebody bought this now. */
export interface Explanation {
  readonly user: string;
  readonly offer: Offer;
  readonly quantity: number;
  readonly each: Money;
  readonly charged: Money;
  readonly verdict: Verdict;
  readonly free: Policy['free'];
  /** What it would do to each budget that it counts against. */
  readonly budgets: readonly BudgetEffect[];
  readonly caps: OperatorCaps;
  /** Where whoever asks may see it. */
  readonly balance?: Money;
  readonly obstacles: readonly Obstacle[];
}

/**
 * Tells people with Manage Server what would happen to an order and by which rule: by the same rules, budgets and caps as
 * those by which it would be made. Writes nothing and makes no order. Throws a Problem.
 */
export async function explain(ctx: OrdersContext, asker: Member, question: Question): Promise<Explanation> {
  requireManager(asker);
  const { itemCode, quantity, user = asker.user } = question;
  if (!isQuantity(quantity)) throw new Problem('bad_quantity', { highest: HIGHEST_QUANTITY });
  const member = await namedMember(ctx, asker, user);
  const [stock, balance] = await Promise.all([ctx.shop.stock(itemCode, quantity), asking(ctx.vendor.balance())]);
  const { offer } = stock;
  // What is out of stock has no price of now: that of the catalog tells as much as is known.
  const each = { ...(stock.each ?? offer.charged), currency: balance.currency };
  const charged = times(each, quantity);
  const { brand, faceValue, deliveryType: delivery } = offer;
  const quote = { itemCode: offer.itemCode, brand, faceValue, delivery, quantity, charged };
  const order = { guild: asker.guild, quote };
  const inForce = { settings: ctx.policies, ledger: ctx.ledger };
  const { policy, spent, verdict } = await evaluateNow(inForce, order, member, ctx.clock.now());
  const caps = await capsIn(ctx, balance.currency);
  const inTheWay: Record<Obstacle, boolean> = {
    stopped: (await ctx.killSwitch.current()) !== undefined,
    out_of_stock: stock.each === undefined,
    over_order_cap: isMoreThan(charged, caps.order),
    over_day_cap: isMoreThan(charged, caps.left),
    balance: isMoreThan(charged, balance),
  };
  return {
    user,
    offer,
    quantity,
    each,
    charged,
    verdict,
    free: policy.free,
    budgets: spent.budgets.map((budget) => effectOf(budget, charged.amount)),
    caps,
    // What is refused is refused whatever the account has.
    ...(verdict.kind !== 'refused' && maySeeBalance(policy, asker) && { balance }),
    obstacles: obstacles.filter((obstacle) => inTheWay[obstacle]),
  };
}

async function capsIn({ ledger, caps, clock }: OrdersContext, currency: string) {
  const left = await ledger.left({ key: dayKey(dayOf(clock.now())), cap: caps.day });
  return { order: money(caps.order, currency), day: money(caps.day, currency), left: money(left, currency) };
}
