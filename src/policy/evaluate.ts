import Big from 'big.js';
import type { Member } from '../lib/index.ts';
import { type BudgetLimit, EVERYONE, type Policy } from './policy.ts';
import type { Because, Refusal, Spend, Verdict } from './types.ts';

/** Of somebody in the guild, as they are now, what decides what they may. */
export type Requester = Pick<Member, 'roles' | 'isManager'>;

/** What somebody would buy. */
export interface WishedCards {
  readonly itemCode: string;
  readonly brand?: string | undefined;
  /** Of the face value. */
  readonly currency?: string | undefined;
  readonly delivery?: string | undefined;
  readonly quantity: number;
  /** Charged for all of it. */
  readonly charged: string;
  /** For all that was decided together, of which this is a part: what is limited for one order is compared with that. */
  readonly together?: string | undefined;
}

/** What was spent already, this order not counted. */
export interface Spent {
  /** By its requester today, without an approval. */
  readonly freeToday: string;
  /** The budgets it would count against, with what is left of each. */
  readonly budgets: readonly (BudgetLimit & { readonly left: string })[];
}

/** Decides about orders of others: has one of the policy's roles or, where it names none, Manage Server. */
export function isApprover({ approvers }: Policy, requester: Requester): boolean {
  return approvers.length === 0 ? requester.isManager : hasOneOf(requester, approvers);
}

export function maySeeBalance(policy: Policy, requester: Requester): boolean {
  const { balanceSeers: seers } = policy;
  return seers.includes(EVERYONE) || hasOneOf(requester, seers) || isApprover(policy, requester);
}

/** May ask to buy; what each order needs is another question. */
export function mayAsk(policy: Policy, requester: Requester): boolean {
  const { askers } = policy;
  return askers.length === 0 || hasOneOf(requester, askers) || isApprover(policy, requester);
}

/** What the policy says. All of it: whoever is refused reads every reason at once. */
export function evaluate(policy: Policy, spent: Spent, wanted: WishedCards, requester: Requester): Verdict {
  const refusals = [
    ...refusalsOfPerson(policy, requester),
    ...refusalsOfCard(policy, wanted),
    ...refusalsOfBudgets(spent, wanted),
  ];
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const base = baseOf(policy, spent, wanted, requester);
  const tier = tierOf(policy, wanted);
  const approvals = Math.max(base.because.length > 0 ? 1 : 0, tier?.approvals ?? 0);
  if (approvals === 0) return { kind: 'allowed', rule: base.rule };
  return { kind: 'needs', approvals, because: [...base.because, ...(tier ? [tier] : [])] };
}

function refusalsOfPerson(policy: Policy, requester: Requester): Refusal[] {
  return mayAsk(policy, requester) ? [] : [{ rule: 'not_asker', roles: policy.askers }];
}

function refusalsOfCard(policy: Policy, wanted: WishedCards): Refusal[] {
  const { mostCards: most } = policy;
  const listed = [
    ['item', wanted.itemCode, policy.items],
    ['brand', wanted.brand, policy.brands],
    ['currency', wanted.currency, policy.currencies],
    ['delivery', wanted.delivery, policy.deliveries],
  ] as const;
  return [
    ...(wanted.quantity > most ? [{ rule: 'too_many_cards' as const, most }] : []),
    ...listed
      .filter(([rule, is, allowed]) => allowed.length > 0 && !isListed(rule, is, allowed))
      .map(([rule, is, allowed]) => ({ rule, ...(is !== undefined && { is }), allowed })),
  ];
}

function refusalsOfBudgets({ budgets }: Spent, { charged }: WishedCards): Refusal[] {
  return budgets
    .filter(({ left }) => new Big(charged).gt(left))
    .map(({ scope, period, limit, left }) => ({ rule: 'over_budget', scope, period, limit, left }));
}

type Base = { rule: 'own_purchase' | 'within_free'; because: Because[] };

/** Whether the order needs somebody else at all, before tiers. */
function baseOf(policy: Policy, spent: Spent, wanted: WishedCards, requester: Requester): Base {
  const approves = isApprover(policy, requester);
  if (approves && policy.ownPurchases === 'confirm') return { rule: 'own_purchase', because: [] };
  const because = overFree(policy, spent, wanted);
  if (because.length === 0) return { rule: 'within_free', because };
  return { rule: 'within_free', because: approves ? [{ rule: 'own_purchase' }] : because };
}

function overFree({ free }: Policy, { freeToday }: Spent, wanted: WishedCards): Because[] {
  const { charged, together = charged } = wanted;
  if (new Big(free.perOrder).lte(0)) return [{ rule: 'every_order' }];
  if (new Big(together).gt(free.perOrder)) return [{ rule: 'over_free_order', limit: free.perOrder }];
  if (new Big(charged).plus(freeToday).gt(free.perDay))
    return [{ rule: 'over_free_day', limit: free.perDay, used: freeToday }];
  return [];
}

/** The tier that asks for the most, of those the order is over. */
function tierOf({ tiers }: Policy, { charged, together = charged }: WishedCards) {
  return tiers
    .filter(({ over }) => new Big(together).gt(over))
    .map((tier) => ({ rule: 'tier' as const, ...tier }))
    .toSorted((a, b) => b.approvals - a.approvals || new Big(b.over).cmp(a.over))[0];
}

function hasOneOf({ roles = [] }: Requester, wanted: readonly string[]): boolean {
  return roles.some((role) => wanted.includes(role));
}

/** Capitals or not, but for item codes: two that differ by that alone are two cards. */
function isListed(rule: string, is: string | undefined, allowed: readonly string[]): boolean {
  if (rule === 'item') return is !== undefined && allowed.includes(is);
  return is !== undefined && allowed.some((each) => each.toLowerCase() === is.toLowerCase());
}

/** Of a spend, what a policy's rules are about. */
export function wantedOf({ quote, campaign }: Spend): WishedCards {
  const { itemCode, brand, faceValue, delivery, quantity, charged } = quote;
  return {
    itemCode,
    brand,
    delivery,
    quantity,
    currency: faceValue?.currency,
    charged: charged.amount,
    ...(campaign && { together: campaign.charged.amount }),
  };
}
