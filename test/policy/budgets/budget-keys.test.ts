import { describe, expect, it } from 'vitest';
import type { Period } from '../../../src/lib/dates/calendar.ts';
import { budgetClaims, freeClaim } from '../../../src/policy/budgets/spent.ts';
import { type BudgetLimit, defaultPolicy, policySchema } from '../../../src/policy/policy.ts';
import type { Scope } from '../../../src/policy/types.ts';

const AT = Date.UTC(2026, 2, 7, 23, 30);
const cleo = { guild: 'guild', user: 'cleo', roles: ['crew', 'quiz'] };
const limit = (scope: Scope, amount = '10', period: Period = 'month'): BudgetLimit => ({
  scope,
  period,
  limit: amount,
});
const guild: Scope = { kind: 'guild' };
const everyone: Scope = { kind: 'everyone' };
const role = (id: string): Scope => ({ kind: 'role', id });
const only = (id: string): Scope => ({ kind: 'member', id });
const claimsOf = (budgets: BudgetLimit[], timeZone = 'UTC') =>
  budgetClaims({ ...defaultPolicy, budgets, timeZone }, cleo, AT).map(({ key, cap }) => [key, cap]);

describe('the budgets that an order counts against', () => {
  it('are those of the server, of everybody, of each of their roles, and their own', () => {
    const budgets = [guild, role('crew'), role('quiz'), role('leads'), only('ben')];
    expect(claimsOf(budgets.map((scope) => limit(scope)))).toEqual([
      ['guild/guild/month/2026-03', '10'],
      ['guild/role/crew/month/2026-03', '10'],
      ['guild/role/quiz/month/2026-03', '10'],
    ]);
    expect(claimsOf([limit(everyone)])).toEqual([['guild/member/cleo/month/2026-03', '10']]);
    expect(claimsOf([limit(only('cleo'))])).toEqual([['guild/member/cleo/month/2026-03', '10']]);
  });

  it('are one for each period', () => {
    const budgets = (['day', 'week', 'month'] as const).map((each) => limit(guild, '10', each));
    expect(claimsOf(budgets).map(([key]) => key)).toEqual([
      'guild/guild/day/2026-03-07',
      'guild/guild/week/2026-03-02',
      'guild/guild/month/2026-03',
    ]);
    expect(claimsOf(budgets, 'Asia/Kolkata').map(([key]) => key)[0]).toContain('2026-03-08');
  });

  it('are a member’s own limit in place of everybody’s, of the same period only', () => {
    const own = limit(only('cleo'), '90');
    const key = 'guild/member/cleo/month/2026-03';
    expect(claimsOf([limit(everyone, '10'), own])).toEqual([[key, '90']]);
    expect(claimsOf([own, limit(everyone, '10')])).toEqual([[key, '90']]);
    expect(claimsOf([own, limit(everyone, '10', 'day')])).toHaveLength(2);
    expect(claimsOf([limit(only('ben'), '90'), limit(everyone, '10')])).toEqual([[key, '10']]);
  });

  it('are the lowest where two limit the same', () => {
    const key = 'guild/guild/month/2026-03';
    expect(claimsOf(['30', '20', '40'].map((each) => limit(guild, each)))).toEqual([[key, '20']]);
    expect(claimsOf(['20', '20'].map((each) => limit(guild, each)))).toEqual([[key, '20']]);
  });
});

describe('what needs no approval', () => {
  it('is counted by member and day of the guild’s time zone', () => {
    const policy = {
      ...defaultPolicy,
      timeZone: 'Asia/Kolkata',
      free: { perOrder: '5', perDay: '9' },
    };
    expect(freeClaim(policy, cleo, AT)).toEqual({ key: 'guild/free/cleo/2026-03-08', cap: '9' });
  });
});

describe('a limit of less than nothing', () => {
  it('is none that a policy can have', () => {
    expect(policySchema.safeParse({ budgets: [limit(guild, '-1')] }).success).toBe(false);
    expect(policySchema.safeParse({ free: { perOrder: '-1', perDay: '0' } }).success).toBe(false);
    expect(policySchema.safeParse({ budgets: [limit(guild, '0')] }).success).toBe(true);
  });
});
