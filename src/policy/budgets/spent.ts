import Big from 'big.js';
import type { Member } from '../../lib/index.ts';
import { type Spent, spenderOf } from '../evaluate.ts';
import type { BudgetLimit, Policy } from '../policy.ts';
import type { BudgetEffect, Spend } from '../types.ts';
import { budgetClaims, freeClaim } from './budget-keys.ts';
import { type Ledger, leftOf } from './ledger.ts';

/** A limit with what counts against it in the present period. Amounts are in the account's currency. */
export interface BudgetState extends BudgetLimit {
  /** Charged. */
  readonly spent: string;
  /** By orders on their way. */
  readonly setAside: string;
  /** Never below 0. */
  readonly left: string;
}

interface MemberSpent extends Spent {
  readonly budgets: readonly BudgetState[];
}

interface WithLedger {
  readonly ledger: Pick<Ledger, 'sums'>;
}

/** What counts against a limit under that key of the ledger. */
export async function budgetState(
  { ledger }: WithLedger,
  { scope, period, limit }: BudgetLimit,
  key: string,
  except: readonly string[] = [],
): Promise<BudgetState> {
  const sums = await ledger.sums(key, ...except);
  const left = leftOf(limit, sums);
  return { scope, period, limit, spent: sums.settled, setAside: sums.held, left };
}

/** What a member has spent at that moment. What `except` hold is not counted. */
export async function spentBy(
  ctx: WithLedger,
  policy: Policy,
  member: Member,
  at: number,
  except: readonly string[] = [],
): Promise<MemberSpent> {
  const spender = spenderOf(member);
  const claims = budgetClaims(policy, spender, at);
  const [free, budgets] = await Promise.all([
    ctx.ledger.sums(freeClaim(policy, spender, at).key, ...except),
    Promise.all(claims.map((claim) => budgetState(ctx, claim, claim.key, except))),
  ]);
  return { freeToday: new Big(free.settled).plus(free.held).toFixed(), budgets };
}

/** Under whose names an order's own amount is set aside. */
export function ownOf({ id, campaign }: Pick<Spend, 'id' | 'campaign'>): string[] {
  return [id, campaign?.id].filter((each) => each !== undefined);
}

/** What so much charged does to a budget. */
export function effectOf(
  { scope, period, limit, left }: BudgetState,
  amount: string,
): BudgetEffect {
  return { scope, period, limit, before: left, after: new Big(left).minus(amount).toFixed() };
}
