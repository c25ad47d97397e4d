import type { Deed } from './chain.ts';

/** What one may want to see of the audit. */
export const auditKinds = ['orders', 'campaigns', 'settings', 'stops', 'reveals', 'delegates', 'cases'] as const;
export type AuditKind = (typeof auditKinds)[number];

/** What the code of a deed begins with. */
const begins: Record<Exclude<AuditKind, 'reveals'>, string> = {
  orders: 'order.',
  campaigns: 'campaign.',
  settings: 'settings.',
  stops: 'stop.',
  delegates: 'delegation.',
  cases: 'case.',
};

/** A budget is a setting. That a code was shown is a step of its order. */
export function isOfKind({ what, why }: Pick<Deed, 'what' | 'why'>, kind: AuditKind | undefined): boolean {
  if (kind === undefined) return true;
  return kind === 'reveals' ? isOfKind({ what }, 'orders') && why === 'revealed' : what.startsWith(begins[kind]);
}
