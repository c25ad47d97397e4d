import Big from 'big.js';
import { DAY_MS, dateIn, type Member, periodOf, periods } from '../../lib/index.ts';
import type { BudgetLimit, Policy } from '../policy.ts';
import type { BudgetEffect, Scope, Spend } from '../types.ts';
import { type Claim, type Ledger, leftOf } from './ledger.ts';

/** A budget that an order counts against, by its limit, and its key in the ledger. */
export type BudgetClaim = Claim & BudgetLimit;

/** A member whose orders are counted. */
type Spender = Pick<Member, 'guild' | 'user' | 'roles'>;

/** The budgets in which an order by this member counts at that moment. A member's own limit stands in place of everyone's. */
export function budgetClaims(policy: Policy, spender: Spender, at: number): BudgetClaim[] {
  const claims = policy.budgets
    .filter((limit) => appliesTo(limit, spender, policy))
    .map((limit) => ({ ...limit, cap: limit.limit, key: budgetKey(policy, limit, spender, at) }));
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

/** Under which keys a member's own spending of that moment may be kept, in whatever time zone their guild counts. */
export function keysOfMember(guild: string, user: string, at: number): string[] {
  const place = { guild, user };
  const around = [at - DAY_MS, at, at + DAY_MS];
  const everywhere = { timeZone: 'UTC' };
  const scope = { kind: 'member', id: user } as const;
  const keys = around.flatMap((moment) => [
    `${guild}/free/${user}/${dateIn('UTC', moment)}`,
    ...periods.map((period) => budgetKey(everywhere, { scope, period }, place, moment)),
  ]);
  return [...new Set(keys)];
}

export const isFreeKey = (key: string): boolean => key.split('/')[1] === 'free';

function appliesTo({ scope, period }: BudgetLimit, { user, roles = [] }: Spender, policy: Policy) {
  switch (scope.kind) {
    case 'guild':
      return true;
    case 'role':
      return roles.includes(scope.id);
    case 'member':
      return scope.id === user;
    case 'everyone':
      return !policy.budgets.some(
        (other) => other.scope.kind === 'member' && other.scope.id === user && other.period === period,
      );
  }
}

function placeOf(scope: Exclude<Scope, { kind: 'everyone' }>): string {
  return scope.kind === 'guild' ? 'guild' : `${scope.kind}/${scope.id}`;
}

/** A limit with what counts against it in the present period. Amounts are in the account's currency. */
export interface BudgetState extends BudgetLimit {
  /** Charged. */
  readonly spent: string;
  /** By orders on their way. */
  readonly setAside: string;
  /** Never below 0. */
  readonly left: string;
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
) {
  const claims = budgetClaims(policy, member, at);
  const [free, budgets] = await Promise.all([
    ctx.ledger.sums(freeClaim(policy, member, at).key, ...except),
    Promise.all(claims.map((claim) => budgetState(ctx, claim, claim.key, except))),
  ]);
  return { freeToday: new Big(free.settled).plus(free.held).toFixed(), budgets };
}

/** Under whose names an order's own amount is set aside. */
export function ownOf({ id, campaign }: Pick<Spend, 'id' | 'campaign'>): string[] {
  return [id, campaign?.id].filter((each) => each !== undefined);
}

/** What so much charged does to a budget. */
export function effectOf({ scope, period, limit, left }: BudgetState, amount: string): BudgetEffect {
  return { scope, period, limit, before: left, after: new Big(left).minus(amount).toFixed() };
}
