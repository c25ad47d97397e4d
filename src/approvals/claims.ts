import type { Claim } from '../orders/ledger.ts';
import { dateIn, periodOf } from './periods.ts';
import type { BudgetLimit, Policy } from './policy.ts';

/** A budget that an order counts against, by its limit, and its key in the ledger. */
export type BudgetClaim = Claim & BudgetLimit;

interface Spender {
  readonly guild: string;
  readonly user: string;
  readonly roles: readonly string[];
}

/** The budgets in which an order by this member counts at that moment. A member's own limit stands in place of everyone's. */
export function budgetClaims(policy: Policy, spender: Spender, at: number): BudgetClaim[] {
  return policy.budgets
    .filter((limit) => appliesTo(limit, spender, policy))
    .map((limit) => ({
      ...limit,
      cap: limit.limit,
      key: `${spender.guild}/${placeOf(limit, spender)}/${limit.period}/${periodOf(limit.period, policy.timeZone, at)}`,
    }));
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

/** Each member's spending is counted in one place, whichever limit holds for it. */
function placeOf({ scope }: BudgetLimit, { user }: Spender): string {
  if (scope.kind === 'guild') return 'guild';
  return scope.kind === 'role' ? `role/${scope.id}` : `member/${user}`;
}
