import Big from 'big.js';
import type { Ledger } from '../orders/ledger.ts';
import { leftOf } from '../orders/ledger.ts';
import type { Member } from '../orders/order.ts';
import type { Judged } from '../orders/rules.ts';
import type { BudgetEffect, Verdict } from '../verdict.ts';
import type { Spender } from './claims.ts';
import { budgetClaims, freeClaim } from './claims.ts';
import type { Requester, Spent, Wanted } from './judge.ts';
import { judge } from './judge.ts';
import type { Policies } from './policies.ts';
import type { BudgetLimit, Policy } from './policy.ts';

/** A limit with what counts against it in the present period. Amounts are in the account's currency. */
export interface BudgetState extends BudgetLimit {
  /** Charged. */
  readonly spent: string;
  /** By orders on their way. */
  readonly setAside: string;
  /** Never below 0. */
  readonly left: string;
}

export interface MemberSpending extends Spent {
  readonly budgets: readonly BudgetState[];
}

/** What the policy says of an order, and what it was found out by. */
export interface Judgement {
  readonly policy: Policy;
  readonly spent: MemberSpending;
  readonly verdict: Verdict;
}

interface Parts {
  policies: Pick<Policies, 'of'>;
  ledger: Pick<Ledger, 'sums'>;
}

export type Judging = ReturnType<typeof createJudging>;

/** Asks the pure rules about a member and an order, with the policy and the ledger as they are now. Changes nothing. */
export function createJudging({ policies, ledger }: Parts) {
  /** What counts against a limit under that key of the ledger. */
  async function stateOf(
    { scope, period, limit }: BudgetLimit,
    key: string,
    except: readonly string[] = [],
  ): Promise<BudgetState> {
    const sums = await ledger.sums(key, ...except);
    const counted = { spent: sums.settled, setAside: sums.held, left: leftOf(limit, sums) };
    return { scope, period, limit, ...counted };
  }

  /** What `except` hold is not counted. */
  async function spentBy(
    policy: Policy,
    member: Member,
    at: number,
    except: readonly string[] = [],
  ): Promise<MemberSpending> {
    const spender = spenderOf(member);
    const [free, budgets] = await Promise.all([
      ledger.sums(freeClaim(policy, spender, at).key, ...except),
      Promise.all(
        budgetClaims(policy, spender, at).map((claim) => stateOf(claim, claim.key, except)),
      ),
    ]);
    return { freeToday: new Big(free.settled).plus(free.held).toFixed(), budgets };
  }

  return {
    stateOf,
    spentBy,
    /** Of the order by this member, as one that counts from `at`. */
    async judge(order: Judged, member: Member, at: number): Promise<Judgement> {
      const policy = await policies.of(order.guild);
      const spent = await spentBy(policy, member, at, ownOf(order));
      const verdict = judge(policy, spent, wantedOf(order), requesterOf(member));
      return { policy, spent, verdict };
    },
  };
}

/** Under whose names an order's own amount is set aside. */
export function ownOf({ id, campaign }: Pick<Judged, 'id' | 'campaign'>): string[] {
  return [id, campaign?.id].filter((each) => each !== undefined);
}

export function requesterOf({ roles = [], isManager }: Member): Requester {
  return { roles, isManager };
}

export function spenderOf({ guild, user, roles = [] }: Member): Spender {
  return { guild, user, roles };
}

/** What so much charged does to a budget. */
export function effectOf({ scope, period, limit, left }: BudgetState, amount: string) {
  const after = new Big(left).minus(amount).toFixed();
  return { scope, period, limit, before: left, after } satisfies BudgetEffect;
}

function wantedOf({ quote, campaign }: Judged): Wanted {
  const { itemCode, brand, faceValue, delivery, quantity, charged } = quote;
  return {
    ...{ itemCode, brand, delivery, quantity },
    currency: faceValue?.currency,
    charged: charged.amount,
    ...(campaign && { together: campaign.charged.amount }),
  };
}
