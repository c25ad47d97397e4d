import type { Eligibility } from './campaign-parts.ts';

const DAY_MS = 24 * 60 * 60_000;

/** What is asked of somebody who would have a card. */
export interface Candidate {
  readonly roles: readonly string[];
  /** When their account at Discord was made, and when they joined the server. Unknown counts as not long enough. */
  readonly createdAt?: number | undefined;
  readonly joinedAt?: number | undefined;
  /** When somebody sent them a card here last. */
  readonly rewardedAt?: number | undefined;
}

/** What somebody lacks. */
export type Lack =
  | { readonly rule: 'role'; readonly role: string }
  | { readonly rule: 'account' | 'member' | 'quiet'; readonly days: number };

/** All that somebody lacks, so that they read it at once; none for whoever may have one. */
export function lacks(rules: Eligibility, candidate: Candidate, now: number): Lack[] {
  const { role, accountDays, memberDays, quietDays } = rules;
  const { roles, createdAt = now, joinedAt = now, rewardedAt } = candidate;
  const isYoung = (since: number, days?: number) =>
    days !== undefined && now - since < days * DAY_MS;
  return [
    ...(role !== undefined && !roles.includes(role) ? [{ rule: 'role' as const, role }] : []),
    ...(accountDays && isYoung(createdAt, accountDays)
      ? [{ rule: 'account' as const, days: accountDays }]
      : []),
    ...(memberDays && isYoung(joinedAt, memberDays)
      ? [{ rule: 'member' as const, days: memberDays }]
      : []),
    ...(quietDays && rewardedAt !== undefined && isYoung(rewardedAt, quietDays)
      ? [{ rule: 'quiet' as const, days: quietDays }]
      : []),
  ];
}
