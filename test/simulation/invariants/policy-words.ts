import type { Member } from '../../../src/lib/member.ts';
import type { Order } from '../../../src/orders/model/order.ts';
import type { BudgetLimit, Policy } from '../../../src/policy/policy.ts';
import type { Facts } from '../facts.ts';

/** What a policy means, in the design's own words: independent of `src/policy`, which is under test. */

const cents = (amount: string): number => Math.round(Number(amount) * 100);
const hasOneOf = (wanted: readonly string[], { roles = [] }: Member): boolean =>
  wanted.some((role) => roles.includes(role));

/** Policies that were in force at some moment of that time. */
export function inForce({ policies }: Pick<Facts, 'policies'>, from: number, to: number): Policy[] {
  return policies
    .filter(({ since }, at) => since <= to && (policies[at + 1]?.since ?? Number.POSITIVE_INFINITY) >= from)
    .map(({ policy }) => policy);
}

export const isApprover = ({ approvers }: Policy, member: Member): boolean =>
  approvers.length === 0 ? member.isManager : hasOneOf(approvers, member);

/** Whether the member may have this at all, budgets aside. */
export function mayHave(policy: Policy, member: Member, { quote }: Order): boolean {
  const { askers, items, mostCards } = policy;
  const mayAsk = askers.length === 0 || hasOneOf(askers, member) || isApprover(policy, member);
  const isListed = items.length === 0 || items.some((item) => item.toUpperCase() === quote.itemCode);
  return mayAsk && isListed && quote.quantity <= mostCards;
}

const buysAlone = (policy: Policy, member: Member): boolean =>
  isApprover(policy, member) && policy.ownPurchases === 'confirm';

/** How many others it takes at least: what was spent before is not looked at. */
export function approvalsNeeded(policy: Policy, member: Member, { quote }: Order): number {
  const charged = cents(quote.charged.amount);
  const { free, tiers } = policy;
  const isFree = cents(free.perOrder) > 0 && charged <= cents(free.perOrder);
  const isAlone = buysAlone(policy, member) || (isFree && charged <= cents(free.perDay));
  const over = tiers.filter((tier) => charged > cents(tier.over));
  return Math.max(isAlone ? 0 : 1, ...over.map(({ approvals }) => approvals));
}

/** Bought without anybody else, by somebody who may do so only up to the free totals. */
export const countsAsFree = (policy: Policy, member: Member, { approval }: Order): boolean =>
  approval === undefined && !buysAlone(policy, member);

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The day, the Monday, or the month: what a period is named by. */
export function periodAt(period: BudgetLimit['period'], at: number): string {
  if (period === 'month') return day(at).slice(0, 7);
  const sinceMonday = period === 'day' ? 0 : (new Date(at).getUTCDay() + 6) % 7;
  return day(at - sinceMonday * 24 * 3600_000);
}

export const freeKey = (user: string, at: number): string => `guild/free/${user}/${day(at)}`;

function appliesTo({ scope, period }: BudgetLimit, { budgets }: Policy, member: Member): boolean {
  if (scope.kind === 'role') return (member.roles ?? []).includes(scope.id);
  if (scope.kind === 'member') return scope.id === member.user;
  const isOwn = ({ scope: own, period: other }: BudgetLimit) =>
    own.kind === 'member' && own.id === member.user && other === period;
  return scope.kind === 'guild' || !budgets.some(isOwn);
}

/** Where an order counts, by what it was set aside at, and up to how much. */
export function budgetsOf(policy: Policy, member: Member, at: number): Map<string, string> {
  const places = {
    guild: 'guild',
    everyone: `member/${member.user}`,
    member: `member/${member.user}`,
  };
  const limits = policy.budgets.filter((limit) => appliesTo(limit, policy, member));
  return new Map(
    limits.map(({ scope, period, limit }) => {
      const place = scope.kind === 'role' ? `role/${scope.id}` : places[scope.kind];
      return [`guild/${place}/${period}/${periodAt(period, at)}`, limit];
    }),
  );
}
