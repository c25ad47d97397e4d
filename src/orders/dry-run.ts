import { type Account, asking, type Offer, type Shop } from '../catalog/index.ts';
import {
  type Clock,
  dayOf,
  isMoreThan,
  type Member,
  type Members,
  type Money,
  money,
  Problem,
  times,
} from '../lib/index.ts';
import {
  type BudgetEffect,
  dayKey,
  effectOf,
  evaluateNow,
  type Ledger,
  maySeeBalance,
  namedMember,
  type Policies,
  type Policy,
  requesterOf,
  requireManager,
  type Verdict,
} from '../policy/index.ts';
import { HIGHEST_QUANTITY, isQuantity } from './create-quote.ts';
import type { Stop } from './model/kill-switch.ts';

export interface Question {
  readonly itemCode: string;
  readonly quantity: number;
  /** Who would buy it; default: who asks. */
  readonly user?: string;
}

/** What stands in the way of any order like this, whatever the policy says. */
const obstacles = ['stopped', 'out_of_stock', 'over_order_cap', 'over_day_cap', 'balance'] as const;
export type Obstacle = (typeof obstacles)[number];

/** The operator's, over all guilds. */
export interface Caps {
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
  readonly caps: Caps;
  /** Where whoever asks may see it. */
  readonly balance?: Money;
  readonly obstacles: readonly Obstacle[];
}

interface Parts {
  policies: Pick<Policies, 'of'>;
  ledger: Ledger;
  members: Members;
  shop: Pick<Shop, 'stock'>;
  account: Pick<Account, 'balance'>;
  stopInForce(): Promise<Stop | undefined>;
  /** The operator's, in the account's currency: `MAX_ORDER_TOTAL` and `MAX_DAY_TOTAL`. */
  caps: { order: string; day: string };
  clock: Clock;
}

export type Explaining = ReturnType<typeof createExplaining>;

/**
 * Tells people with Manage Server what would happen to an order and by which rule: by the same rules, budgets and caps as
 * those by which it would be made. Writes nothing and makes no order. Throws a Problem.
 */
export function createExplaining(parts: Parts) {
  const { ledger, shop, account, caps, clock } = parts;

  async function capsIn(currency: string): Promise<Caps> {
    const left = await ledger.left({ key: dayKey(dayOf(clock.now())), cap: caps.day });
    return {
      order: money(caps.order, currency),
      day: money(caps.day, currency),
      left: money(left, currency),
    };
  }

  return {
    async explain(asker: Member, question: Question): Promise<Explanation> {
      requireManager(asker);
      const { itemCode, quantity, user = asker.user } = question;
      if (!isQuantity(quantity)) throw new Problem('bad_quantity', { highest: HIGHEST_QUANTITY });
      const member = await namedMember(parts, asker, user);
      const [stock, { balance }] = await Promise.all([
        shop.stock(itemCode, quantity),
        asking(account.balance()),
      ]);
      const { offer } = stock;
      // What is out of stock has no price of now: that of the catalog tells as much as is known.
      const each = { ...(stock.each ?? offer.charged), currency: balance.currency };
      const charged = times(each, quantity);
      const { brand, faceValue, deliveryType: delivery } = offer;
      const quote = { itemCode: offer.itemCode, brand, faceValue, delivery, quantity, charged };
      const order = { guild: asker.guild, quote };
      const { policy, spent, verdict } = await evaluateNow(
        { settings: parts.policies, ledger },
        order,
        member,
        clock.now(),
      );
      const operator = await capsIn(balance.currency);
      const inTheWay: Record<Obstacle, boolean> = {
        stopped: (await parts.stopInForce()) !== undefined,
        out_of_stock: stock.each === undefined,
        over_order_cap: isMoreThan(charged, operator.order),
        over_day_cap: isMoreThan(charged, operator.left),
        balance: isMoreThan(charged, balance),
      };
      return {
        ...{ user, offer, quantity, each, charged, verdict, free: policy.free },
        budgets: spent.budgets.map((budget) => effectOf(budget, charged.amount)),
        caps: operator,
        ...(maySeeBalance(policy, requesterOf(asker)) && { balance }),
        obstacles: obstacles.filter((obstacle) => inTheWay[obstacle]),
      };
    },
  };
}
