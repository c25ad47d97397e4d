import fc from 'fast-check';
import { periods } from '../../src/lib/dates/calendar.ts';
import { type BudgetLimit, MOST_APPROVALS, type Policy, policySchema } from '../../src/policy/policy.ts';

export const amount = fc.integer({ min: 0, max: 120 }).map(String);
const pool = (kind: string) => ['a', 'b', 'c'].map((each) => `${kind} ${each}`);
/** Mostly none: of many rules at once, nearly every order is refused. */
const some = (kind: string) => fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.subarray(pool(kind)));
const roles = some('role');
export const memberRoles = fc.subarray(pool('role'));
export const named = (kind: string) => fc.constantFrom(...pool(kind));

const scope = fc.oneof(
  fc.constantFrom({ kind: 'guild' as const }, { kind: 'everyone' as const }),
  fc.record({ kind: fc.constant('role' as const), id: named('role') }),
  fc.record({ kind: fc.constant('member' as const), id: fc.constantFrom('cleo', 'ben') }),
);
const budget: fc.Arbitrary<BudgetLimit> = fc.record({
  scope,
  period: fc.constantFrom(...periods),
  limit: amount,
});
const tier = fc.record({ over: amount, approvals: fc.integer({ min: 1, max: MOST_APPROVALS }) });

export const policies: fc.Arbitrary<Policy> = fc
  .record({
    askers: roles,
    approvers: fc.subarray(pool('role')),
    free: fc.record({ perOrder: amount, perDay: amount }),
    tiers: fc.array(tier, { maxLength: 3 }),
    ownPurchases: fc.constantFrom('confirm' as const, 'another' as const),
    brands: some('brand'),
    items: some('item'),
    currencies: some('currency'),
    deliveries: some('delivery'),
    mostCards: fc.integer({ min: 1, max: 6 }),
    budgets: fc.oneof(fc.constant([]), fc.array(budget, { maxLength: 4 })),
  })
  .map((policy) => policySchema.parse(policy));

/** Makes a policy stricter in one setting, as far as it can be; `at` and `to` say where and how much. */
type Stricter = (policy: Policy, at: number, to: number, added: BudgetLimit) => Policy;

/** An empty list allows everything, so the last name of one stays. */
const fewer = (names: readonly string[], at: number, kind: string): string[] => {
  if (names.length === 0) return [pool(kind)[at % 3] ?? ''];
  return names.length === 1 ? [...names] : names.filter((_, index) => index !== at % names.length);
};
const lower = (text: string, to: number) => String(Math.min(Number(text), to));
const changed = <T>(list: readonly T[], at: number, change: (each: T) => T): T[] =>
  list.map((each, index) => (index === at % list.length ? change(each) : each));

/** A member's own limit stands in place of everyone's, so to add one may allow more. */
const replaces = ({ budgets }: Policy, { scope: { kind }, period }: BudgetLimit) =>
  kind === 'member' && budgets.some((other) => other.scope.kind === 'everyone' && other.period === period);

/** What "stricter" means, setting by setting. */
export const stricter: Record<string, Stricter> = {
  'more approvals in a tier': (policy, at, to) => ({
    ...policy,
    tiers: changed(policy.tiers, at, (each) => ({
      ...each,
      approvals: Math.max(each.approvals, 1 + (to % MOST_APPROVALS)),
    })),
  }),
  'a tier that begins lower': (policy, at, to) => ({
    ...policy,
    tiers: changed(policy.tiers, at, (each) => ({ ...each, over: lower(each.over, to) })),
  }),
  'one tier more': (policy, at, to) => ({
    ...policy,
    tiers: [...policy.tiers, { over: String(to), approvals: 1 + (at % MOST_APPROVALS) }],
  }),
  'less free for an order': (policy, _, to) => ({
    ...policy,
    free: { ...policy.free, perOrder: lower(policy.free.perOrder, to) },
  }),
  'less free for a day': (policy, _, to) => ({
    ...policy,
    free: { ...policy.free, perDay: lower(policy.free.perDay, to) },
  }),
  'fewer brands': (policy, at) => ({ ...policy, brands: fewer(policy.brands, at, 'brand') }),
  'fewer items': (policy, at) => ({ ...policy, items: fewer(policy.items, at, 'item') }),
  'fewer currencies': (policy, at) => ({
    ...policy,
    currencies: fewer(policy.currencies, at, 'currency'),
  }),
  'fewer deliveries': (policy, at) => ({
    ...policy,
    deliveries: fewer(policy.deliveries, at, 'delivery'),
  }),
  'fewer cards': (policy, _, to) => ({
    ...policy,
    mostCards: Math.max(1, Math.min(policy.mostCards, to)),
  }),
  'fewer who may ask': (policy, at) => ({ ...policy, askers: fewer(policy.askers, at, 'role') }),
  // From Manage Server to roles is neither: others approve then.
  'fewer approvers': (policy, at) =>
    policy.approvers.length === 0 ? policy : { ...policy, approvers: fewer(policy.approvers, at, 'role') },
  'another approver for approvers': (policy) => ({ ...policy, ownPurchases: 'another' }),
  'a lower budget': (policy, at, to) => ({
    ...policy,
    budgets: changed(policy.budgets, at, (each) => ({ ...each, limit: lower(each.limit, to) })),
  }),
  'one budget more': (policy, _, __, added) =>
    replaces(policy, added) ? policy : { ...policy, budgets: [...policy.budgets, added] },
};

export const stricterStep = fc.record({ at: fc.nat(20), to: fc.nat(120), added: budget });
