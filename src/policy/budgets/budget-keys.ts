import Big from 'big.js';
import { dateIn, periodOf } from '../../lib/index.ts';
import type { BudgetLimit, Policy } from '../policy.ts';
import type { Scope } from '../types.ts';
import type { Claim } from './ledger.ts';

/** A budget that an order counts against, by its limit, and its key in the ledger. */
type BudgetClaim = Claim & BudgetLimit;

/** A member whose orders are counted. */
export interface Spender {
  readonly guild: string;
  readonly user: string;
  readonly roles: readonly string[];
}

/** The budgets in which an order by this member counts at that moment. A member's own limit stands in place of everyone's. */
export function budgetClaims(policy: Policy, spender: Spender, at: number): BudgetClaim[] {
  const claims = policy.budgets
    .filter((limit) => appliesTo(limit, spender, policy))
    .map((limit) => ({
      ...limit,
      cap: limit.limit,
      key: budgetKey(policy, limit, spender, at),
    }));
  return strictest(claims);
}

/** Where spending is kept that a limit counts. Each member's is kept in one place, whichever limit holds for it. */
export function budgetKey(
  { timeZone }: Pick<Policy, 'timeZone'>,
  { scope, period }: Pick<BudgetLimit, 'scope' | 'period'>,
  { guild, user }: Pick<Spender, 'guild' | 'user'>,
  at: number,
): string {
  const place = scope.kind === 'everyone' ? `member/${user}` : placeOf(scope);
  return `${guild}/${place}/${period}/${periodOf(period, timeZone, at)}`;
}

/** An order is held once under a key: of two limits for the same spending the lower one is the limit. */
function strictest(claims: readonly BudgetClaim[]): BudgetClaim[] {
  return claims.filter(({ key, cap }, index) =>
    claims.every((other, at) => {
      if (other.key !== key || at === index) return true;
      return new Big(cap).lt(other.cap) || (new Big(cap).eq(other.cap) && index < at);
    }),
  );
}

/** What a member buys without an approval in a day. */
export function freeClaim(policy: Policy, { guild, user }: Spender, at: number): Claim {
  const key = `${guild}/free/${user}/${dateIn(policy.timeZone, at)}`;
  return { key, cap: policy.free.perDay };
}

function appliesTo({ scope, period }: BudgetLimit, { user, roles }: Spender, policy: Policy) {
  switch (scope.kind) {
    case 'guild':
      return true;
    case 'role':
      return roles.includes(scope.id);
    case 'member':
      return scope.id === user;
    case 'everyone':
      return !policy.budgets.some(
        (other) =>
          other.scope.kind === 'member' && other.scope.id === user && other.period === period,
      );
  }
}

function placeOf(scope: Exclude<Scope, { kind: 'everyone' }>): string {
  return scope.kind === 'guild' ? 'guild' : `${scope.kind}/${scope.id}`;
}
