import Big from 'big.js';
import { type Member, Problem, typedAmount } from '../../lib/index.ts';
import type { PolicyContext } from '../context.ts';
import { isApprover } from '../evaluate.ts';
import { namedMember, requireManager } from '../members.ts';
import { type BudgetLimit, MOST_BUDGETS, type Policy } from '../policy.ts';
import type { Scope } from '../types.ts';
import { type BudgetState, budgetKey, budgetState, spentBy } from './spent.ts';

const HIGHEST_LIMIT = 999_999_999;

/** What a member may spend, and what they have. Amounts are charged amounts, in `currency`. */
export interface Allowance {
  readonly user: string;
  readonly currency: string;
  readonly timeZone: string;
  /** The limits that their orders count against. */
  readonly budgets: readonly BudgetState[];
  /** What they buy without an approval in a day; missing where every order of theirs needs one, or none does. */
  readonly free?: Policy['free'] & { readonly left: string };
}

/** Which limit: there is one at most for each scope and period. */
type LimitId = Pick<BudgetLimit, 'scope' | 'period'>;

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

/** What a member may spend: one's own anybody's business, that of others for people with Manage Server (`managers_only`). */
export async function allowanceOf(ctx: PolicyContext, asker: Member, user = asker.user): Promise<Allowance> {
  if (user !== asker.user) requireManager(asker);
  const member = await namedMember(ctx, asker, user);
  const currency = await ctx.currency();
  const policy = await ctx.settings.of(member.guild);
  const { budgets, freeToday } = await spentBy(ctx, policy, member, ctx.clock.now());
  const free = freeOf(policy, member, freeToday);
  return { user, currency, timeZone: policy.timeZone, budgets, ...(free && { free }) };
}

/** Every limit of the guild, in the order in which they were set. For people with Manage Server: `managers_only`. */
export async function limitsOf(
  ctx: PolicyContext,
  asker: Member,
): Promise<{ limits: ListedLimit[]; currency: string }> {
  requireManager(asker);
  const { guild } = asker;
  const policy = await ctx.settings.of(guild);
  const limits = policy.budgets.map((limit) => listed(ctx, policy, guild, limit));
  return { limits: await Promise.all(limits), currency: await ctx.currency() };
}

/**
 * Sets a limit, from 0 on, for everybody and at once; in place of the one for the same scope and period. For people with
 * Manage Server: `managers_only`.
 */
export async function setLimit(
  ctx: PolicyContext,
  asker: Member,
  which: LimitId,
  amount: string,
): Promise<LimitChange> {
  requireManager(asker);
  const { guild, user } = asker;
  const limit = limitOf(which, guild, amount);
  const currency = await ctx.currency();
  const { before, after } = await ctx.settings.change(guild, user, (policy) => ({
    ...policy,
    budgets: withLimit(policy.budgets, limit),
  }));
  const known = before.budgets.find((other) => isSameLimit(other, limit));
  const set = await listed(ctx, after, guild, limit);
  return { currency, after: set, ...(known && { before: known }) };
}

/** Throws `limit_gone` when there is none. For people with Manage Server: `managers_only`. */
export async function removeLimit(ctx: PolicyContext, asker: Member, which: LimitId): Promise<LimitChange> {
  requireManager(asker);
  const currency = await ctx.currency();
  const { before } = await ctx.settings.change(asker.guild, asker.user, (policy) => ({
    ...policy,
    budgets: withoutLimit(policy.budgets, which),
  }));
  const known = before.budgets.find((other) => isSameLimit(other, which));
  return { currency, ...(known && { before: known }) };
}

async function listed(ctx: PolicyContext, policy: Policy, guild: string, limit: BudgetLimit) {
  if (limit.scope.kind === 'everyone') return { limit };
  const key = budgetKey(policy, limit, { guild, user: '' }, ctx.clock.now());
  return { limit, state: await budgetState(ctx, limit, key) };
}

function freeOf(policy: Policy, member: Member, freeToday: string): Allowance['free'] {
  const { perOrder, perDay } = policy.free;
  const needsNone = policy.ownPurchases === 'confirm' && isApprover(policy, member);
  if (needsNone || new Big(perOrder).lte(0) || new Big(perDay).lte(0)) return undefined;
  const left = new Big(perDay).minus(freeToday);
  return { perOrder, perDay, left: left.lt(0) ? '0' : left.toFixed() };
}

export function isSameLimit(one: LimitId, other: LimitId): boolean {
  const id = ({ scope }: LimitId) => ('id' in scope ? scope.id : undefined);
  return one.period === other.period && one.scope.kind === other.scope.kind && id(one) === id(other);
}

function limitOf({ scope, period }: LimitId, guild: string, text: string): BudgetLimit {
  const given = typedAmount(text) ?? '';
  if (!/^\d{1,9}(\.\d{1,4})?$/.test(given))
    throw new Problem('bad_limit', { text: text.trim(), highest: HIGHEST_LIMIT });
  return { scope: scopeIn(guild, scope), period, limit: new Big(given).toFixed() };
}

/** The role that everybody has is named like its guild, and nobody is asked for it: it stands for the guild. */
function scopeIn(guild: string, scope: Scope): Scope {
  return scope.kind === 'role' && scope.id === guild ? { kind: 'guild' } : scope;
}

function withLimit(limits: readonly BudgetLimit[], limit: BudgetLimit): BudgetLimit[] {
  const at = limits.findIndex((other) => isSameLimit(other, limit));
  if (at >= 0) return limits.toSpliced(at, 1, limit);
  if (limits.length >= MOST_BUDGETS) throw new Problem('too_many_limits', { most: MOST_BUDGETS });
  return [...limits, limit];
}

function withoutLimit(limits: readonly BudgetLimit[], which: LimitId): BudgetLimit[] {
  const others = limits.filter((other) => !isSameLimit(other, which));
  if (others.length === limits.length) throw new Problem('limit_gone', {});
  return others;
}
