import type { BudgetLimit, Policy } from '../../src/policy/policy.ts';

const free = (perOrder: string, perDay: string) => ({ free: { perOrder, perDay } });
const budgets =
  (...limits: BudgetLimit[]) =>
  ({ budgets: before }: Policy): Partial<Policy> => ({
    // Another limit in the same place takes the place of the one before.
    budgets: [...before.filter((each) => !limits.some((limit) => isSamePlace(each, limit))), ...limits],
  });
const isSamePlace = (a: BudgetLimit, b: BudgetLimit) =>
  a.period === b.period && JSON.stringify(a.scope) === JSON.stringify(b.scope);

const everyone = { kind: 'everyone' } as const;
const guild = { kind: 'guild' } as const;
const cleo = { kind: 'member', id: 'cleo' } as const;
const buyers = { kind: 'role', id: 'buyer' } as const;

/** What an admin sets, one thing at a time. BIG costs 4.90 and HUGE 9.80, so every limit is one that orders meet. */
export const policyChanges = {
  'nothing is free': () => free('0', '0'),
  'one BIG is free': () => free('5', '5'),
  'two HUGE a day are free': () => free('10', '20'),
  'no tiers': () => ({ tiers: [] }),
  'two approve what is over 5': () => ({ tiers: [{ over: '5', approvals: 2 }] }),
  'two approve all': () => ({ tiers: [{ over: '0', approvals: 2 }] }),
  'one approves all, three what is over 30': () => ({
    tiers: [
      { over: '0', approvals: 1 },
      { over: '30', approvals: 3 },
    ],
  }),
  'managers approve': () => ({ approvers: [] }),
  'a role approves': () => ({ approvers: ['approver'] }),
  'own purchases are confirmed': () => ({ ownPurchases: 'confirm' }),
  'another decides own purchases': () => ({ ownPurchases: 'another' }),
  'everyone asks': () => ({ askers: [] }),
  'a role asks': () => ({ askers: ['buyer'] }),
  'any card': () => ({ items: [], mostCards: 100 }),
  'BIG only': () => ({ items: ['big'] }),
  'one card': () => ({ mostCards: 1 }),
  'no budgets': () => ({ budgets: [] }),
  'the guild: 10 a day': budgets({ scope: guild, period: 'day', limit: '10' }),
  'the guild: 25 a week': budgets({ scope: guild, period: 'week', limit: '25' }),
  'each member: 10 a day': budgets({ scope: everyone, period: 'day', limit: '10' }),
  'each member: 15 a month': budgets({ scope: everyone, period: 'month', limit: '15' }),
  'Cleo: 20 a day': budgets({ scope: cleo, period: 'day', limit: '20' }),
  'Cleo: 5 a day': budgets({ scope: cleo, period: 'day', limit: '5' }),
  'buyers: 10 a week': budgets({ scope: buyers, period: 'week', limit: '10' }),
  'short lives': () => ({ quoteMinutes: 1, approvalHours: 1 }),
  'long lives': () => ({ quoteMinutes: 15, approvalHours: 72 }),
} satisfies Record<string, (policy: Policy) => Partial<Policy>>;
export type PolicyChange = keyof typeof policyChanges;

export const policyChangeNames = Object.keys(policyChanges) as PolicyChange[];

export const withChange =
  (name: PolicyChange) =>
  (policy: Policy): Policy => ({ ...policy, ...policyChanges[name](policy) });
