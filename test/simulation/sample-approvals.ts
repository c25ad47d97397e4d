import type { Member } from '../../src/lib/member.ts';
import type { Order } from '../../src/orders/model/order.ts';
import { defaultPolicy, type Policy } from '../../src/policy/policy.ts';
import type { Facts } from './facts.ts';

const KEY = 'guild/guild/day/2026-03-07';
const withBudget: Policy = {
  ...defaultPolicy,
  budgets: [{ scope: { kind: 'guild' }, period: 'day', limit: '10' }],
};

const managers = ['anna', 'ben'];
const member = (user: string): Member => ({
  ...{ user, guild: 'guild', roles: [], isManager: managers.includes(user) },
});

type ApprovalFacts = Pick<Facts, 'policies' | 'named' | 'presses' | 'lookups' | 'reservations'>;

/**
 * The order A of Anna's, confirmed at that time, as far as the policy goes. Everybody has pressed everything, and was
 * looked up; what they may is another question.
 */
export function approvalFacts(at: number): ApprovalFacts {
  const users = [...managers, 'cleo'];
  return {
    policies: [{ since: 0, policy: withBudget }],
    named: [],
    presses: users.flatMap((user) =>
      ['confirm', 'approve', 'reject'].map((press) => ({
        ...{ press, order: 'A', member: member(user), at: at - 5 },
      })),
    ),
    lookups: users.map((user) => ({ by: '1', at: at + 5, user, found: member(user) })),
    reservations: [{ key: KEY, order: 'A', at: at - 2, amount: '4.9', sum: 4.9, isMoved: false }],
  };
}

export const guildBudget = { key: KEY, sums: { settled: '4.9', held: {} } };
export const reservedIn = (at: number, ...more: string[]) => ({ at, budgets: [KEY, ...more] });

/** As if something had been set then, after what was before. */
export function set(at: number, change: Partial<Policy>): Pick<ApprovalFacts, 'policies'> {
  const policy = { ...withBudget, ...change };
  return {
    policies: [
      { since: 0, policy: withBudget },
      { since: at, policy },
    ],
  };
}

/** As it would be if it had been asked for, and approved by these. */
export function approvedBy(at: number, by: readonly string[], wanted = 1, voice?: string) {
  const votes = by.map((user) => ({ by: user, voice: voice ?? user, at }));
  return {
    approval: { channel: 'c', wanted, because: [], budgets: [], endsAt: at + 900_000, votes },
    history: [
      { at: at - 9, by: 'anna', status: 'quoted' },
      { at: at - 8, by: 'anna', status: 'awaiting_approval' },
      { at, by: by.at(-1) ?? 'nobody', status: 'approved' },
    ],
  } satisfies Partial<Order>;
}
