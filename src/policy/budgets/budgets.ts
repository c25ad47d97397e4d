import Big from 'big.js';
import { type Clock, type Member, type Members, Problem } from '../../lib/index.ts';
import { createNamedMember, requireManager } from '../appoint-delegate.ts';
import { type BudgetState, createJudging, isApprover, requesterOf } from '../evaluate.ts';
import { type BudgetLimit, MOST_BUDGETS, type Policy } from '../policy.ts';
import type { Policies } from '../settings/settings.ts';
import type { Scope } from '../types.ts';
import { budgetKey } from './budget-keys.ts';
import type { Ledger } from './ledger.ts';

const HIGHEST_LIMIT = 999_999_999;

/** What a member may spend, and what they have. Amounts are charged amounts, in `currency`. */
export interface Spending {
  readonly user: string;
  readonly currency: string;
  readonly timeZone: string;
  /** The limits that their orders count against. */
  readonly budgets: readonly BudgetState[];
  /** What they buy without an approval in a day; missing where every order of theirs needs one, or none does. */
  readonly free?: Policy['free'] & { readonly left: string };
}

/** Which limit: there is one at most for each scope and period. */
export type LimitId = Pick<BudgetLimit, 'scope' | 'period'>;

/** A limit and what counts against it, which of one for each member is not one number. */
export interface ListedLimit {
  readonly limit: BudgetLimit;
  readonly state?: BudgetState;
}

export interface LimitChange {
  readonly currency: string;
  readonly before?: BudgetLimit;
  readonly after?: ListedLimit;
}

/** Budgets as people see and set them. All but one's own are for people with Manage Server: `managers_only`. */
export interface Budgets {
  spendingOf(asker: Member, user?: string): Promise<Spending>;
  /** Every limit of the guild, in the order in which they were set. */
  all(asker: Member): Promise<{ limits: ListedLimit[]; currency: string }>;
  /** Sets a limit, from 0 on, for everybody and at once; in place of the one for the same scope and period. */
  set(asker: Member, which: LimitId, amount: string): Promise<LimitChange>;
  /** Throws `budget_gone` when there is none. */
  remove(asker: Member, which: LimitId): Promise<LimitChange>;
}

interface Parts {
  policies: Policies;
  ledger: Ledger;
  members: Members;
  /** Of charged amounts. Throws a Problem while CardPlusPay does not tell. */
  currency(): Promise<string>;
  clock: Clock;
}

export function createBudgets({ policies, ledger, members, currency, clock }: Parts): Budgets {
  const judging = createJudging({ policies, ledger });
  const named = createNamedMember(members);

  async function listed(policy: Policy, guild: string, limit: BudgetLimit): Promise<ListedLimit> {
    if (limit.scope.kind === 'everyone') return { limit };
    const key = budgetKey(policy, limit, { guild, user: '' }, clock.now());
    return { limit, state: await judging.stateOf(limit, key) };
  }

  function freeOf(policy: Policy, member: Member, freeToday: string) {
    const { perOrder, perDay } = policy.free;
    const requester = requesterOf(member);
    const needsNone = policy.ownPurchases === 'confirm' && isApprover(policy, requester);
    if (needsNone || new Big(perOrder).lte(0) || new Big(perDay).lte(0)) return undefined;
    const left = new Big(perDay).minus(freeToday);
    return { perOrder, perDay, left: left.lt(0) ? '0' : left.toFixed() };
  }

  return {
    async spendingOf(asker, user = asker.user) {
      if (user !== asker.user) requireManager(asker);
      const member = await named(asker, user);
      const unit = await currency();
      const policy = await policies.of(member.guild);
      const spent = await judging.spentBy(policy, member, clock.now());
      const free = freeOf(policy, member, spent.freeToday);
      const { timeZone } = policy;
      return { user, currency: unit, timeZone, budgets: spent.budgets, ...(free && { free }) };
    },

    async all(asker) {
      requireManager(asker);
      const { guild } = asker;
      const policy = await policies.of(guild);
      const limits = policy.budgets.map((limit) => listed(policy, guild, limit));
      return { limits: await Promise.all(limits), currency: await currency() };
    },

    async set(asker, which, amount) {
      requireManager(asker);
      const { guild, user } = asker;
      const limit = limitOf(which, guild, amount);
      const unit = await currency();
      const { before, after } = await policies.change(guild, user, (policy) => ({
        ...policy,
        budgets: withLimit(policy.budgets, limit),
      }));
      const known = before.budgets.find((other) => isSame(other, limit));
      const set = await listed(after, guild, limit);
      return { currency: unit, after: set, ...(known && { before: known }) };
    },

    async remove(asker, which) {
      requireManager(asker);
      const unit = await currency();
      const { before } = await policies.change(asker.guild, asker.user, (policy) => ({
        ...policy,
        budgets: withoutLimit(policy.budgets, which),
      }));
      const known = before.budgets.find((other) => isSame(other, which));
      return { currency: unit, ...(known && { before: known }) };
    },
  };
}

export function isSame(one: LimitId, other: LimitId): boolean {
  const id = ({ scope }: LimitId) => ('id' in scope ? scope.id : undefined);
  return (
    one.period === other.period && one.scope.kind === other.scope.kind && id(one) === id(other)
  );
}

function limitOf({ scope, period }: LimitId, guild: string, text: string): BudgetLimit {
  const given = text.trim();
  if (!/^\d{1,9}(\.\d{1,4})?$/.test(given))
    throw new Problem('bad_limit', { text: given, highest: HIGHEST_LIMIT });
  return { scope: scopeIn(guild, scope), period, limit: new Big(given).toFixed() };
}

/** The role that everybody has is named like its guild, and nobody is asked for it: it stands for the guild. */
function scopeIn(guild: string, scope: Scope): Scope {
  return scope.kind === 'role' && scope.id === guild ? { kind: 'guild' } : scope;
}

function withLimit(limits: readonly BudgetLimit[], limit: BudgetLimit): BudgetLimit[] {
  const at = limits.findIndex((other) => isSame(other, limit));
  if (at >= 0) return limits.toSpliced(at, 1, limit);
  if (limits.length >= MOST_BUDGETS) throw new Problem('too_many_limits', { most: MOST_BUDGETS });
  return [...limits, limit];
}

function withoutLimit(limits: readonly BudgetLimit[], which: LimitId): BudgetLimit[] {
  const others = limits.filter((other) => !isSame(other, which));
  if (others.length === limits.length) throw new Problem('limit_gone', {});
  return others;
}
