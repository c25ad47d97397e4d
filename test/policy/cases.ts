import type { Requester, Spent, WishedCards } from '../../src/policy/evaluate.ts';
import type { Policy } from '../../src/policy/policy.ts';
import type { Because, Refusal } from '../../src/policy/types.ts';

export const wanted: WishedCards = {
  itemCode: 'google-play-usd-5',
  brand: 'Google Play',
  currency: 'USD',
  delivery: 'instant',
  quantity: 3,
  charged: '50',
};
export const member: Requester = { roles: ['members'], isManager: false };
export const nothingSpent: Spent = { freeToday: '0', budgets: [] };

/** One rule that is in the way of `wanted`, and what it says. The default policy holds beside it. */
export interface RuleCase {
  readonly name: string;
  readonly policy?: Partial<Policy>;
  readonly spent?: Partial<Spent>;
  readonly requester?: Requester;
  readonly says: Refusal | Because;
}

const overBudget = (period: 'day' | 'month'): RuleCase => {
  const budget = { scope: { kind: 'guild' as const }, period, limit: '100' };
  return {
    name: `a ${period}’s budget`,
    spent: { budgets: [{ ...budget, left: '49.99' }] },
    says: { rule: 'over_budget', ...budget, left: '49.99' },
  };
};

const listed = (
  rule: 'item' | 'brand' | 'currency' | 'delivery',
  field: 'items' | 'brands' | 'currencies' | 'deliveries',
  is: string | undefined,
): RuleCase => ({
  name: `allowed ${field}`,
  policy: { [field]: ['another'] },
  says: { rule, ...(is !== undefined && { is }), allowed: ['another'] },
});

/** Each refuses by itself. */
export const refusing: readonly RuleCase[] = [
  {
    name: 'who may ask',
    policy: { askers: ['buyers'] },
    says: { rule: 'not_asker', roles: ['buyers'] },
  },
  { name: 'most cards', policy: { mostCards: 2 }, says: { rule: 'too_many_cards', most: 2 } },
  listed('item', 'items', wanted.itemCode),
  listed('brand', 'brands', wanted.brand),
  listed('currency', 'currencies', wanted.currency),
  listed('delivery', 'deliveries', wanted.delivery),
  overBudget('day'),
  overBudget('month'),
];

/** Each asks for an approval by itself. */
export const asking: readonly RuleCase[] = [
  { name: 'the default', says: { rule: 'every_order' } },
  {
    name: 'the free total of an order',
    policy: { free: { perOrder: '49.99', perDay: '100' } },
    says: { rule: 'over_free_order', limit: '49.99' },
  },
  {
    name: 'the free total of a day',
    policy: { free: { perOrder: '50', perDay: '100' } },
    spent: { freeToday: '50.01' },
    says: { rule: 'over_free_day', limit: '100', used: '50.01' },
  },
  {
    name: 'approvers’ own purchases',
    policy: { ownPurchases: 'another', approvers: ['members'] },
    says: { rule: 'own_purchase' },
  },
  {
    name: 'a tier',
    policy: { tiers: [{ over: '49.99', approvals: 2 }], free: { perOrder: '50', perDay: '50' } },
    says: { rule: 'tier', over: '49.99', approvals: 2 },
  },
];
