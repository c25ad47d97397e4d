import type { Clock } from '../clock.ts';
import { budgetSchema, createLedger } from '../orders/ledger.ts';
import type { Members } from '../orders/ports.ts';
import type { Store } from '../store/open.ts';
import { brokenSchema, createBreakages } from './breakages.ts';
import { createDelegates, delegationSchema } from './delegates.ts';
import { createPolicies, settingsSchema } from './policies.ts';
import { createRules } from './rules.ts';

interface Parts {
  store: Pick<Store, 'records'>;
  members: Members;
  clock: Clock;
}

export type Approvals = ReturnType<typeof createApprovals>;

/** Who may buy what, and who decides: everything in this folder, put together. */
export function createApprovals({ store, members, clock }: Parts) {
  const policies = createPolicies({ records: store.records('settings', settingsSchema), clock });
  const ledger = createLedger(store.records('budgets', budgetSchema));
  const delegates = createDelegates({
    records: store.records('delegations', delegationSchema),
    clock,
  });
  const rules = createRules({ policies, ledger, members, delegates, clock });
  const breakages = createBreakages(store.records('breakages', brokenSchema));
  return { policies, ledger, delegates, rules, breakages };
}
